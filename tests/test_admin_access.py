"""Nobody gets into the admin without logging in, and its door speaks the language of whoever is there."""

import re

import pytest
from django.core import mail
from django.urls import URLPattern, get_resolver, reverse
from wagtail.users.models import UserProfile

from pages.models import StandardPage
from tests.building import make_user, texts
from tests.logins import LOGIN, RESET, log_in, visible_text

OPEN = {"login/", "logout/", "password_reset/", "jsi18n/", "sprite/", "session/"}


def addresses_below(patterns, prefix=""):
    """Yield an address for every pattern, with "1" or "a" for what it takes; regular expressions are left out."""
    for pattern in patterns:
        route = getattr(pattern.pattern, "_route", None)
        if route is None:
            continue
        path = prefix + re.sub(r"<(\w+:)?\w+>", lambda match: "a" if match[1] in ("slug:", "str:") else "1", route)
        if isinstance(pattern, URLPattern):
            yield path
        else:
            yield from addresses_below(pattern.url_patterns, path)


def test_nobody_gets_into_the_admin_without_logging_in(client, db):
    admin = [one for pattern in get_resolver().url_patterns if str(pattern.pattern) == "admin/" for one in pattern.url_patterns]
    open_paths = [path for path in addresses_below(admin) if not any(path.startswith(name) for name in OPEN)]
    assert len(open_paths) > 150 and "pages/1/copy/" in open_paths and "settings/a/a/" in open_paths
    assert any(path.startswith("snippets/directory/organisation/") for path in open_paths)
    for path in open_paths:
        response = client.get(f"/admin/{path}")
        assert response.status_code == 302, path
        assert response.url.startswith(reverse("wagtailadmin_login")), path


@pytest.mark.parametrize("view", ["copy", "edit", "unpublish", "delete"])
@pytest.mark.sampled(2)
def test_nothing_is_done_for_anyone_who_is_not_logged_in(view, client, standard):
    before = StandardPage.objects.values().get()
    response = client.post(reverse(f"wagtailadmin_pages:{view}", args=[standard.pk]), texts("changed"))
    assert response.url.startswith(reverse("wagtailadmin_login"))
    assert StandardPage.objects.values().get() == before


WORDS = {"nl": "Wachtwoord", "fr": "Mot de passe", "en": "Password"}


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
        text = visible_text(client.get(LOGIN, headers={"Accept-Language": code}))
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
        "nl": "Je hebt geen toegang tot dit deel van het beheer.",
        "fr": "Vous n’avez pas accès à cette partie de l’administration.",
        "en": "Sorry, you do not have permission",
    }
    assert said[language] in visible_text(response)


def test_whoever_never_chose_a_language_keeps_that_of_the_browser_and_whoever_did_keeps_the_choice(client, db):
    without, french = make_user("Editors", ""), make_user("Editors", "fr")
    for user, language in ((without, "en"), (french, "fr")):
        log_in(client, user, **{"Accept-Language": "en"})
        assert UserProfile.objects.get(user=user).preferred_language == language
        client.logout()


@pytest.mark.parametrize("header", ["de", "de-AT,de;q=0.9", "*", "", "\x00,;"])
def test_of_a_browser_that_asks_for_no_language_of_the_site_none_is_kept(header, client, db):
    user = make_user("Editors", "")
    log_in(client, user, **{"Accept-Language": header})
    assert UserProfile.objects.get(user=user).preferred_language == ""


def test_a_mail_that_resets_a_password_is_in_the_language_of_the_person(client, db):
    user = make_user("Editors", "fr")
    client.post(RESET, {"email": user.email}, headers={"Accept-Language": "nl"})
    (sent,) = mail.outbox
    assert "mot de passe" in sent.subject.lower() and "Suivez le lien" in sent.body
