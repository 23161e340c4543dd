"""The search over the starting content: which page readers find first, and how the page of the search looks."""

from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from languages.codes import LANGUAGES
from newsroom.models import LoadedItem
from pages.models import HomePage, SitePage
from search.models import Entry
from search.paths import search_path
from search.question import MAX_LENGTH
from search.results import find_results
from tests.building import make_mandate, make_section
from tests.relevance import QUERIES, QUESTIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(loaded, db):
    """The starting content, to which a test may do what it likes."""


def page(language, **parameters):
    """Return the answer to a search, and the page parsed."""
    response = Client().get(search_path(language, **parameters))
    return response, BeautifulSoup(response.content.decode(), "html.parser")


def key_of(pk):
    return LoadedItem.objects.exclude(key__contains="#").get(key__startswith="pages/", object_id=pk).key.removeprefix("pages/")


def first(query, language):
    """Return the key of the page that comes first: for what was asked, or for what was perhaps meant."""
    search_results = find_results(query, language)
    if search_results.correction and not search_results.results:
        search_results = find_results(search_results.correction, language)
    results = search_results.results or [result for _code, results in search_results.elsewhere for result in results]
    return key_of(results[0].page) if results else None


@pytest.mark.usefixtures("whole")
def test_readers_find_first_what_they_look_for():
    keys = {(query, language): first(query, language) for language, query, _expected in QUERIES}
    missed = {(query, language): keys[query, language] for language, query, key in QUERIES if keys[query, language] != key}
    assert missed == {}
    assert all(sum(language == code for language, _query, _key in QUERIES) >= 20 for code in LANGUAGES)


@pytest.mark.usefixtures("whole")
def test_citizens_find_first_what_they_ask_for():
    asked = [(code, query, key) for code, kinds in QUESTIONS.items() for some in kinds.values() for key, query in some]
    assert {code: {len(some) for some in kinds.values()} for code, kinds in QUESTIONS.items()} == {c: {25} for c in LANGUAGES}
    missed = [f"{code}: {query}: {key}" for code, query, key in asked if first(query, code) != key]
    assert len(missed) <= 0.05 * len(asked), "\n".join(missed)


@pytest.mark.usefixtures("whole")
def test_whoever_asks_for_a_term_is_led_to_it():
    path = next(result.path for result in find_results("Que veut dire NEET ?", "fr").results if "glossaire" in result.path)
    shown = BeautifulSoup(Client().get(path).content.decode(), "html.parser")
    assert "NEET" in shown.find(id=path.partition("#")[2]).dt.get_text()


@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize(
    ("language", "query", "word"), [("nl", "werkzoekende", "werkzoekenden"), ("fr", "education", "éducation")]
)
@pytest.mark.sampled(1)
def test_a_word_finds_its_other_forms_and_those_with_accents(language, query, word):
    section = make_section(HomePage.objects.get(), name="other")
    shown = make_mandate(section, "other", **{f"summary_{language}": f"Une {word} xyzzy."})
    results = find_results(f"{query} xyzzy", language).results
    assert results[0].page == shown.pk  # before the page that answers whoever looks for work
    assert (word, True) in results[0].passage


@pytest.mark.usefixtures("whole")
def test_every_language_finds_only_pages_that_exist_in_it():
    for language in LANGUAGES:
        for result in find_results("actiris", language).results:
            assert result.path == SitePage.objects.get(pk=result.page).paths()[language]


@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", ["", "eures", "qwertyuiop", "xyzzy* -", "actiris"])
def test_the_page_has_one_heading_a_named_form_and_is_kept_by_nobody(language, query):
    response, shown = page(language, q=query)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert shown.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert not response.cookies
    assert len(shown.select("h1")) == 1
    form = shown.select_one("form[role=search]")
    assert (form["method"], form["action"]) == ("get", search_path(language))
    assert form.select_one("input[name=q]")["value"] == query
    assert all(shown.select_one(f"label[for={field['id']}]") for field in form.select("input, select"))
    assert not shown.select("script:not([src]), [style], style")
    levels = [int(heading.name[1]) for heading in shown.main.select("h1, h2, h3, h4")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize(
    ("path", "language"),
    [("/nl/", "nl"), ("/fr/contact/", "fr"), ("/en/nothing/", "en"), ("/nothing/", "nl"), ("/nothing/", "fr")],
)
def test_every_page_has_a_field_to_search_with(path, language):
    shown = BeautifulSoup(Client().get(path).content.decode(), "html.parser")
    form = shown.select_one(f"form[role=search][action='{search_path(language)}']")
    field = form.select_one("input[type=search][name=q]")
    assert field["maxlength"] == str(MAX_LENGTH)
    assert form.button["id"] == field["aria-labelledby"]
    assert form.button.get_text() == {"nl": "Zoeken", "fr": "Rechercher", "en": "Search"}[language]


@pytest.mark.usefixtures("whole")
def test_whoever_finds_nothing_is_helped_on():
    _response, shown = page("fr", q="qwertyuiop")
    assert shown.h2.get_text() == "Aucun résultat pour « qwertyuiop »".replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    links = [link["href"] for link in shown.main.select("ul.link-list a")]
    assert {"/fr/nos-reseaux/", "/fr/contact/"} <= set(links)
    ways = {link["href"] for link in shown.select(".channels a")}
    assert ways == {"tel:080035123", "https://www.actiris.brussels/fr/"}


@pytest.mark.usefixtures("whole")
def test_results_carry_what_a_reader_needs_to_choose():
    result = find_results("eures", "en").results[0]
    assert (result.heading, result.section) == ("EURES", "Our networks")
    assert result.changed_at is None  # since it was loaded
    assert Entry.objects.get(page=result.page, language="en").summary
    _response, shown = page("en", q="eures")
    assert shown.select_one("ol.link-list .note").get_text() == "Our networks"
