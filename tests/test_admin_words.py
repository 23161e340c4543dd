"""No screen of the admin speaks English to somebody who reads it in Dutch or French, nor in both genders at once."""

import json
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, NavigableString
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.users.models import UserProfile

from deploy import catalogues
from newsroom.accounts.roles import EDITORS, PUBLISHERS, make_groups
from tests.building import make_standard, make_user
from tests.editor import edit_url, form_with
from tests.route_rights import Person, table
from tests.routes import make_things, path_of

CATALOGUES = [Path("locale"), *(Path(find_spec(name).origin).parent for name in ("django", "wagtail", "taggit"))]
LEAKED = re.compile(
    r"\b(?:None|True|False)\b|\bCan (?:add|change|delete|view|choose) "
)  # of Python, and of Django's permissions
BOTH_GENDERS = re.compile(r"\w\((?:e|s|es|ne|le|la|elle|tte)\)", re.IGNORECASE)
LOOSE = re.compile("[^\u00a0][:;!?](?!//)|[^\u00a0]»|«[^\u00a0]|'|\"")  # marks that part from their word, or a typewriter's
SHOWN = ("placeholder", "title", "aria-label", "aria-description", "aria-valuetext", "alt", "label")
BUTTONS = "input:is([type=submit], [type=button], [type=reset])[value]"
NOT_READ = ("script", "style", "template", "svg", "pre", "code")
KNOWN = {
    "Page",  # written in Wagtail's templates and forms, out of reach of catalogues
    "Root page",
    "Site name",
    "Welcome to your new Wagtail site!",  # of screens that no menu leads to
    "English",
    "Picture",
    "Document",
    "Collection",
    "Group",
    "Home",
    "Page not found",  # names, and what is made here
    "Website",
    "Links",
    "Media",
    "Partners",
    "Permanent",
}


def untranslated_texts(language):
    """Return the English texts for which a language has other words, and which it does not use for anything itself."""
    files = (file for root in CATALOGUES for file in root.rglob(f"{language}/LC_MESSAGES/django.po"))
    entries = [message for file in files for message in catalogues.messages(catalogues.read(file))]
    singular = {catalogues.forms(entry.id)[0] for entry in entries}
    return {text for text in singular if text[0].isalpha()} - {entry.string for entry in entries} - KNOWN


def texts(response):
    """Yield each text that a response shows or says, wherever it is a page or a part of one."""
    kind = response.headers.get("Content-Type", "")
    if response.streaming or not ("html" in kind or "json" in kind):
        return
    data = json.loads(response.content) if "json" in kind else response.content.decode()
    soup = BeautifulSoup(data if isinstance(data, str) else (isinstance(data, dict) and data.get("html")) or "", "html.parser")
    # What is `submit` and for screen readers alone is hidden from them, too: tests/browser/test_hidden_words.py.
    for element in [*soup(NOT_READ), *soup(hidden=True), *soup(lang="en"), *soup.select(".submit.w-sr-only")]:
        element.decompose()
    yield from (" ".join(text.split()) for text in soup.find_all(string=True) if type(text) is NavigableString)
    yield from (element[name] for name in SHOWN for element in soup.find_all(attrs={name: True}))
    yield from (element["value"] for element in soup.select(BUTTONS))


def loose_headings(response):
    """Return the headings of a screen, also those for screen readers alone, in which a mark follows its word as in English."""
    if response.streaming or "html" not in response.headers.get("Content-Type", ""):
        return []
    soup = BeautifulSoup(response.content.decode(), "html.parser")
    headings = [one.get_text(" ", strip=True) for one in soup(["title", "h1", "h2"])]
    return [one for one in headings if re.search(r"\w[:;!?](\s|$)", one)]


def is_wrong(text, english):
    return text in english or BOTH_GENDERS.search(text) or LEAKED.search(text)


def test_english_and_both_genders_are_noticed(rf):
    assert "Choose another" in untranslated_texts("nl") and "Permanent" not in untranslated_texts("fr")
    assert BOTH_GENDERS.search("Ce(tte) page") and not BOTH_GENDERS.search("Organisation (ancienne)")
    assert LEAKED.search("1–1 sur 1 None") and LEAKED.search("Can add user") and not LEAKED.search("Nones")


@pytest.fixture
def reader(client, db):
    """Return a function that logs in a role that reads French."""

    def reading(role):
        client.force_login(make_user(role, "fr"))
        return client

    return reading


def test_what_a_search_finds_is_counted_by_its_noun(tasks_at_once, reader, home):
    make_standard(home, name="Horizon")
    for url in ("wagtailadmin_pages:search", "wagtailadmin_pages:search_results"):
        shown = list(texts(reader(EDITORS.name).get(reverse(url), {"q": "Horizon"})))
        assert "1–1 sur 1 page" in shown


def test_a_page_that_nobody_published_has_a_dash_in_the_report_of_old_pages(reader, home):
    home.save_revision().publish()
    shown = list(texts(reader(PUBLISHERS.name).get(reverse("wagtailadmin_reports:aging_pages"))))
    assert "—" in shown and "None" not in shown


@pytest.mark.sweep
def test_nobody_is_called_none_nor_any_state_true(reader, home):
    revision = home.save_revision()
    shown = list(
        texts(reader(PUBLISHERS.name).get(reverse("wagtailadmin_pages:revisions_revert", args=[home.pk, revision.pk])))
    )
    assert any(text.startswith("Vous consultez une version antérieure") for text in shown)
    people = list(texts(reader(None).get(reverse("wagtailusers_users:index"))))
    assert "Oui" in people
    assert not [text for text in (*shown, *people) if LEAKED.search(text)]


def test_permissions_are_named_in_the_language_of_who_reads_them_and_saved(reader, db):
    make_groups()
    client, group = reader(None), Group.objects.get(name=EDITORS.name)
    before = set(group.permissions.all())
    url = reverse("wagtailusers_groups:edit", args=[group.pk])
    response = client.get(url)
    shown = list(texts(response))
    assert "Ajouter : Utilisateur" in shown and not [text for text in shown if LEAKED.search(text)]
    form = form_with(response, "permissions")
    user = Permission.objects.get(codename="add_user", content_type__app_label="newsroom")
    assert client.post(url, form | {"permissions": [*form["permissions"], str(user.pk)]}).status_code == 302
    assert set(group.permissions.all()) == before | {user}


@pytest.mark.sweep
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_screen_is_in_the_language_of_its_reader(language, home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    things, user = make_things(home), make_user(None)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    person, english, foreign = Person(user), untranslated_texts(language), set()
    for route in table():
        if not route.startswith(("admin/failwhale", "admin/_design")):
            response = person.ask(path_of(route, things))[0]
            foreign |= {f"{route}: {text}" for text in texts(response) if is_wrong(text, english)}
            foreign |= {f"{route}: {text}" for text in loose_headings(response) if language == "fr"}
    assert sorted(foreign) == []


def test_french_keeps_its_marks_with_their_words():
    entries = catalogues.messages(catalogues.read(Path("locale/fr/LC_MESSAGES/django.po")))
    texts = [text for entry in entries for text in catalogues.forms(entry.string)]
    assert [text for text in texts if LOOSE.search(re.sub("<[^>]*>", "", text))] == []


@pytest.mark.sweep
def test_what_chooses_a_page_speaks_the_language_of_whoever_looks_and_not_of_whoever_looked_first(mandate):
    addresses = [
        reverse("wagtailsnippets_search_promotion:add"),
        edit_url(mandate),
        reverse("wagtailsettings:edit", args=["pages", "sitesettings"]),
    ]
    for language, other in (("nl", "fr"), ("fr", "nl"), ("nl", "fr")):
        client = Client()
        client.force_login(make_user(language=language))
        for address_of_form in addresses:
            shown = client.get(address_of_form, follow=True).content.decode()
            with translation.override(language):
                assert gettext("Choose a page") in shown, address_of_form
            with translation.override(other):
                assert gettext("Choose a page") not in shown, address_of_form
