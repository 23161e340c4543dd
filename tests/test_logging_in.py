"""Being logged in: the language of the door, limits to guessing, mails, sessions."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from wagtail.users.models import UserProfile

from newsroom import attempts
from tests.building import PASSWORD, make_user

LOGIN = "/admin/login/"
RESET = "/admin/password_reset/"
WORDS = {"nl": "Wachtwoord", "fr": "Mot de passe", "en": "Password"}


@pytest.fixture(autouse=True)
def nobody_tried_yet():
    cache.clear()


def log_in(client, user, password=PASSWORD, where="10.0.0.1", **headers):
    typed = {"username": getattr(user, "username", user), "password": password}
    return client.post(LOGIN, typed, REMOTE_ADDR=where, headers=headers)


def shown(response):
    """Return the words that somebody sees of a response."""
    return " ".join(BeautifulSoup(response.content.decode(), "html.parser").main.get_text(" ").split())


# --- The language of whoever is there


@pytest.mark.parametrize(
    ("asked", "spoken"), [("fr-BE,fr;q=0.9,nl;q=0.5", "fr"), ("en", "en"), ("de,nl;q=0.5", "nl"), ("de", "nl"), ("", "nl")]
)
@pytest.mark.parametrize("path", [LOGIN, RESET, f"{RESET}done/", f"{RESET}complete/"])
def test_the_door_speaks_the_language_of_the_browser(client, db, path, asked, spoken):
    response = client.get(path, headers={"Accept-Language": asked})
    assert f'lang="{spoken}"' in response.content.decode()
    assert response.headers["Content-Language"] == spoken


def test_the_login_page_says_every_word_in_one_language(client, db):
    for code, word in WORDS.items():
        text = shown(client.get(LOGIN, headers={"Accept-Language": code}))
        assert [one for one in WORDS.values() if one in text] == [word]


def test_no_public_page_listens_to_the_browser(client, home):
    for path in ("/nl/", "/nl/none/"):
        assert client.get(path, headers={"Accept-Language": "fr"}).headers["Content-Language"] == "nl"


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


def test_who_never_chose_a_language_keeps_that_of_the_browser_and_who_did_keeps_the_choice(client, db):
    without, french = make_user("Editors", ""), make_user("Editors", "fr")
    for user, kept in ((without, "en"), (french, "fr")):
        log_in(client, user, **{"Accept-Language": "en"})
        assert UserProfile.objects.get(user=user).preferred_language == kept
        client.logout()


def test_a_mail_that_resets_a_password_is_in_the_language_of_the_person(client, db):
    user = make_user("Editors", "fr")
    client.post(RESET, {"email": user.email}, headers={"Accept-Language": "nl"})
    (sent,) = mail.outbox
    assert "mot de passe" in sent.subject.lower() and "Suivez le lien" in sent.body


# --- Guessing


def test_one_password_over_many_names_is_stopped_for_that_address(client, db, monkeypatch):
    monkeypatch.setattr(attempts, "AN_ADDRESS", 3)
    user = make_user("Editors")
    answers = [log_in(client, f"name-{number}", "Zomer2026!").status_code for number in range(4)]
    assert answers == [200, 200, 200, 429]
    assert log_in(client, user).status_code == 429
    assert log_in(client, user, where="10.0.0.2").status_code == 302


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
    assert "Vraag een beheerder" in client.get(LOGIN).content.decode()
