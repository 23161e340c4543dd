"""Guessing passwords and asking for links: whoever tries too often waits, and nobody else."""

from datetime import timedelta

from django.core import mail
from django.core.cache import caches
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from delivery import throttle
from newsroom.accounts import login_limits
from tests.building import PASSWORD, make_user
from tests.editor import translate
from tests.logins import LOGIN, RESET, log_in, visible_text


def test_guessing_locks_a_name_for_an_address_and_not_the_name_from_elsewhere(client, db, settings):
    user, other = make_user("Editors"), make_user("Editors")
    for _attempt in range(settings.AXES_FAILURE_LIMIT - 1):
        assert log_in(client, user, "wrong", "10.0.0.1").status_code == 200
    assert log_in(client, user, "wrong", "10.0.0.1").status_code == 429
    locked = log_in(client, user, PASSWORD, "10.0.0.1")
    assert locked.status_code == 429 and "sessionid" not in client.cookies
    assert log_in(client, other, PASSWORD, "10.0.0.1").status_code == 302
    client.logout()
    assert log_in(client, user, PASSWORD, "10.0.0.2").status_code == 302


def test_somebody_who_mistypes_now_and_then_is_not_locked_out(client, db, settings):
    user = make_user("Editors")
    for _day in range(3):
        for _attempt in range(settings.AXES_FAILURE_LIMIT - 1):
            log_in(client, user, "wrong", "10.0.0.1")
        assert log_in(client, user, PASSWORD, "10.0.0.1").status_code == 302
        client.logout()


def test_a_lie_about_the_address_does_not_help_to_guess(client, db, settings):
    user = make_user("Editors")
    for attempt in range(settings.AXES_FAILURE_LIMIT):
        url, typed = reverse("wagtailadmin_login"), {"username": user.username, "password": "wrong"}
        response = client.post(url, typed, headers={"X-Forwarded-For": f"1.1.1.{attempt}"})
    assert response.status_code == 429


def test_one_password_over_many_names_is_stopped_for_that_address(client, db, monkeypatch):
    monkeypatch.setattr(login_limits, "WRONG_PER_ADDRESS", 3)
    user = make_user("Editors")
    answers = [log_in(client, f"name-{number}", "Zomer2026!").status_code for number in range(4)]
    assert answers == [200, 200, 200, 429]
    assert log_in(client, user).status_code == 429
    assert log_in(client, user, where="10.0.0.2").status_code == 302


def test_whoever_logged_in_from_an_address_before_is_not_locked_out_by_others_there(client, db, monkeypatch):
    monkeypatch.setattr(login_limits, "WRONG_PER_ADDRESS", 3)
    regular, other = make_user("Editors"), make_user("Editors")
    assert log_in(client, regular).status_code == 302
    client.logout()
    for number in range(5):
        log_in(client, f"name-{number}", "Zomer2026!")
    assert [log_in(client, user).status_code for user in (other, regular)] == [429, 302]
    client.logout()
    assert log_in(client, regular, "wrong").status_code == 200
    assert log_in(client, regular, where="10.0.0.2").status_code == 302, "known there or not, it has sent nothing wrong"


def test_whoever_has_not_logged_in_for_weeks_is_not_known_there(client, db, monkeypatch):
    monkeypatch.setattr(login_limits, "WRONG_PER_ADDRESS", 0)
    user = make_user("Editors")
    request = RequestFactory().post(LOGIN)
    now = timezone.now()
    login_limits.remember_address(None, request, user)
    is_known = []
    for days in (0, 7, 14):
        monkeypatch.setattr("delivery.throttle.timezone.now", lambda days=days: now + timedelta(days=days))
        is_known.append(login_limits.has_logged_in_here(request, user.username))
    assert is_known == [True, True, False]


def test_counts_outlive_whatever_else_fills_the_cache(client, db, monkeypatch):
    monkeypatch.setattr(login_limits, "WRONG_PER_ADDRESS", 1)
    log_in(client, "somebody", "Zomer2026!")
    for number in range(1000):
        caches["default"].set(number, number)
    for number in range(1000):
        throttle.increment(f"another:{number}", 60)
    assert log_in(client, "somebody", "Zomer2026!").status_code == 429


def test_one_address_does_not_ask_for_links_for_ever_and_is_told(client, db, monkeypatch):
    monkeypatch.setattr(login_limits, "RESETS_PER_ADDRESS", 2)
    users = [make_user("Editors", "fr") for _number in range(3)]
    answers = [client.post(RESET, {"email": user.email}, headers={"Accept-Language": "fr"}) for user in users]
    assert [answer.status_code for answer in answers] == [302, 302, 429] and len(mail.outbox) == 2
    word = translate("Too many links were asked for from your network. Wait an hour, then try again.", "fr")
    assert word in visible_text(answers[2]) and users[2].email in answers[2].content.decode()
    assert client.post(RESET, {"email": users[2].email}, REMOTE_ADDR="10.0.0.9").status_code == 302


def test_a_wrong_password_is_logged_with_the_name_of_an_account_and_never_with_what_was_typed(client, db, caplog):
    user = make_user("Editors")
    log_in(client, user, "a secret of mine")
    log_in(client, "my-password-in-the-wrong-field", "x")
    assert f"Wrong password for {user.username} from 10.0.0.1" in caplog.text
    assert "Wrong password for an unknown name from 10.0.0.1" in caplog.text
    assert "secret" not in caplog.text and "wrong-field" not in caplog.text


def test_nobody_is_sent_more_than_three_links_an_hour_and_nobody_learns_it(client, db):
    user, other = make_user("Editors"), make_user("Editors")
    answers = {client.post(RESET, {"email": user.email.upper()}).url for _time in range(5)}
    assert answers == {f"{RESET}done/"} and len(mail.outbox) == 3
    client.post(RESET, {"email": other.email})
    assert len(mail.outbox) == 4


def test_without_mail_no_link_is_made_and_the_login_page_says_whom_to_ask(client, db, settings):
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = False
    user = make_user("Editors")
    assert client.post(RESET, {"email": user.email}).status_code == 404
    assert not mail.outbox
    assert "Vraag een nieuw wachtwoord aan een beheerder" in client.get(LOGIN).content.decode()
