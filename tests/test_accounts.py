"""Being logged in: the language of the door, limits to guessing, mails, sessions."""

import time
from datetime import timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt
from bs4 import BeautifulSoup
from django.contrib.auth.models import AbstractUser, Group
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.forms import TaskStateCommentForm
from wagtail.models import Task, Workflow
from wagtail.users.models import UserProfile

from delivery import throttle
from newsroom.accounts import login_limits
from newsroom.accounts.roles import make_groups
from newsroom.accounts.sessions import sessions_of
from newsroom.management.commands import forget_logins
from newsroom.models import User
from tests.building import PASSWORD, make_user
from tests.content import CONTENT
from tests.editor import edit_url, form_with, said

LOGIN = "/admin/login/"
RESET = "/admin/password_reset/"
WORDS = {"nl": "Wachtwoord", "fr": "Mot de passe", "en": "Password"}


def log_in(client, user, password=PASSWORD, where="10.0.0.1", **headers):
    typed = {"username": getattr(user, "username", user), "password": password}
    return client.post(LOGIN, typed, REMOTE_ADDR=where, headers=headers)


def shown(response):
    """Return the words that somebody sees of a response."""
    return " ".join(BeautifulSoup(response.content.decode(), "html.parser").main.get_text(" ").split())


# --- The language of whoever is there


@pytest.mark.parametrize(
    ("accepted", "spoken"), [("fr-BE,fr;q=0.9,nl;q=0.5", "fr"), ("en", "en"), ("de,nl;q=0.5", "nl"), ("de", "nl"), ("", "nl")]
)
@pytest.mark.parametrize("path", [LOGIN, RESET, f"{RESET}done/", f"{RESET}complete/"])
def test_the_door_speaks_the_language_of_the_browser(client, db, path, accepted, spoken):
    response = client.get(path, headers={"Accept-Language": accepted})
    assert f'lang="{spoken}"' in response.content.decode()
    assert response.headers["Content-Language"] == spoken


def test_the_login_page_says_every_word_in_one_language(client, db):
    for code, word in WORDS.items():
        text = shown(client.get(LOGIN, headers={"Accept-Language": code}))
        assert [one for one in WORDS.values() if one in text] == [word]


@pytest.mark.sweep
def test_no_public_page_listens_to_the_browser(client, home):
    for path in ("/nl/", "/nl/none/"):
        assert client.get(path, headers={"Accept-Language": "fr"}).headers["Content-Language"] == "nl"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_refusal_is_in_the_language_of_the_person(client, home, language):
    client.force_login(make_user("Editors", language))
    response = client.get(reverse("wagtailusers_users:index"), follow=True, headers={"Accept-Language": "nl"})
    said = {
        "nl": "Sorry, je hebt geen toegang",
        "fr": "Désolé, vous n'avez pas les autorisations",
        "en": "Sorry, you do not have permission",
    }
    assert said[language] in shown(response)


def test_whoever_never_chose_a_language_keeps_that_of_the_browser_and_whoever_did_keeps_the_choice(client, db):
    without, french = make_user("Editors", ""), make_user("Editors", "fr")
    for user, language in ((without, "en"), (french, "fr")):
        log_in(client, user, **{"Accept-Language": "en"})
        assert UserProfile.objects.get(user=user).preferred_language == language
        client.logout()


def test_a_mail_that_resets_a_password_is_in_the_language_of_the_person(client, db):
    user = make_user("Editors", "fr")
    client.post(RESET, {"email": user.email}, headers={"Accept-Language": "nl"})
    (sent,) = mail.outbox
    assert "mot de passe" in sent.subject.lower() and "Suivez le lien" in sent.body


# --- Guessing


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
    word = said("Too many links were asked for from your network. Wait an hour, then try again.", "fr")
    assert word in shown(answers[2]) and users[2].email in answers[2].content.decode()
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


# --- Sessions

JSON = {"Accept": "application/json"}


@pytest.fixture
def clock(monkeypatch):
    """Return a function that lets time pass, for sessions and their rows alike."""
    passed = [0]
    real, now = time.time, timezone.now
    monkeypatch.setattr("newsroom.accounts.sessions.time.time", lambda: real() + passed[0])
    monkeypatch.setattr("django.utils.timezone.now", lambda: now() + timedelta(seconds=passed[0]))
    return lambda minutes: passed.__setitem__(0, passed[0] + minutes * 60)


@pytest.fixture
def editor(client, db):
    user = make_user("Editors")
    log_in(client, user)
    return user


def is_in(client):
    """Say whether somebody is logged in, without using the session."""
    return client.get(reverse("session")).json()["user"] is not None


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


# --- The account page


def account_form(client):
    return form_with(client.get(reverse("wagtailadmin_account")), "email-email")


def send_account(client, **typed):
    names = {"name_email-first_name": "Ann", "name_email-last_name": "Peeters"}  # Wagtail insists on them
    names |= {name.replace("__", "-"): value for name, value in typed.items()}
    return client.post(reverse("wagtailadmin_account"), account_form(client) | names)


def test_the_address_changes_with_the_password_only_and_the_old_one_is_told(client, editor):
    old = editor.email
    for password in ("", "wrong"):
        response = send_account(client, email__email="new@example.org", email__current_password=password)
        assert response.status_code == 200 and "Dit is niet je wachtwoord" in shown(response)
        assert "new@example.org" in response.content.decode(), "Nothing typed is lost."
    editor.refresh_from_db()
    assert editor.email == old and not mail.outbox
    assert send_account(client, email__email="new@example.org", email__current_password=PASSWORD).status_code == 302
    editor.refresh_from_db()
    assert editor.email == "new@example.org"
    (sent,) = mail.outbox
    assert sent.to == [old] and "gewijzigd" in sent.subject


def test_a_name_changes_without_the_password(client, editor):
    assert send_account(client, name_email__first_name="Ann", name_email__last_name="Peeters").status_code == 302
    editor.refresh_from_db()
    assert editor.first_name == "Ann" and not mail.outbox


@pytest.mark.sweep
@pytest.mark.parametrize("door", ["email", "password"])
def test_guessing_the_password_of_who_forgot_to_log_out_is_stopped_as_at_the_login(client, editor, settings, door):
    guess = {"email__email": "new@example.org", "email__current_password": "wrong"}
    if door == "password":
        new = "een-ander-lang-wachtwoord"
        guess = {"password__old_password": "wrong", "password__new_password1": new, "password__new_password2": new}
    answers = [send_account(client, **guess).status_code for _time in range(settings.AXES_FAILURE_LIMIT)]
    assert answers == [200] * (settings.AXES_FAILURE_LIMIT - 1) + [429]


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
    boxes = BeautifulSoup(page, "html.parser").find_all("input", attrs={"name": "sessions-ended"})
    listed = {box.parent.get_text().strip().partition(":")[0]: box["value"] for box in boxes}
    assert listed.keys() == {"Firefox, Windows", "Safari, iPhone"}
    assert not any(key in page for key in Session.objects.values_list("session_key", flat=True))
    assert send_account(client, sessions__ended=listed["Safari, iPhone"]).status_code == 302
    assert is_in(client) and is_in(office) and is_in(elsewhere) and not is_in(train)


def test_nobody_ends_the_session_of_somebody_else(client, editor):
    other = Client()
    log_in(other, somebody := make_user("Editors"))
    log_in(Client(), editor)  # so that there is a list to choose from
    (token,) = sessions_of(somebody)
    assert send_account(client, sessions__ended=token).status_code == 200
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


# --- People, and what they may do


@pytest.mark.parametrize(
    ("language", "roles"),
    [
        ("nl", ["Redacteurs", "Eindredacteurs", "Vertalers"]),
        ("fr", ["Rédacteurs", "Responsables de publication", "Traducteurs"]),
    ],
)
def test_an_administrator_chooses_roles_by_name_and_a_language_for_a_new_account(client, db, language, roles):
    make_groups()
    client.force_login(make_user(language=language))
    form = client.get(reverse("wagtailusers_users:add"))
    assert all(role in shown(form) for role in roles) and "Editors" not in shown(form)
    typed = {"username": "new", "email": "new@example.org", "first_name": "An", "last_name": "Peeters"}
    typed |= {"password1": PASSWORD, "password2": PASSWORD, "groups": [Group.objects.get(name="Editors").pk]}
    refused = client.post(reverse("wagtailusers_users:add"), typed)
    assert refused.context["form"].errors.keys() == {"preferred_language"}
    assert client.post(reverse("wagtailusers_users:add"), typed | {"preferred_language": "fr"}).status_code == 302
    user = User.objects.get(username="new")
    assert user.wagtail_userprofile.preferred_language == "fr" and user.groups.get().name == "Editors"
    assert user.must_change_password
    listed = shown(client.get(reverse("wagtailusers_groups:index")))
    assert all(role in listed for role in roles) and "Editors" not in listed


def test_an_administrator_who_changes_an_account_keeps_the_rest_and_tells_the_old_address(client, db):
    client.force_login(make_user())
    user = make_user("Translators", "fr")
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    typed = form_with(client.get(url), "username") | {"first_name": "An", "last_name": "Peeters", "email": "new@example.org"}
    assert client.post(url, typed).status_code == 302
    before, user = user, User.objects.get(pk=user.pk)
    assert user.email == "new@example.org" and user.wagtail_userprofile.preferred_language == "fr"
    assert user.groups.get().name == "Translators" and user.check_password(PASSWORD) and not user.must_change_password
    assert [sent.to for sent in mail.outbox] == [[before.email]]


def test_nobody_changes_their_own_address_or_password_past_the_account_page(client, db):
    admin = make_user()
    client.force_login(admin)
    url = reverse("wagtailusers_users:edit", args=[admin.pk])
    typed = form_with(client.get(url), "username") | {"first_name": "An", "last_name": "Peeters", "email": "evil@example.org"}
    assert "password1" not in typed
    assert client.post(url, typed | {"password1": "x", "password2": "x"}).status_code == 302
    stored = User.objects.get(pk=admin.pk)
    assert (stored.email, stored.first_name) == (admin.email, "An") and stored.check_password(PASSWORD) and is_in(client)


def test_the_workflow_has_a_name_that_everybody_reads(db):
    names = [Workflow.objects.get().name, Task.objects.get().name]
    assert names == ["Goedkeuring / Approbation / Approval"] * 2


def test_words_that_wagtail_translates_as_it_starts_are_those_of_the_reader():
    for language, word in (("nl", "Opmerking"), ("fr", "Commentaire"), ("en", "Comment")):
        with translation.override(language):
            assert str(TaskStateCommentForm()["comment"].label) == word
