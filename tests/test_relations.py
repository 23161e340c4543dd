"""Diagrams of relations: what readers get of them, and how staff change them."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from directory.models import Organisation
from languages.codes import LANGUAGES
from networks.models import NetworkIndexPage
from pages.models import HomePage
from tests.building import make_mandate, make_network, make_section
from tests.editor import PUBLISH, block, edit_url, error_paths, open_form, stream
from tests.rows import all_rows, difference, repeat

# --- What readers get


def every(text):
    return {code: f"{text} {code}" for code in LANGUAGES}


@pytest.fixture(scope="module")
def built_pages(stage, built, django_db_blocker):
    """What it takes to have two mandates and a network in their sections: their models and keys, and what happened."""
    with django_db_blocker.unblock(), transaction.atomic():
        model, key, _happened = built["home"]
        home = model.objects.get(pk=key)
        before = all_rows()
        section = make_section(home)
        networks = make_section(home, NetworkIndexPage, "networks")
        pages = [make_mandate(section, "youth"), make_mandate(section, "fund"), make_network(networks, "pes")]
        happened = difference(before, all_rows())
        transaction.set_rollback(True)
    return [(type(page), page.pk) for page in pages], happened


@pytest.fixture
def pages(built_pages, home):
    """Two mandates and a network in their sections."""
    keys, happened = built_pages
    repeat(happened)
    return [model.objects.get(pk=key) for model, key in keys]


@pytest.fixture
def organisation(db):
    return Organisation.objects.create(name_nl="Forem", name_fr="Le Forem", url_fr="https://www.leforem.be")


def relation(page, target=None, organisation=None, words="funds"):
    ends = {"page": page.pk, "target": target and target.pk, "organisation": organisation and organisation.pk}
    return {**ends, "relation": every(words)}


def list_items(*values):
    return [{"type": "item", "value": value, "id": f"{number:08d}"} for number, value in enumerate(values)]


def put_on(home, shown, *relations):
    """Publish the home page with a diagram; return it fresh."""
    home = HomePage.objects.get(pk=home.pk)
    texts = {"title": every("How"), "intro": every("Why")}
    keys = list_items(*(page.pk for page in shown))
    body = block("relations", **texts, pages=keys, relations=list_items(*relations), only_in=[])
    home.body = HomePage._meta.get_field("body").to_python([body])
    home.save_revision().publish()
    return HomePage.objects.get(pk=home.pk)


def read(client, page, language):
    html = BeautifulSoup(client.get(page.paths()[language]).content.decode(), "html.parser")
    return html.find("section", class_="relations")


def words_of(tag):
    """Return the text of an element as a reader sees it."""
    return " ".join(tag.get_text(" ").split())


def lanes_of(html):
    """Return the lanes of a diagram: the heading, and its topics as (name, words and names of what it leads to)."""
    lanes = []
    for lane in html.select(".relations-lane"):
        topics = [
            (words_of(topic.select_one(".relations-box")), [words_of(arrow) for arrow in topic.select(".relations-arrow")])
            for topic in lane.select(".relations-topic")
        ]
        lanes.append((words_of(lane.h3) if lane.h3 else "", topics))
    return lanes


@pytest.mark.sweep
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_says_what_the_diagram_says(client, home, pages, organisation, language):
    youth, fund, _network = pages
    home = put_on(home, pages, relation(youth, fund), relation(youth, organisation=organisation, words="knows"))
    html = read(client, home, language)
    name = {
        "nl": "Forem (externe website) (in het Frans)",
        "fr": "Le Forem (lien externe)",
        "en": "Forem (external link) (in French)",
    }[language]
    arrows = [f"funds {language} fund {language}", f"knows {language} {name}"]
    assert lanes_of(html) == [
        (f"mandates {language}", [(f"youth {language}", arrows)]),
        (f"networks {language}", [(f"pes {language}", [])]),
    ]
    rows = [[words_of(cell) for cell in row.find_all(["th", "td"])] for row in html.tbody.find_all("tr")]
    assert rows[:2] == [
        [f"youth {language}", f"funds {language}", f"fund {language}"],
        [f"youth {language}", f"knows {language}", name],
    ]
    assert rows[2][0] == f"pes {language}" and len(rows) == 3
    assert len(html.select(".relations-guest")) == 1 and not html.find(style=True)


def test_each_relation_stands_once_where_it_begins_whichever_way_it_leads(client, home, pages):
    youth, fund, network = pages
    both_ways = relation(youth, fund), relation(fund, youth, words="advises"), relation(youth, fund, words="asks")
    html = read(client, put_on(home, pages, *both_ways, relation(network, fund)), "en")
    assert lanes_of(html) == [
        ("mandates en", [("youth en", ["funds en fund en", "asks en fund en"]), ("fund en", ["advises en youth en"])]),
        ("networks en", [("pes en", ["funds en fund en"])]),
    ]


def test_a_page_to_which_relations_only_lead_needs_no_box_of_its_own(client, home, pages):
    youth, fund, network = pages
    html = read(client, put_on(home, pages, relation(network, youth), relation(network, fund)), "en")
    assert lanes_of(html) == [("networks en", [("pes en", ["funds en youth en", "funds en fund en"])])]


def test_pages_in_no_section_stand_first_and_below_no_heading(client, home, pages):
    html = read(client, put_on(home, [pages[0], pages[0].get_parent()]), "en")
    assert lanes_of(html) == [("", [("mandates en", [])]), ("mandates en", [("youth en", [])])]


@pytest.mark.sweep
def test_every_box_leads_to_its_page_in_the_readers_language(client, home, pages):
    home = put_on(home, pages)
    for language in LANGUAGES:
        links = [link["href"] for link in read(client, home, language).select(".relations-box a")]
        assert links == [page.paths()[language] for page in pages]


@pytest.mark.sweep
def test_a_page_in_another_language_only_is_marked_as_such(client, home, pages):
    section = pages[0].get_parent()
    dutch = make_mandate(section, "only", languages=["nl", "fr"])
    html = read(client, put_on(home, [dutch]), "en")
    assert words_of(html.select_one(".relations-box")) == "only nl (in Dutch)"
    for link in (html.select_one(".relations-box a"), html.tbody.a):
        assert (link["href"], link["hreflang"], link.find_parent(lang=True)["lang"]) == (dutch.paths()["nl"], "nl", "nl")


def test_words_that_fell_back_name_their_language(pages):
    block = HomePage._meta.get_field("body").stream_block.child_blocks["relations"]
    related = {"page": pages[0], "relation": {"nl": "steunt"}, "target": pages[1]}
    with translation.override("en"):
        value = block.normalize({"title": every("How"), "pages": [], "relations": [related]})
        html = BeautifulSoup(block.render(value), "html.parser")
    for words in (html.select_one(".relations-words"), html.tbody.td.span):
        assert (words.text, words["lang"]) == ("steunt", "nl")


@pytest.mark.sweep
def test_a_page_that_is_not_public_is_left_out_with_its_relations(client, home, pages):
    youth, fund, _network = pages
    home = put_on(home, pages, relation(youth, fund))
    fund.unpublish()
    html = read(client, home, "nl")
    assert "fund nl" not in html.text and "funds nl" not in html.text
    for page in (pages[0], pages[2]):
        page.unpublish()
    assert read(client, home, "nl") is None


@pytest.mark.sweep
def test_more_pages_and_relations_ask_the_database_no_more(client, home, pages, organisation):
    def queries(page):
        client.get(page.paths()["nl"])
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page.paths()["nl"]).status_code == 200
        return len(captured)

    youth = pages[0]
    few = queries(put_on(home, [youth], relation(youth, organisation=organisation)))
    more = [make_mandate(youth.get_parent(), f"more {number}") for number in range(9)]
    many = put_on(home, [*pages, *more], relation(youth, organisation=organisation), *(relation(one, youth) for one in more))
    assert queries(many) == few <= 5


# --- How staff change it


def typed_into(client, home, *relations):
    texts = {"title": every("How"), "intro": every("")}
    body = block("relations", **texts, pages=[], relations=list_items(*relations), only_in=[])
    form = {name: value for name, value in open_form(client, edit_url(home)).items() if not name.startswith("body-")}
    return form | stream("body", HomePage._meta.get_field("body").stream_block, [body]) | PUBLISH


def test_a_diagram_is_published_with_the_real_form(publisher, client, home, pages, organisation):
    youth, fund, _network = pages
    typed = typed_into(client, home, relation(youth, fund), relation(fund, organisation=organisation))
    assert client.post(edit_url(home), typed).status_code == 302
    client.logout()
    html = read(client, home, "fr")
    assert [words_of(box) for box in html.select(".relations-topic > .relations-box")] == ["youth fr", "fund fr"]


@pytest.mark.sweep
def test_a_relation_leads_to_one_place_that_is_not_its_own(publisher, client, home, pages, organisation):
    youth, fund, _network = pages
    wrong = [relation(youth), relation(youth, fund, organisation), relation(youth, youth), relation(youth, fund)]
    refused = client.post(edit_url(home), typed_into(client, home, *wrong))
    errors = refused.context["form"].errors.as_data()["body"]
    assert [path for error in errors for path in error_paths(error)] == [
        (0, "relations", number, "target") for number in range(3)
    ]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("has_pages", [True, False])
def test_the_chooser_of_blocks_previews_a_diagram(publisher, client, home, has_pages, request):
    if has_pages:
        request.getfixturevalue("pages")
    relations = HomePage._meta.get_field("body").stream_block.child_blocks["relations"]
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": relations.definition_prefix})
    assert response.status_code == 200
    assert ('class="relations-box"' in response.content.decode()) == has_pages
