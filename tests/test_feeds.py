"""The Atom feeds, read by parsers that this project did not write."""

import time
from datetime import timedelta

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date
from lxml import etree
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page

from languages.codes import LANGUAGES
from pages.models import PublicChange
from tests.building import make_home, make_standard
from tests.many import multiply
from tests.site_checks import SITE

ATOM = "{http://www.w3.org/2005/Atom}"


def read(client, language):
    """Return the feed of a language as a feed reader sees it."""
    response = client.get(f"/{language}/feed/")
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    feed = feedparser.parse(response.content)
    assert not feed.bozo and feed.version == "atom10"
    return feed


def change(page, **fields):
    page = Page.objects.get(pk=page.pk).specific
    for name, value in fields.items():
        setattr(page, name, value)
    page.excuse("Urgent.")
    page.save_revision().publish()


def an_hour_passes():
    for one in PublicChange.objects.all():
        one.moment -= timedelta(hours=1)
        one.save()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.sampled(1)
def test_a_feed_has_the_pages_of_its_language_newest_first(client, standard, language):
    an_hour_passes()
    an_hour_passes()
    change(standard, **{f"summary_{language}": "X & <b>Y</b>"})
    feed = read(client, language)
    assert feed.feed.language == language
    assert [entry.title for entry in feed.entries] == [f"standard {language}", f"home {language}"]
    first = feed.entries[0]
    assert first.link == f"{SITE}/{language}/standard-{language}/"
    assert first.published < first.updated == feed.feed.updated
    assert first.summary == "X &amp; &lt;b&gt;Y&lt;/b&gt;", "Plain text, told to be HTML"


def test_a_feed_has_what_the_format_asks_for(client, home):
    make_standard(home)
    tree = etree.fromstring(client.get("/fr/feed/").content)
    assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    links = {(link.get("rel"), link.get("hreflang")): link.get("href") for link in tree.findall(ATOM + "link")}
    assert links == {
        ("self", None): f"{SITE}/fr/feed/",
        ("alternate", None): f"{SITE}/fr/",
        ("alternate", "nl"): f"{SITE}/nl/feed/",
        ("alternate", "en"): f"{SITE}/en/feed/",
    }
    assert tree.findtext(ATOM + "id") == f"{SITE}/fr/feed/"
    assert tree.findtext(f"{ATOM}author/{ATOM}name")
    entries = tree.findall(ATOM + "entry")
    assert len(entries) == 2
    for entry in entries:
        assert {child.tag.removeprefix(ATOM) for child in entry} == {"title", "link", "published", "updated", "id", "summary"}
        assert entry.find(ATOM + "link").attrib["hreflang"] == "fr"
    assert len({entry.findtext(ATOM + "id") for entry in entries}) == 2


def test_an_entry_is_the_latest_change_with_its_note(client, standard):
    an_hour_passes()
    change(standard, summary_nl="Anders.", change_note_nl="Cijfers van 2025.", change_note_fr="Chiffres de 2025.")
    dutch, french = (read(client, code).entries for code in ("nl", "fr"))
    assert [entry.summary for entry in dutch] == ["Cijfers van 2025.", "Summary of home in nl."]
    assert {entry.summary for entry in french} == {"Summary of standard in fr.", "Summary of home in fr."}


def test_the_id_of_an_entry_outlives_its_address(client, standard):

    def ids(code):
        return {entry.id for entry in read(client, code).entries}

    before = ids("nl")
    change(standard, url_slug_nl="anders", heading_nl="Anders")
    assert ids("nl") == before
    assert all(one.startswith("urn:uuid:") for one in before) and not before & ids("fr")


def test_what_readers_cannot_reach_is_in_no_feed(client, home):
    page = make_standard(home, languages=["nl", "fr"])
    make_standard(home, "draft", live=False)
    alias = CreatePageAliasAction(page).execute()
    assert alias.live
    assert [len(read(client, code).entries) for code in LANGUAGES] == [2, 2, 1]
    Page.objects.get(pk=page.pk).specific.unpublish()
    assert [len(read(client, code).entries) for code in LANGUAGES] == [1, 1, 1]


def test_a_language_without_pages_has_no_feed(client, db):
    make_home(languages=["nl", "fr"])
    assert client.get("/nl/feed/").status_code == 200
    assert client.get("/en/feed/").status_code == 404


@pytest.mark.sweep
def test_a_feed_has_fifty_entries_at_most_and_as_many_queries_for_many_pages(client, standard):

    def queries():
        with CaptureQueriesContext(connection) as captured:
            read(client, "nl")
        return len(captured)

    before = queries()
    multiply(standard, 70)
    moment = timezone.now()
    copies = Page.objects.filter(pk__gt=standard.pk).values_list("pk", flat=True)
    PublicChange.objects.bulk_create(
        PublicChange(page_id=pk, language="nl", moment=moment + timedelta(minutes=turn), note=f"{turn}")
        for pk in copies
        for turn in range(3)
    )
    assert queries() == before <= 3
    entries = read(client, "nl").entries
    assert len(entries) == 50 and {entry.summary for entry in entries} == {"2"}


def test_whoever_has_the_feed_already_is_told_so(client, home):
    first = client.get("/nl/feed/")
    assert "s-maxage=1" in first["Cache-Control"] and not first.cookies
    again = client.get("/nl/feed/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"") and "s-maxage=1" in again["Cache-Control"]
    change(home, summary_nl="Anders.")
    assert client.get("/nl/feed/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_page_that_is_withdrawn_leaves_the_feed_of_whoever_asks_by_a_time(client, home):
    page = make_standard(home, "weg")
    path, first = page.paths()["nl"], client.get("/nl/feed/")
    since = first.get("Last-Modified") or http_date(time.time())
    page.unpublish()
    again = client.get("/nl/feed/", headers={"If-Modified-Since": since})
    assert path in first.content.decode() and again.status_code == 200 and path not in again.content.decode()


def test_the_address_without_a_slash_leads_to_the_feed_and_nothing_is_written_there(client, home):
    assert client.get("/nl/feed").headers["Location"] == "/nl/feed/"
    assert client.post("/nl/feed/").status_code == 405
    assert client.get("/nl/feed/x/").status_code == 404


def test_every_page_names_the_feed_of_its_language_error_pages_too(client, home):
    for path, status in (("/fr/", 200), ("/fr/rien/", 404)):
        response = client.get(path)
        html = BeautifulSoup(response.content.decode(), "html.parser")
        assert response.status_code == status
        assert [link["href"] for link in html.find_all("link", type="application/atom+xml")] == ["/fr/feed/"]
