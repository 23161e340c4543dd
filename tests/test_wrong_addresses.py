"""An address that leads nowhere is searched for by its words, cheaply, and is answered as not found all the same."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from search.models import SearchCount
from search.paths import search_path
from search.wrong_addresses import words_of_address
from tests.building import make_mandate, make_section, make_standard
from tests.editor import translate
from tests.rows import same_again

pytestmark = pytest.mark.django_db
MEANT = "Perhaps you are looking for this"


@pytest.fixture
def topic(home):
    """A topic that is called "Jeugdgarantie", below a section."""
    texts = {
        "heading_nl": "Jeugdgarantie",
        "heading_fr": "Garantie jeunes",
        "summary_nl": "Je kunt je nu aanmelden.",
        "summary_fr": "Inscrivez-vous.",
    }
    return same_again("Jeugdgarantie", lambda: make_mandate(make_section(home), **texts))


def visit(path, **extra):
    """Return the answer to a path, and its HTML."""
    response = Client().get(path, **extra)
    return response, BeautifulSoup(response.content, "html.parser")


def links_below(shown, language):
    """Return the paths below the heading about what may be meant; none where there is no such heading."""
    heading = shown.main.find("h2", string=translate(MEANT, language))
    return [link["href"] for link in heading.find_next_sibling("ul").find_all("a")] if heading else []


@pytest.mark.parametrize(
    ("language", "path", "words"),
    [
        ("nl", "/nl/jeugdgarantie-2019/aanmelden/", "jeugdgarantie aanmelden"),
        ("nl", "/nl/burgers/Jeugdgarantie.html", "burgers jeugdgarantie"),
        ("fr", "/fr/citoyens/garantie_jeunes", "citoyens garantie jeunes"),
    ],
)
def test_the_words_of_a_wrong_address_are_looked_for(topic, language, path, words):
    response, shown = visit(path)
    assert (response.status_code, response.headers["Cache-Control"]) == (404, "public, s-maxage=1")
    assert shown.html["lang"] == language
    assert shown.header.find("input", {"name": "q"})["value"] == words
    assert links_below(shown, language) == [topic.paths()[language]]
    assert shown.main.find("a", href=search_path(language, q=words))
    assert not SearchCount.objects.exists(), "Nobody asked."


def test_a_misspelt_address_leads_to_a_search_for_what_was_meant(topic):
    _response, shown = visit("/nl/jeugdgarnatie/")
    assert shown.header.find("input", {"name": "q"})["value"] == "jeugdgarantie"
    assert shown.main.find("a", href=search_path("nl", q="jeugdgarantie"))


def test_the_page_above_a_wrong_address_is_no_answer_and_its_words_are_not_asked(topic):
    _response, shown = visit(f"{topic.paths()['nl']}aanmelden-2019/")
    assert shown.header.find("input", {"name": "q"})["value"] == "aanmelden"
    assert links_below(shown, "nl") == []


@pytest.mark.parametrize("path", ["/nl/2019/12/", "/nl/a/", "/xx/jeugdgarantie/", "/jeugdgarantie/"])
def test_an_address_without_words_or_language_is_answered_as_before(topic, path):
    response, shown = visit(path)
    assert response.status_code == 404
    assert links_below(shown, "nl") == [] and not shown.find("input", {"name": "q", "value": True})


def test_nothing_of_an_address_is_more_than_words(topic):
    response, shown = visit('/nl/"><script>alert(1)</script>/-jeugdgarantie*"onzin/')
    assert response.status_code == 404
    assert b"<script>alert" not in response.content
    assert shown.header.find("input", {"name": "q"})["value"] == "script alert jeugdgarantie onzin"


def test_words_of_an_address_are_few_and_short():
    assert words_of_address("/".join(["woord" + "x" * number for number in range(50)])) == [
        "woord" + "x" * number for number in range(6)
    ]
    assert words_of_address("a" * 41 + "/l-emploi_2024.aspx") == ["emploi"]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("path", "number"), [("/nl/jeugdgarantie-2019/aanmelden/", 5), ("/nl/jeugdgarnatie/", 0)])
def test_a_wrong_address_costs_ten_queries_at_most(home, topic, path, number, django_assert_max_num_queries):
    for one in range(6):
        make_standard(home, f"pagina-{one}", heading_nl=f"Jeugdgarantie {one}", summary_nl="Aanmelden.")
    with django_assert_max_num_queries(10):
        _response, shown = visit(path)
    assert len(links_below(shown, "nl")) == number


def test_whoever_comes_to_many_wrong_addresses_gets_a_link_to_the_search_only(topic, monkeypatch):
    monkeypatch.setattr("search.limits.WRONG_ADDRESSES_PER_MINUTE", 2)
    answers = [visit(f"/nl/jeugdgarantie/{number}x/") for number in range(3)]
    assert [response.status_code for response, _shown in answers] == [404] * 3
    assert [bool(links_below(shown, "nl")) for _response, shown in answers] == [True, True, False]
    assert answers[-1][1].main.find("a", href=search_path("nl", q="jeugdgarantie 2x"))
    assert Client().get(search_path("nl", q="jeugdgarantie")).status_code == 200, "Whoever asks is not hindered by it."
    _response, shown = visit("/nl/jeugdgarantie/ander/", REMOTE_ADDR="10.0.0.9")
    assert links_below(shown, "nl"), "Nor is anybody else."
