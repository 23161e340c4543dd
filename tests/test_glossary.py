"""The glossary: its page, its file for machines, and its terms explained on the pages that use them."""

import pytest
from bs4 import BeautifulSoup

from directory.glossary.explanations import explain_terms
from directory.models import GlossaryTerm
from languages.codes import LANGUAGES
from pages.models import GlossaryPage
from tests.building import add, make_home, make_mandate, make_section, make_standard, make_term, texts
from tests.editor import block
from tests.rows import same_again
from tests.site_checks import SITE


@pytest.fixture
def glossary(home):
    return same_again("glossary", lambda: add(home, GlossaryPage, **texts("glossary")))


def text_page(home, **by_language):
    body = [block("text", only_in=[], text=dict.fromkeys(LANGUAGES, "") | by_language)]
    return make_standard(home, body=body)


def open_page(client, page, language):
    return BeautifulSoup(client.get(page.paths()[language]).content.decode(), "html.parser").main


def test_a_page_explains_its_words_below_its_text(client, home, glossary):
    term = make_term(key="managing-authority", abbreviation_nl="BA")
    page = text_page(home, nl="<p>De beheersautoriteit</p>", fr="<p>L’autorité de gestion</p>", en="<p>The authority</p>")
    main = open_page(client, page, "nl")
    link = main.select_one("a.term")
    entry = main.select_one(link["href"])
    assert entry.parent.parent["aria-labelledby"] == "explanations"
    assert entry.dd.text.startswith("Wie beheert.") and "(BA)" in entry.dt.text
    assert entry.dt.a["href"] == f"{glossary.paths()['nl']}#managing-authority"
    assert main.select_one(entry.dd.a["href"]) == link
    assert open_page(client, page, "fr").select_one("a.term").text == "autorité de gestion"
    assert not open_page(client, page, "en").select(".term, .explanations")  # no definition in English
    assert open_page(client, glossary, "nl").find(id=term.key)


def test_a_term_that_staff_added_has_an_anchor_that_stays(client, home, glossary):
    term = make_term()
    page = text_page(home, nl="<p>De beheersautoriteit</p>", fr="<p>x</p>")
    assert open_page(client, page, "nl").select_one(".explanations dt a")["href"].endswith(f"#entry-{term.pk}")
    assert open_page(client, glossary, "nl").find(id=f"entry-{term.pk}")


@pytest.mark.parametrize(
    ("changes", "is_explained", "is_listed"),
    [
        ({}, True, True),
        ({"is_everyday": True}, False, True),
        ({"for_staff_only": True}, False, False),
        ({"definition_nl": "", "definition_fr": ""}, False, True),
    ],
)
@pytest.mark.sampled(1)
def test_staff_decide_which_terms_readers_see(client, home, glossary, changes, is_explained, is_listed):
    make_term(key="managing-authority", **changes)
    page = text_page(home, nl="<p>De beheersautoriteit</p>", fr="<p>x</p>")
    assert bool(open_page(client, page, "nl").select("a.term")) == is_explained
    assert bool(open_page(client, glossary, "nl").find(id="managing-authority")) == is_listed


def test_other_forms_are_found_in_texts_and_not_shown_in_the_glossary(client, home, glossary):
    make_term(inflections_nl="beheersautoriteiten; BA’s", synonyms_nl="beheerautoriteit")
    page = text_page(home, nl="<p>Twee beheersautoriteiten</p>", fr="<p>x</p>")
    assert open_page(client, page, "nl").select_one("a.term").text == "beheersautoriteiten"
    assert "beheerautoriteit" in open_page(client, glossary, "nl").text
    assert "beheersautoriteiten" not in open_page(client, glossary, "nl").text


def test_without_a_glossary_page_the_words_are_explained_all_the_same(client, home):
    make_term()
    page = text_page(home, nl="<p>De beheersautoriteit</p>", fr="<p>x</p>")
    entry = open_page(client, page, "nl").select_one(".explanations div")
    assert entry.dt.a is None and "Wie beheert." in entry.dd.text


def test_a_definition_is_text_and_no_html(client, home, glossary):
    make_term(term_nl="a<b", definition_nl="<script>1</script>", inflections_nl="beheers")
    page = text_page(home, nl="<p>Het beheers</p>", fr="<p>x</p>")
    assert "&lt;script&gt;" in str(open_page(client, page, "nl").select_one(".explanations"))
    assert not open_page(client, page, "nl").script


@pytest.mark.sweep
def test_the_number_of_queries_is_the_same_for_two_terms_and_for_two_hundred(
    client, home, glossary, django_assert_max_num_queries
):
    page = text_page(home, nl="<p>De beheersautoriteit en mot3</p>", fr="<p>x</p>")
    make_term()
    open_page(client, page, "nl")
    with django_assert_max_num_queries(5) as few:
        open_page(client, page, "nl")
    for number in range(200):
        make_term(term_nl=f"mot{number}", term_fr=f"mot{number}")
    with django_assert_max_num_queries(5) as many:
        assert len(open_page(client, page, "nl").select("a.term")) == 2
    assert len(few.captured_queries) == len(many.captured_queries)


def test_a_changed_definition_is_shown_at_once(client, home, glossary):
    term = make_term()
    page = text_page(home, nl="<p>De beheersautoriteit</p>", fr="<p>x</p>")
    open_page(client, page, "nl")
    term.definition_nl = "Iets anders."
    term.save()
    assert "Iets anders." in open_page(client, page, "nl").select_one(".explanations").text


# --- The glossary


def test_the_glossary_has_a_heading_for_each_letter_there_is_and_links_to_those_only(client, glossary):
    for name in ("Zebra", "École", "eiland", "2030", "actief"):
        make_term(term_nl=name, term_fr=f"x {name}")
    main = open_page(client, glossary, "nl")
    assert [link.text for link in main.select(".letters a")] == ["0–9", "A", "E", "Z"]
    assert [heading.text for heading in main.select("h2.letter")] == ["0–9", "A", "E", "Z"]
    assert [main.select_one(link["href"]).text for link in main.select(".letters a")] == ["0–9", "A", "E", "Z"]
    below = main.find(id="letter-e").find_next("dl")
    assert [term.text for term in below.select("dfn")] == ["École", "eiland"]
    assert [heading.text for heading in open_page(client, glossary, "fr").select("h2.letter")] == ["X"]


def test_the_terms_of_the_other_languages_say_which_language_they_are_in(client, glossary):
    make_term(key="k", abbreviation_nl="BA", abbreviation_fr="AG", term_en="managing authority")
    entry = open_page(client, glossary, "fr").find(id="k")
    assert entry.dt.text == "autorité de gestion (AG)"
    others = [(tag["lang"], tag.text) for tag in entry.select("dd[lang]")]
    assert others == [("nl", "Nederlands beheersautoriteit (BA)"), ("en", "English managing authority")]


# --- The glossary for machines


def read(client, language="nl"):
    """Return the terms in the file of a language: name -> what is said of it."""
    answer = client.get(f"/{language}/glossary.jsonld")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/ld+json")
    (term_set,) = answer.json()["@graph"]
    return {term["name"]: term for term in term_set.get("hasDefinedTerm", [])}


def test_the_file_of_the_glossary_has_what_readers_see_in_its_language_and_nothing_from_another(client, glossary):
    make_term(key="k", abbreviation_nl="BA", synonyms_nl="beheerder; ", inflections_nl="beheersautoriteiten")
    make_term(key="staff", term_nl="intern", for_staff_only=True)
    make_term(key="french", term_nl="", term_fr="sigle", definition_nl="")
    url = f"{SITE}{glossary.paths()['nl']}#k"
    assert read(client) == {
        "beheersautoriteit": {
            "@type": "DefinedTerm",
            "@id": url,
            "name": "beheersautoriteit",
            "alternateName": ["BA", "beheerder"],
            "description": "Wie beheert.",
        }
    }
    assert set(read(client, "fr")) == {"autorité de gestion", "sigle"} and read(client, "en") == {}


def test_a_language_without_a_glossary_has_no_file_and_drafts_name_none(client, home):
    assert client.get("/nl/glossary.jsonld").status_code == 404
    add(home, GlossaryPage, **texts("glossary", ["nl", "fr"]))
    assert [client.get(f"/{code}/glossary.jsonld").status_code for code in ("nl", "fr", "en", "de")] == [200, 200, 404, 404]
    GlossaryPage.objects.get().unpublish()
    assert client.get("/nl/glossary.jsonld").status_code == 404


def test_the_page_of_the_glossary_names_the_file_where_there_are_terms(client, glossary):
    def linked_files():
        html = BeautifulSoup(client.get(glossary.paths()["fr"]).content.decode(), "html.parser")
        return [link["href"] for link in html.head.find_all("link", type="application/ld+json")]

    assert linked_files() == []
    make_term()
    assert linked_files() == ["/fr/glossary.jsonld"]


@pytest.mark.sweep
def test_the_file_is_public_and_takes_as_many_queries_for_many_terms(client, glossary, django_assert_num_queries):
    make_term()
    with django_assert_num_queries(2):
        first = client.get("/nl/glossary.jsonld")
    assert "s-maxage=1" in first["Cache-Control"] and not first.cookies and "Cookie" not in first.get("Vary", "")
    again = client.get("/nl/glossary.jsonld", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for number in range(50):
        make_term(term_nl=f"woord {number}")
    with django_assert_num_queries(2):
        changed = client.get("/nl/glossary.jsonld", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200 and len(read(client)) == 51
    assert client.post("/nl/glossary.jsonld").status_code == 405


def test_the_explanation_of_a_term_leads_to_its_topic_but_not_from_there_nor_in_a_language_without_it(db):
    home = make_home()
    topic = make_mandate(make_section(home), "fund", languages=("nl", "fr"))
    page = make_standard(home)
    GlossaryTerm.objects.create(
        page=topic, **{f"{name}_{code}": "woord" for name in ("term", "definition") for code in LANGUAGES}
    )
    explained = {
        (place.pk, code): explain_terms("<p>Een woord</p>", place, code, GlossaryPage)[1][0]
        for place in (page, topic)
        for code in LANGUAGES
    }
    assert explained[page.pk, "fr"].topic == topic.paths()["fr"] and explained[page.pk, "fr"].topic_heading == "fund fr"
    assert not explained[page.pk, "en"].topic and not explained[topic.pk, "fr"].topic
