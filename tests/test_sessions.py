"""Sessions of staff: when they end, what scripts are told then, and how somebody ends those elsewhere."""

import time
from datetime import timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt
from bs4 import BeautifulSoup
from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom.accounts.sessions import sessions_of
from newsroom.management.commands import forget_logins
from tests.building import PASSWORD, make_user
from tests.content import CONTENT
from tests.editor import edit_url
from tests.logins import LOGIN, is_in, log_in, send_account

JSON = {"Accept": "application/json"}


@pytest.fixture
def clock(monkeypatch):
    """Return a function that lets time pass, for sessions and their rows alike."""
    passed = [0]
    real, now = time.time, timezone.now
    monkeypatch.setattr("newsroom.accounts.sessions.time.time", lambda: real() + passed[0])
    monkeypatch.setattr("django.utils.timezone.now", lambda: now() + timedelta(seconds=passed[0]))
    return lambda minutes: passed.__setitem__(0, passed[0] + minutes * 60)


def test_a_session_ends_after_a_time_without_use_and_lives_on_with_it(client, editor, clock, settings):
    for _time in range(3):
        clock(settings.SESSION_MINUTES - 5)
        assert client.get(reverse("wagtailadmin_account")).status_code == 200
    clock(settings.SESSION_MINUTES + 5)
    assert client.get(reverse("wagtailadmin_account")).url.startswith(LOGIN)


def test_whoever_types_stays_and_a_page_that_is_merely_open_keeps_nobody_in(client, editor, clock, settings):
    for _time in range(3):
        clock(settings.SESSION_MINUTES - 5)
        assert client.post(reverse("session")).json()["user"] == editor.pk
    for _time in range(3):
        clock(settings.SESSION_MINUTES / 2)
        client.post("/admin/editing-sessions/ping/pages/homepage/1/1/")
        client.get("/admin/jsi18n/")
        is_in(client)
    assert not is_in(client)


def test_a_session_ends_after_a_days_work_whatever_is_done(client, editor, clock, settings):
    for _hour in range(settings.SESSION_HOURS - 1):
        clock(60)
        assert client.get(reverse("wagtailadmin_account")).status_code == 200
    clock(61)
    assert client.get(reverse("wagtailadmin_account")).url.startswith(LOGIN)


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "niet meer ingelogd"), ("fr", "session est terminée"), ("en", "no longer logged in")]
)
@pytest.mark.parametrize("headers", [JSON, {"X-Requested-With": "XMLHttpRequest"}])
def test_a_script_whose_session_ended_is_told_so_and_not_led_to_a_page(client, home, language, said, headers):
    response = client.post(edit_url(home), headers={**headers, "Accept-Language": language})
    assert response.status_code == 401
    assert response.json()["error_code"] == "session_ended" and said in response.json()["error_message"]


def test_after_logging_in_beside_it_a_form_gets_a_token_that_is_taken(db, home):
    client = Client(enforce_csrf_checks=True)
    user = make_user("Editors")
    client.force_login(user)
    token = client.get(reverse("session")).json()["token"]
    client.logout()
    assert client.get(reverse("session")).json() == {"user": None}
    client.force_login(user)
    fresh = client.get(reverse("session")).json()["token"]
    assert client.post(edit_url(home), {"csrfmiddlewaretoken": token}).status_code == 403
    assert client.post(edit_url(home), {"csrfmiddlewaretoken": fresh}).status_code == 200


def test_logging_out_leaves_nothing_of_the_admin_in_the_browser(client, editor):
    response = client.post(reverse("wagtailadmin_logout"))
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get(LOGIN).headers


def test_only_the_admin_keeps_other_sites_from_showing_its_answers(client, home):
    assert client.get(LOGIN).headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Cross-Origin-Resource-Policy" not in client.get("/nl/").headers


# --- Sessions elsewhere, on the account page


@pytest.mark.parametrize("way", ["password", "elsewhere"])
def test_a_new_password_or_a_word_ends_all_other_sessions_and_not_this_one(client, editor, way):
    other = Client()
    log_in(other, editor)
    assert is_in(other)
    new = "een-ander-lang-wachtwoord"
    typed = {"sessions__elsewhere": "on"}
    if way == "password":
        typed = {"password__old_password": PASSWORD, "password__new_password1": new, "password__new_password2": new}
    assert send_account(client, **typed).status_code == 302
    assert is_in(client) and not is_in(other)


def test_one_sees_where_one_is_logged_in_and_ends_one_session(client, editor):
    windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
    telephone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"
    office, train, elsewhere = Client(headers={"User-Agent": windows}), Client(headers={"User-Agent": telephone}), Client()
    for other in (office, train):
        log_in(other, editor)
    log_in(elsewhere, make_user("Editors"))
    page = client.get(reverse("wagtailadmin_account")).content.decode()
    boxes = BeautifulSoup(page, "html.parser").find_all("input", attrs={"name": "sessions-to_end"})
    listed = {box.parent.get_text().strip().partition(":")[0]: box["value"] for box in boxes}
    assert listed.keys() == {"Firefox, Windows", "Safari, iPhone"}
    assert not any(key in page for key in Session.objects.values_list("session_key", flat=True))
    assert send_account(client, sessions__to_end=listed["Safari, iPhone"]).status_code == 302
    assert is_in(client) and is_in(office) and is_in(elsewhere) and not is_in(train)


def test_nobody_ends_the_session_of_somebody_else(client, editor):
    other = Client()
    log_in(other, somebody := make_user("Editors"))
    log_in(Client(), editor)  # so that there is a list to choose from
    (token,) = sessions_of(somebody)
    assert send_account(client, sessions__to_end=token).status_code == 200
    assert is_in(other)


def test_sessions_from_before_the_upgrade_last(client, editor):
    assert editor.session_generation == 0
    assert editor.get_session_auth_hash() == AbstractUser.get_session_auth_hash(editor)


# --- What is kept


def test_sessions_that_ended_and_old_wrong_passwords_are_deleted_and_others_stay(client, editor):
    log_in(Client(), editor, "wrong")
    log_in(Client(), "somebody", "wrong")
    AccessAttempt.objects.filter(username="somebody").update(attempt_time=timezone.now() - timedelta(days=2))
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(minutes=1))
    call_command("forget_logins", stdout=StringIO())
    assert [attempt.username for attempt in AccessAttempt.objects.all()] == [editor.username]
    assert not Session.objects.filter(session_key="old").exists() and is_in(client)


def test_the_privacy_page_says_how_long_a_session_lasts(settings):
    page = (CONTENT / "pages" / "privacy.yaml").read_text()
    assert (settings.SESSION_MINUTES, settings.SESSION_HOURS, forget_logins.KEPT.days) == (120, 12, 1)
    for words in ("twee uur zonder gebruik", "douze heures", "two days at most"):
        assert words in page
