"""Nothing that a process keeps, such as classes of forms, blocks or menus, goes on saying what a string said before."""

import json
import re
from html import unescape

import pytest
from bs4 import BeautifulSoup, NavigableString
from django.urls import reverse

from interface_strings import following
from interface_strings.models import InterfaceString, StringEdit, StringsVersion
from interface_strings.strings_rebuild import rebuild
from tests.editor import edit_url
from tests.strings import logged_in

pytestmark = pytest.mark.django_db
MARK = "☂"
QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"')
OWN_NAMES = {"Nederlands"}  # of a language in itself, which no catalogue says
# What Wagtail translates once in a process, for whoever comes first (docs/operations.md): names of permissions on collections,
# and of the steps to a list of entries.
WAGTAIL_EARLY = {
    "/admin/groups/new/": {
        "Afbeeldingen kiezen uit de bibliotheek",
        "Alle afbeeldingen wijzigen",
        "Bewerk collecties",
        "Eigen afbeeldingen toevoegen en wijzigen",
        "Kies",
        "Toevoegen",
        "Verwijder collecties",
        "Verwijderen",
        "Voeg collecties toe",
        "Wijzig",
    },
    "/admin/snippets/directory/glossaryterm/add/": {"Gegevens", "Startpagina"},
    "/admin/snippets/notices/notice/": {"Gegevens", "Startpagina"},
    "/admin/images/": {"Er zijn nog geen afbeeldingen."},  # the beginning of another text, before a link in it
}


def addresses(page):
    return [
        "/nl/",
        page.get_url(),
        "/admin/",
        edit_url(page),
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        reverse("languages_report"),
        reverse("wagtailsnippets_directory_glossaryterm:add"),
        reverse("wagtailsnippets_notices_notice:list"),
        reverse("wagtailsettings:edit", args=["pages", "sitesettings"]),
        reverse("wagtailimages:index"),
        reverse("wagtailusers_users:add"),
        reverse("wagtailusers_groups:add"),
        reverse("wagtailadmin_account"),
        reverse("messages:index"),
        "/admin/jsi18n/",
    ]


def words_of(response):
    """Return all texts of a response: those that stand by themselves, and those in quotes, as scripts get them."""
    html = response.content.decode()
    quoted = (json.loads(one) for one in QUOTED.findall(unescape(html)) if is_json(one))
    nodes = (text for text in BeautifulSoup(html, "html.parser").find_all(string=True) if type(text) is NavigableString)
    return {" ".join(text.split()) for text in (*nodes, *quoted)}


def is_json(text):
    try:
        return isinstance(json.loads(text), str)
    except ValueError:
        return False


def edit_everything():
    """Put a mark behind every Dutch text of the interface that is more than one word or a placeholder."""
    rebuild()
    strings = [one for one in InterfaceString.objects.filter(plural="") if one.shown["nl"]]
    StringEdit.objects.bulk_create(
        StringEdit(string=one, language="nl", forms=[one.shown["nl"][0] + MARK], filed_then=one.filed.get("nl", []))
        for one in strings
    )
    StringsVersion.renew()
    sources = {one.msgid for one in strings}
    return {text for one in strings if (text := " ".join(one.shown["nl"][0].split()))[:1].isupper() and text not in sources}


@pytest.mark.sweep
def test_whatever_a_process_has_shown_before_it_shows_anew_once_it_was_edited(mandate, own_folder):
    client = logged_in(None)
    before = {address: words_of(client.get(address, follow=True)) for address in addresses(mandate)}
    texts = edit_everything()
    following.take_up_changes()
    stale, number = set(), 0
    for address, words in before.items():
        after = words_of(client.get(address, follow=True))
        number += len(words & texts)
        stale |= {f"{address}: {text}" for text in words & texts & after - WAGTAIL_EARLY.get(address, set()) - OWN_NAMES}
    assert number > 500, "These screens say much of the interface."
    assert "\n".join(sorted(stale)) == ""
