"""Addresses as people type them, and redirects: one step to the page meant, in the reader's language, never in a circle."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from delivery.accept_language import preferred_language
from delivery.redirects import find_destination
from languages.texts import is_filled, to_one_line
from pages.address_checks import find_faults
from pages.addresses import tidy_path
from tests.building import make_section, make_standard

MEANT = "/nl/onze-netwerken/eures/"


@pytest.mark.parametrize(
    "typed",
    [
        "/NL/Onze-Netwerken/EURES",
        "/nl//onze-netwerken///eures/",
        MEANT + ".",
        "/nl/onze-netwerken/eures)",
        MEANT + "\u00a0",
        MEANT + "”,",
        MEANT + "“).",
        "/nl/onze\u2011netwerken/eures\u200b",
        "/nl/onze-net\u00adwerken\\eures",
        "/nl/onze-netwerken/eures/**",
    ],
)
def test_what_was_typed_or_pasted_is_tidied(typed):
    assert tidy_path(typed) == MEANT
    assert tidy_path(MEANT) == MEANT


def test_a_page_is_found_under_an_untidy_address_with_one_redirect(client, home):
    page = make_standard(home, "Zorg")
    path = page.paths()["nl"]
    for typed in (path.upper(), path.replace("/nl/", "/nl//"), path.rstrip("/") + ".", path + "%C2%A0"):
        response = client.get(typed + "?a=1")
        assert (response.status_code, response["Location"]) == (301, path + "?a=1")
        assert client.get(response["Location"]).status_code == 200
    assert client.get("/NL/nergens/").status_code == 404


def test_a_redirect_ignores_capitals_and_without_a_language_lets_the_reader_choose(client, home):
    page = make_standard(home, "Zorg")
    Redirect.objects.create(old_path="/Oud.html", redirect_page=page)
    Redirect.objects.create(old_path="/nl/Vroeger", redirect_page=page)
    assert client.get("/oud.html")["Location"] == page.neutral_path
    assert client.get("/NL/vroeger")["Location"] == page.paths()["nl"]
    assert client.get("/fr/vroeger").status_code == 404


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/NL/ZOEKEN/?q=Werk", "/nl/zoeken/?q=Werk"),
        ("/nl/zoeken//", "/nl/zoeken/"),
        ("/NL/feed/", "/nl/feed/"),
        ("/nl/zoeken/suggesties", "/nl/zoeken/suggesties/"),
        ("/SITEMAP.XML", "/sitemap.xml"),
        ("/fr/Recherche/OpenSearch.xml", "/fr/recherche/opensearch.xml"),
        ("/FR/nous-ecrire", "/fr/nous-ecrire/"),
    ],
)
def test_what_the_site_itself_answers_is_found_under_an_untidy_address_too(typed, meant, client, home):
    response = client.get(typed)
    assert (response.status_code, response["Location"]) == (301, meant)
    assert client.get(meant).status_code in (200, 404)


def test_a_neutral_address_in_capitals_leads_to_its_page_and_one_of_no_page_leads_nowhere(client, standard):
    assert client.get(standard.neutral_path.upper())["Location"] == standard.neutral_path
    assert client.get("/P/0123456789AB/").status_code == 404


def test_an_address_whose_capitals_count_or_that_only_answers_nothing_now_is_not_tidied(client, home):
    for path in (
        "/fr/nous-ecrire/",
        "/DOCUMENTS/1/Verslag.PDF",
        "/NL/gedeeld-concept/" + "A" * 30,
        "/ADMIN/pages/",
        "/[",
        "/.",
        "//",
    ):
        assert find_destination(path) is None


def test_browsers_ask_again_before_they_follow_a_permanent_redirect(client, standard):
    page = standard.paths()["nl"]
    Redirect.objects.create(old_path="/nl/oud", redirect_page=standard)
    for path in ("/nl/oud", page.upper(), page.rstrip("/"), "/NL/feed/", "/security.txt", "/nl/schrijf-ons"):
        response = client.get(path)
        assert response.status_code == 301
        assert re.search(r"(^|[, ])max-age=0", response["Cache-Control"]), path
    assert "max-age=0" not in client.get(page)["Cache-Control"]


@pytest.mark.parametrize("stored", ["/nl/oud?soort=priv%c3%a9", "/nl/oud?soort=privé", "/nl/oud?soort=priv%C3%A9"])
@pytest.mark.parametrize(
    "query", ["soort=priv%C3%A9", "soort=priv%c3%a9", "utm_source=mail&soort=priv%C3%A9&fbclid=x", "gclid=1&soort=privé"]
)
def test_a_query_is_the_same_however_it_is_spelt_and_whoever_counts_by_it(stored, query, home):
    Redirect.objects.create(old_path=Redirect.normalise_path(stored), redirect_link="/nl/a/")
    Redirect.objects.create(old_path="/nl/oud", redirect_link="/nl/b/")
    assert find_destination("/nl/oud", query).url == "/nl/a/"
    assert find_destination("/nl/oud", "soort=anders&utm_source=mail").url == "/nl/b/"
    assert find_destination("/nl/oud", "utm_source=mail").url == "/nl/b/"


@pytest.mark.parametrize(
    "links", [{"/a": "/a"}, {"/a": "http://localhost:8000/a"}, {"/a": "/b", "/b": "/A/"}, {"/a": "/b", "/b": "/c", "/c": "/b"}]
)
def test_redirects_that_lead_in_a_circle_lead_nowhere(links, client, home):
    for old, link in links.items():
        Redirect.objects.create(old_path=old, redirect_link=link)
    assert client.get("/a").status_code == 404


@pytest.mark.parametrize("links", [{"/nl/a?x=1": "/nl/b", "/nl/b": "/nl/a?x=1"}, {"/nl/a?x=1": "/nl/b.", "/nl/b": "/nl/a?x=1"}])
def test_neither_do_those_with_a_query_or_an_untidy_link(links, client, home):
    for old, link in links.items():
        Redirect.objects.create(old_path=Redirect.normalise_path(old), redirect_link=link)
    assert client.get("/nl/a?x=1").status_code == 404


@pytest.mark.parametrize("path", ["//[", "//℀/", "/nl//[x", "/?["])
def test_a_path_that_looks_like_a_host_leads_nowhere_strange(path, home):
    Redirect.objects.create(old_path="/[", redirect_link="//[x")
    assert find_destination(path) is None


def test_an_absolute_link_leads_no_reader_into_another_language(client, home):
    Redirect.objects.create(old_path="/nl/oud", redirect_link="http://localhost:8000/fr/")
    assert client.get("/nl/oud").status_code == 404
    assert client.get("/oud").status_code == 404


def test_an_alias_names_its_source_and_stands_in_no_sitemap(client, home):
    page = make_standard(home, "Zorg")
    alias = page.create_alias(parent=make_section(home), update_slug="alias")
    alias = type(page).objects.get(pk=alias.pk)
    html = client.get(alias.paths()["nl"]).content.decode()
    assert f'<link rel="canonical" href="http://localhost:8000{page.paths()["nl"]}">' in html
    sitemap = client.get("/sitemap.xml").content.decode()
    assert f"{page.paths()['nl']}</loc>" in sitemap
    assert f"{alias.paths()['nl']}</loc>" not in sitemap


@pytest.mark.parametrize("letter", ["\u00ad", "\u200c", "\u200d", "\u2060", "\u200e", "\u180e", "\u3164", "\ufeff", "\u00a0"])
def test_letters_that_nobody_sees_are_no_text(letter):
    assert not is_filled(letter * 3)
    assert not is_filled(f"<p>{letter}</p>")
    assert is_filled(f"a{letter}b")


def test_a_heading_holds_no_line_end_and_no_override_of_direction():
    assert to_one_line("a\u202eb\u2066c\nd\u2028e") == "abc d e"


def test_browsers_may_write_their_preference_in_capitals():
    assert preferred_language("nl;q=0.5, fr;Q=0.9", ["nl", "fr"]) == "fr"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "tel:+3225051111", "//[x"])
def test_a_redirect_to_what_is_no_page_leads_nowhere(link, client, home):
    Redirect.objects.create(old_path="/nl/oud", redirect_link=link)
    assert client.get("/nl/oud").status_code == 404


def test_redirects_are_looked_up_in_an_index(client, home):
    with CaptureQueriesContext(connection) as queries:
        find_destination("/NL/oud.", "a=1")
    asked = next(one["sql"] for one in queries if "wagtailredirects_redirect" in one["sql"])
    Redirect.objects.bulk_create(Redirect(old_path=f"/nl/oud-{number}", redirect_link="/") for number in range(5000))
    with connection.cursor() as cursor:  # few rows are read faster than an index, and a plan follows what was counted last
        cursor.execute("ANALYZE wagtailredirects_redirect")
        cursor.execute(f"EXPLAIN {asked}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "redirects_whatever_capitals" in plan
    assert "Seq Scan on wagtailredirects_redirect" not in plan


@pytest.mark.sweep
def test_a_redirect_made_by_hand_stays_whatever_takes_and_leaves_its_address(client, home):
    path, other = "/nl/zorg-nl", make_standard(home, "Elders")
    Redirect.add_redirect(path, other)
    page = make_standard(home, "Zorg")
    Redirect.add_redirect(path, page)
    assert client.get(f"{path}/").status_code == 200
    page.url_slug_nl = "anders"
    page.save_revision().publish()
    assert client.get(f"{path}/")["Location"] == "/nl/anders/", "The newest counts."
    page.url_slug_nl = "zorg-nl"
    page.save_revision().publish()
    assert find_faults() == []
    page.delete()
    assert client.get(f"{path}/")["Location"] == other.paths()["nl"]


def test_of_the_redirects_from_a_new_address_only_our_own_to_that_page_go(home):
    page, other = make_standard(home, "Zorg"), make_standard(home, "Elders")
    Redirect.add_redirect("/nl/anders", page, automatically_created=True)
    left = {
        Redirect.add_redirect("/nl/anders", page),
        Redirect.add_redirect("/nl/anders", other, automatically_created=True),
        Redirect.add_redirect("/nl/anders-dan", page, automatically_created=True),
    }
    page.url_slug_nl = "anders"
    page.save_revision().publish()
    assert set(Redirect.objects.filter(old_path__startswith="/nl/anders")) == left
