"""A misspelt word is corrected by a suggestion, as the site writes it."""

import pytest

from search.results import find_results
from tests.building import make_standard
from tests.searching import page

pytestmark = pytest.mark.django_db


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("jongerngarantie", "jongerengarantie"),
        ("Brusel jongerengarantei", "brussel jongerengarantie"),
        ('"in brusel"', '"in brussel"'),
        ("educaton", "éducation"),
        ("brussel", ""),
        ("qwertyuiop", ""),
        ("ab", ""),
        ("garantie", "jongerengarantie"),
        ("tie", ""),
    ],
)
def test_a_misspelt_word_is_suggested_as_the_site_writes_it(home, query, meant):
    make_standard(home, summary_nl="De jongerengarantie in Brussel, een éducation.")
    assert find_results(query, "nl").correction == meant


def test_only_dutch_is_offered_compounds(home):
    make_standard(home, summary_nl="Informatie.", summary_fr="Information.", summary_en="Information.")
    assert [find_results(query, code).correction for query, code in (("matie", "nl"), ("mation", "fr"), ("mation", "en"))] == [
        "informatie",
        "",
        "",
    ]


def test_the_suggestion_is_a_link(home):
    make_standard(home, summary_nl="De jongerengarantie.")
    _response, shown = page("nl", q="jongerngarantie")
    assert shown.find("a", string="jongerengarantie")["href"] == "/nl/zoeken/?q=jongerengarantie"
    assert "Bedoelde je" in shown.main.get_text()


def test_a_word_that_has_gone_is_not_suggested(home):
    make_standard(home, summary_nl="De jongerengarantie.").unpublish()
    assert find_results("jongerngarantie", "nl").correction == ""
