"""Suggestions while somebody types: what is suggested, in which language, and that nothing that is sent breaks it."""

from urllib.parse import quote, unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from languages.codes import LANGUAGES
from search.paths import search_path
from search.suggestions import MAX_SUGGESTIONS, find_suggestions
from tests.building import make_mandate, make_network, make_section, make_standard
from tests.searching import HOSTILE
from tests.site_checks import SITE

pytestmark = pytest.mark.django_db


def texts(typed, language="nl"):
    return [one.text for one in find_suggestions(typed, language)]


def paths(typed, language="nl"):
    return [one.path for one in find_suggestions(typed, language) if one.path]


def answer(query, language="nl"):
    return Client().get(f"{address(language)}?{query}")


def address(language):
    return reverse("search_suggestions", args=[language])


def test_a_page_is_suggested_by_the_beginnings_and_the_insides_of_its_words(home):
    make_standard(home, "s", heading_nl="De jongerengarantie in Brussel")
    for typed in ("jong", "JONGEREN", "garantie", "brus jong", "jongeren garan"):
        assert texts(typed)[0] == "De jongerengarantie in Brussel", typed
    assert not paths("jongen")


def test_what_begins_so_comes_before_what_holds_it(home):
    make_standard(home, "a", heading_nl="Netwerken")
    make_standard(home, "b", heading_nl="Werk")
    assert [one.text for one in find_suggestions("werk", "nl") if one.path] == ["Werk", "Netwerken"]


@pytest.mark.parametrize("typed", ["educ", "éduc", "ÉDUC", "l’éduc"])
def test_accents_and_what_is_elided_make_no_difference(home, typed):
    make_standard(home, "s", heading_fr="L’éducation pour tous")
    assert texts(typed, "fr")[0] == "L’éducation pour tous"
    assert "éducation" in {text.removeprefix("l’") for text in texts(typed, "fr")}


def test_abbreviations_of_every_language_lead_to_the_page(home):
    section = make_section(home)
    make_network(section, abbreviation_nl="QQN", abbreviation_fr="QQF", abbreviation_en="QQE", heading_nl="Wereldvereniging")
    for typed in ("qqn", "QQF", "qqe"):
        assert texts(typed)[0] == "Wereldvereniging", typed


def test_a_page_comes_with_its_path_and_section_and_only_in_its_languages(home):
    section = make_section(home)
    shown = make_mandate(section, "xyzzy", languages=("nl", "fr"))
    suggestion = find_suggestions("xyzzy", "fr")[0]
    assert (suggestion.text, suggestion.path, suggestion.section) == (shown.heading_fr, shown.paths()["fr"], section.heading_fr)
    assert not paths("xyzzy", "en")


def test_the_last_word_is_completed_with_words_of_the_language(home):
    make_standard(home, "s", summary_nl="Een opleidingsplaats.", summary_fr="Des opleidingfrancais.")
    assert texts("in opleidi") == ["in opleidingsplaats"]
    assert texts("-zonder “in opleidi") == ["-zonder “in opleidingsplaats"]
    assert texts("opleidi*") == texts("opleidi in") == texts("opleidingsplaats") == []


def test_a_word_that_has_gone_is_not_suggested(home):
    make_standard(home, "s", summary_nl="Een opleidingsplaats.").unpublish()
    assert texts("opleidi") == []


@pytest.mark.sweep
def test_there_are_eight_at_most_and_words_have_room(home):
    for number in range(9):
        make_standard(home, f"xyzzy{'abcdefghi'[number]}")
    suggestions = find_suggestions("xyzzy", "nl")
    assert len(suggestions) == MAX_SUGGESTIONS
    assert {bool(one.path) for one in suggestions} == {True, False}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("typed", ["", " ", "a", "!!!", "-werk", "werk " * 500, "a" * 10_000])
def test_what_is_no_question_gets_no_suggestion(home, typed):
    make_standard(home, "s", summary_nl="Werk.")
    assert texts(typed) == []


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.sampled(6)
def test_whatever_is_typed_gets_an_answer(home, typed):
    make_standard(home, "s", summary_nl="Werk a & b 'x' 1=1 日本語 word.")
    response = answer("q=" + quote(typed, errors="surrogatepass"))
    assert response.status_code == 200
    echo, *columns = response.json()
    assert echo == unquote(quote(typed, errors="surrogatepass"))
    assert len({len(column) for column in columns}) == 1 and len(columns[0]) <= MAX_SUGGESTIONS


@pytest.mark.parametrize(
    ("query", "status"), [("q=%00", 400), ("q=%ff%fe", 200), ("q=%c3", 200), ("q=ŉ%25_%5C", 200), ("q", 200), ("", 200)]
)
def test_broken_requests_get_a_clear_answer(home, query, status):
    assert answer(query).status_code == status


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.sampled(1)
def test_the_answer_is_in_the_format_of_opensearch_and_nobody_keeps_it(home, language):
    section = make_section(home)
    shown = make_mandate(section, "xyzzy")
    make_standard(home, "other", **{f"summary_{language}": "Xyzzyx."})
    assert answer("q=QW%C3%8BRTY", language).json() == ["QWËRTY", [], [], []]
    response = answer("q=Xyz+xyzz", language)
    heading, place = getattr(shown, f"heading_{language}"), getattr(section, f"heading_{language}")
    assert response.json() == [
        "Xyz xyzz",
        [heading, "Xyz xyzzy", "Xyz xyzzyx"],
        [place, "", ""],
        [SITE + shown.paths()[language], *(SITE + search_path(language, q=f"Xyz {word}") for word in ("xyzzy", "xyzzyx"))],
    ]
    assert response.headers["Content-Type"] == "application/x-suggestions+json"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert Client().head(address(language)).status_code == 200
    assert Client().post(address(language)).status_code == 405


@pytest.mark.sweep
def test_an_answer_costs_two_queries_whatever_is_found(home):
    for number in range(12):
        make_standard(home, f"xyzzy{number}")
    for typed in ("xyzzy", "qwertyuiop", "de", ""):
        with CaptureQueriesContext(connection) as captured:
            answer(f"q={typed}")
        assert len(captured) <= 2, typed


@pytest.mark.parametrize(
    ("language", "typed", "heading"),
    [
        ("nl", "fse", "Het Europees Sociaal Fonds"),
        ("nl", "esf", "Het Europees Sociaal Fonds"),
        ("nl", "amsep", "WAPES"),
        ("fr", "fonds soc", "Le Fonds social européen"),
        ("fr", "reseau", "Nos réseaux"),
        ("en", "fse", "The European Social Fund"),
        ("en", "eur", "EURES"),
    ],
)
def test_the_starting_content_is_suggested_by_what_people_call_it(loaded, db, language, typed, heading):
    assert heading in texts(typed, language)
