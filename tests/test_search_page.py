"""The page of search: its addresses, its switch of languages, and what it costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from languages.codes import LANGUAGES
from pages.addresses import is_reserved
from search.paths import SEGMENTS, search_path
from search.results import find_results
from tests.building import make_section, make_standard
from tests.searching import page

pytestmark = pytest.mark.django_db


def test_the_switch_of_languages_leads_to_the_same_question(home):
    section = make_section(home)
    _response, shown = page("nl", q="werk & meer", section=section.slug, page=2)
    links = {link["hreflang"]: link["href"] for link in shown.select("nav.languages a")}
    question = f"?q=werk+%26+meer&section={section.slug}"
    assert links == {code: f"/{code}/{SEGMENTS[code]}/{question}{'' if code == 'nl' else '&from=nl'}" for code in LANGUAGES}


def test_addresses_without_a_slash_lead_on_and_no_page_can_take_them(home):
    response = Client().get("/nl/zoeken?q=werk")
    assert (response.status_code, response.headers["Location"]) == (301, "/nl/zoeken/?q=werk")
    assert all(is_reserved(segment, home) for segment in SEGMENTS.values())


def test_crawlers_are_kept_from_the_answers():
    robots = Client().get("/robots.txt").content.decode()
    assert all(f"Disallow: {search_path(code)}?\n" in robots for code in LANGUAGES)


def test_only_reading_is_possible(home):
    assert Client().post("/nl/zoeken/", {"q": "werk"}).status_code == 405


@pytest.mark.sampled(2)
@pytest.mark.parametrize("number", ["0", "-1", "x", "²", "999999999", "9" * 5000])
def test_a_page_number_that_is_none_is_answered_all_the_same(home, number):
    make_standard(home, summary_nl="Werk.")
    assert page("nl", q="werk", page=number)[0].status_code == 200


# --- Costs


def queries_of(act):
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_finding_makes_two_queries_at_most_whatever_is_found(home):
    make_standard(home, summary_nl="Werk in Brussel.", summary_fr="Xyzzy.")
    for query in ("werk", "brusel werk", "qwertyuiop brusel", "xyzzy", '"werk in" -brussel', "", "de"):
        assert queries_of(lambda query=query: find_results(query, "nl")) <= 2, query


@pytest.mark.sweep
def test_the_page_makes_no_more_queries_with_more_pages(home):
    make_section(home)
    make_standard(home, "xyzzy 1")
    url = "/nl/zoeken/?q=xyzzy"
    Client().get(url)
    before = queries_of(lambda: Client().get(url))
    for number in range(12):
        make_standard(home, f"xyzzy {number + 2}")
    assert queries_of(lambda: Client().get(url)) == before <= 8
