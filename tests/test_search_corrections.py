"""A misspelt word is corrected by a suggestion, as the site writes it."""

import pytest

from search.models import Synonym
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


@pytest.mark.parametrize("query", ["permis", "loyer", "permis loyer"])
def test_a_short_word_that_is_one_itself_is_not_taken_for_another(home, query):
    make_standard(home, summary_nl="Dit.", summary_fr="Le foyer permet cela.")
    assert find_results(query, "fr").correction == ""


def test_a_word_of_a_synonym_is_never_corrected_in_any_of_its_forms(home):
    make_standard(home, summary_nl="Een vergoeting.")
    assert find_results("vergoeding", "nl").correction == "vergoeting"
    Synonym.objects.create(words_nl="loon; hoge vergoedingen", words_fr="salaire")
    assert find_results("vergoeding", "nl").correction == ""
