"""The checks of public pages: every published page in every language, and proof that the sweep can fail."""

import gzip
import re
from copy import copy

import brotli
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import SafeString

from delivery.compression import compress as in_brotli
from delivery.stylesheet import join_parts
from languages.codes import LANGUAGES
from mandates.models import MandatePage
from pages.models import SitePage
from tests.bench.costs import compress as in_gzip
from tests.bench.table import MOST_BYTES
from tests.bench.visit_table import MOST_ON_THE_WIRE
from tests.building import make_standard
from tests.content import EVERY_PAGE, KEYS, page_of
from tests.editor import block
from tests.many import multiply
from tests.site_checks import MAX_QUERIES, OWN_TO_EACH_LANGUAGE, SITE, alternates, faults

LONGEST = "glossary"  # it says everything at once: in gzip, which few ask for, it need only fit the whole of a first visit
# Bytes that only a visit to the site as it is served costs (docs/benchmarks.md): digests in the names of files, and headers.
IN_PRODUCTION, HEADERS = 110, 2000

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture(scope="session")
def bytes_of_style_sheet():
    """How many bytes of the style sheet go over the wire, by how they are compressed; static files are as small as can be."""
    sheet = join_parts().encode()
    return {"brotli": len(brotli.compress(sheet)), "gzip": len(gzip.compress(sheet, mtime=0))}


@pytest.fixture
def ask(client, db):
    """Ask for a page in a language; return `(response, path, number of queries)`."""

    def asking(key, language):
        path = page_of(key).paths()[language]
        client.get(path)  # the first request of a process also fills caches of Wagtail's
        with CaptureQueriesContext(connection) as captured:
            response = client.get(path)
        return response, path, len(captured)

    return asking


@pytest.mark.parametrize(("key", "language"), EVERY_PAGE)
def test_every_page_holds_in_every_language(answers, key, language):
    response, path, queries = answers[key, language]
    assert list(faults(response, path, language)) == []
    assert queries <= MAX_QUERIES


@pytest.mark.parametrize(("key", "language"), EVERY_PAGE)
def test_every_page_and_its_style_sheet_fit_a_first_round_trip(answers, bytes_of_style_sheet, key, language):
    html = answers[key, language][0].content
    assert len(in_brotli(html)) + bytes_of_style_sheet["brotli"] + IN_PRODUCTION <= MOST_BYTES
    if language == "nl" and key != LONGEST:  # as the table of benchmarks asks
        assert in_gzip(html) + bytes_of_style_sheet["gzip"] <= MOST_BYTES


@pytest.mark.parametrize(("key", "language"), EVERY_PAGE)
def test_a_first_visit_fits_its_budget_in_gzip_too_pictures_aside(answers, bytes_of_style_sheet, key, language):
    html = answers[key, language][0].content
    files = (settings.BASE_DIR / "static" / name for name in ("fonts/figtree.woff2", "img/icon.svg"))
    page = in_gzip(html) + bytes_of_style_sheet["gzip"] + IN_PRODUCTION
    assert page + sum(file.stat().st_size for file in files) + HEADERS <= MOST_ON_THE_WIRE[False]


@pytest.mark.parametrize("key", KEYS)
def test_alternates_are_reciprocal(answers, rendered, key):
    links_by_address = {SITE + answers[key, language][1]: alternates(rendered[key, language]) for language in LANGUAGES}
    assert len({tuple(sorted(links.items())) for links in links_by_address.values()}) == 1
    assert set(links_by_address) == {
        address for code, address in next(iter(links_by_address.values())).items() if code != "x-default"
    }


@pytest.mark.parametrize("key", KEYS)
def test_anchors_are_the_same_in_all_languages(rendered, key):
    def anchors(language):
        main = copy(rendered[key, language].main)
        for tag in main.select(OWN_TO_EACH_LANGUAGE):
            tag.extract()
        return sorted(tag["id"] for tag in main.find_all(id=True))

    assert anchors("nl") == anchors("fr") == anchors("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_within_the_site_leads_to_a_page_in_the_same_language(client, db, answers, rendered, language):
    pages = {path for _response, path, _queries in answers.values()}
    links = {
        link["href"]
        for key in KEYS
        for link in rendered[key, language].main.find_all("a", href=re.compile("^/"))
        if not link.get("hreflang")
    }
    assert [link for link in links if not link.startswith(f"/{language}/")] == []
    elsewhere = {link.partition("#")[0] for link in links} - pages
    assert {link: status for link in elsewhere if (status := client.get(link).status_code) != 200} == {}


def test_the_sitemap_names_every_page_in_every_language_with_its_alternates(client, db):
    sitemap = BeautifulSoup(client.get("/sitemap.xml").content.decode().partition("?>")[2], "html.parser")
    addresses = {SITE + path for page in SitePage.objects.all() for path in page.paths().values()}
    assert {tag.text for tag in sitemap.find_all("loc")} == addresses
    for entry in sitemap.find_all("url"):
        links = {link["hreflang"] for link in entry.find_all("xhtml:link")}
        assert links == {*LANGUAGES, "x-default"}


def test_robots_point_to_the_sitemap(client, db):
    assert f"Sitemap: {SITE}/sitemap.xml" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "nothing/", "our-mandates/nothing/"])
def test_error_pages_hold_too(client, db, language, path):
    response = client.get(f"/{language}/nothing-at-all/{path}")
    faults_of_page = [
        fault for fault in faults(response, "", language) if not fault.startswith(("status", "canonical", "hreflang", "no x-"))
    ]
    assert (response.status_code, faults_of_page) == (404, [])


@pytest.mark.sweep
def test_queries_do_not_grow_from_thirty_pages_to_three_thousand(ask):
    keys = ["home", "mandates", "youth-guarantee", "pes-network", "socieux-plus", "glossary", "contact"]
    before = {key: ask(key, "nl")[2] for key in keys}
    multiply(MandatePage.objects.first(), 3000)
    for key in keys:
        response, _path, after = ask(key, "nl")
        assert response.status_code == 200
        assert after <= MAX_QUERIES and after <= before[key] + 1, key  # an index of several leaves counts them


def test_an_unused_language_of_a_page_is_named_in_the_switch_and_leads_nowhere(client, db):
    page = page_of("enabel").specific
    page.heading_en = page.url_slug_en = ""
    page.save_revision().publish()
    html = BeautifulSoup(client.get(page.paths()["nl"]).content.decode(), "html.parser")
    assert not html.find("a", hreflang="en", href=True, lang="en")
    assert "English" in html.header.text
    assert "en" not in alternates(html)


def test_the_switch_leads_to_the_same_page_with_its_query(client, db):
    page = page_of("eures")
    html = BeautifulSoup(client.get(page.paths()["nl"] + "?a=1&b=%26").content.decode(), "html.parser")
    assert html.header.find("a", hreflang="fr")["href"] == page.paths()["fr"] + "?a=1&b=%26"


def test_a_missing_text_falls_back_with_its_language_and_a_notice(client, db):
    page = page_of("wapes").specific
    page.opening_en = ""
    page.full_name_en = ""
    page.save_revision().publish()
    html = BeautifulSoup(client.get(page.paths()["en"]).content.decode(), "html.parser")
    summary = html.find(string=lambda text: text and page.opening_nl[:40] in text)
    assert summary.find_parent(lang=True)["lang"] == "nl"
    assert "Dutch" in html.main.text or "Nederlands" in html.main.text


# --- The sweep can fail: a fault of each kind is seeded into a sound page, and found


SEEDED = [
    ("<h1", "<h1>Second</h1><h1", "2 h1"),
    ('<html lang="nl"', '<html lang="fr"', "lang is fr"),
    ('rel="canonical" href="', 'rel="canonical" href="https://elsewhere.example/', "canonical is"),
    ('rel="alternate" hreflang="nl" href="', 'rel="alternate" hreflang="nl" href="x', "hreflang does not name the page itself"),
    (
        'rel="alternate" hreflang="x-default" href="http://localhost:8000/p/',
        'rel="alternate" hreflang="x-default" href="SELF" ',
        "prefers",
    ),
    ('hreflang="x-default"', 'hreflang="zz"', "no x-default"),
    ("</head>", "<style>a{}</style></head>", "inline style"),
    ("</head>", "<script>1</script></head>", "inline script"),
    ("<body", '<body onclick="1"', "inline onclick"),
    ("</main>", '<p style="color:red">x</p></main>', "inline style"),
    ("</main>", '<img src="https://elsewhere.example/x.png" alt=""></main>', "img from elsewhere"),
    ("</main>", "<h5>Deep</h5></main>", "h5 after"),
    ("</main>", "<p>SKIP-fr</p></main>", "is fr on a page in nl"),
    ("</main>", "<p>SKIP-en</p></main>", "is en on a page in nl"),
    ("</main>", '<a id="same">x</a><a id="same">y</a></main>', "id same twice"),
    ("<title>", "<title></title><title>", "2 titles"),
    ('<meta name="description" content="', f'<meta name="description" content="{"x" * 200}', "description is"),
    ('property="og:locale" content="nl_BE"', 'property="og:locale" content="fr_BE"', "og:locale is fr_BE"),
    ('property="og:locale:alternate" content="fr_BE"', 'property="og:locale:alternate" content="nl_BE"', "og:locale:alternate"),
    ('property="og:url" content="', 'property="og:url" content="https://elsewhere.example/', "og:url is"),
    ('property="og:title"', 'property="og:titel"', "og:title is"),
    ('property="og:image" content="http://localhost:8000', 'property="og:image" content="', "og:image is"),
    ('property="og:image:alt"', 'property="og:image:alternative"', "og:image:alt is"),
    ('<script type="application/ld+json">', '<script type="application/ld+json">}', "JSON-LD is no JSON"),
    ('<script type="application/ld+json">', '<script type="application/json">', "JSON-LD: 0 blocks"),
    ('"inLanguage":"nl"', '"inLanguage":"fr"', "JSON-LD is of no page in nl"),
    ('type="application/atom+xml"', 'type="application/rss+xml"', "no feed"),
    ("/nl/feed/", "/fr/feed/", "no feed"),
    ('rel="manifest"', 'rel="manifesto"', "no manifest"),
    ('rel="apple-touch-icon"', 'rel="touch-icon"', "no icon for telephones"),
    ("</head>", '<meta name="robots" content="noindex"></head>', "hidden from search engines"),
    ('name="theme-color"', 'name="theme"', "1 theme colours"),
]


@pytest.mark.parametrize(("old", "new", "fault"), SEEDED)
def test_the_sweep_finds_a_fault_of_each_kind(answers, rendered, old, new, fault):
    sound, path, _queries = answers["eures", "nl"]
    source = sound.content.decode()
    assert old in source
    for code in ("fr", "en"):  # the skip link of another language, which is what stood on the old page
        new = new.replace(f"SKIP-{code}", rendered["eures", code].body.a.text.strip())
    response = copy(sound)
    response.content = source.replace(old, new.replace("SELF", SITE + path), 1)
    assert any(fault in one for one in faults(response, path, "nl"))


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda response: response.set_cookie("a", "b"), "cookie"),
        (lambda response: setattr(response, "status_code", 500), "status 500"),
        (lambda response: response.headers.pop("Content-Security-Policy"), "content security policy"),
        (lambda response: response.headers.pop("Cache-Control"), "shared cache"),
        (lambda response: response.headers.__setitem__("Vary", "Cookie"), "varies by cookie"),
    ],
)
@pytest.mark.sampled(1)
def test_the_sweep_finds_a_fault_in_the_headers(ask, spoil, fault):
    response, path, _queries = ask("eures", "nl")
    spoil(response)
    assert any(fault in one for one in faults(response, path, "nl"))


def test_the_sweep_finds_one_query_too_many(ask, monkeypatch):
    before = ask("eures", "nl")[2]
    original = SitePage.get_context

    def wasteful(page, request, *args, **kwargs):
        for _ in range(MAX_QUERIES):
            SitePage.objects.exists()
        return original(page, request, *args, **kwargs)

    monkeypatch.setattr(SitePage, "get_context", wasteful)
    assert ask("eures", "nl")[2] == before + MAX_QUERIES > MAX_QUERIES


def test_a_page_has_no_empty_lines_and_what_somebody_typed_keeps_its_own():
    typed = "\n<textarea>a\n\n  b</textarea>\n\n   <p>c</p>\n"
    page = Template("{% load delivery %}{% squeeze %}{{ typed }}{% endsqueeze %}").render(Context({"typed": SafeString(typed)}))
    assert page == "\n<textarea>a\n\n  b</textarea>\n<p>c</p>\n"


def test_however_many_spaces_somebody_typed_the_page_is_made():
    """Looking for the end of a line anew from each of them would take hours."""
    typed = "a" + " " * 1_000_000 + "b"
    page = Template("{% load delivery %}{% squeeze %}{{ typed }}{% endsqueeze %}").render(Context({"typed": typed}))
    assert page == typed


def test_readers_are_not_sent_the_names_that_the_editor_gives_to_paragraphs(client, db):
    text = '<p data-block-key="ab1c2">Een</p><ul><li data-block-key="d3e4f">data-block-key="twee"</li></ul>'
    page = make_standard(page_of("home"), body=[block("text", only_in=[], text={"nl": text, "fr": text, "en": ""})])
    html = client.get(page.paths()["nl"]).content.decode()
    assert '<p>Een</p><ul><li>data-block-key="twee"</li></ul>' in html
