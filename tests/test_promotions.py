"""The pages that staff recommend for a question."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from search import promotions
from search.models import Promotion
from search.paths import search_path
from search.question import parse_question
from tests.building import make_section, make_standard, staff


def recommend(page, queries, language="nl", **others):
    return Promotion.objects.create(page_id=page.pk, queries=queries, language=language, **others)


def open_search(query, language="nl", **others):
    """Return the page of a search, parsed, and the addresses that it recommends."""
    html = BeautifulSoup(Client().get(search_path(language, q=query, **others)).content.decode(), "html.parser")
    return html, [link["href"] for link in html.select(".promotions a")]


@pytest.fixture
def recommended_page(home):
    page = make_standard(home, "best", summary_nl="Xyzzy.")
    recommend(page, "Opleiding à l’étranger; xyzzy\nFSE+\r\n ; ", reason="Dit <b>helpt</b>.")
    return page


@pytest.mark.parametrize("query", ["opleiding a l'etranger", "  OPLEIDING  à L’Étranger ", "fse+", "Xyzzy"])
def test_a_question_that_staff_foresaw_leads_to_the_page_in_words_and_first(recommended_page, query):
    html, links = open_search(query)
    assert links == [recommended_page.paths()["nl"]]
    part = html.select_one(".promotions")
    assert "Dit <b>helpt</b>." in part.get_text() and part.select_one(".note").get_text()
    assert html.select_one(".link-list") is part
    assert len(html.main.find_all("a", href=links[0])) == 1, "what is recommended is not listed twice"


@pytest.mark.parametrize("query", ["opleiding", "fse", "xyzzy werk", "", "xyz"])
@pytest.mark.sampled(2)
def test_other_questions_lead_to_no_recommendation(recommended_page, query):
    assert open_search(query)[1] == []


@pytest.mark.sweep
def test_a_page_is_recommended_only_in_the_language_and_where_it_exists(recommended_page, home):
    assert open_search("xyzzy", "fr")[1] == []
    dutch = make_standard(home, "dutch", languages=("nl", "fr"))
    recommend(dutch, "iets", "en")
    assert open_search("iets", "en")[1] == []
    recommend(dutch, "iets", "fr")
    assert open_search("iets", "fr")[1] == [dutch.paths()["fr"]]
    dutch.unpublish()
    assert open_search("iets", "fr")[1] == []
    recommended_page.delete()
    assert Promotion.objects.count() == 2


def test_nothing_is_recommended_on_later_pages_of_results_and_in_sections(recommended_page, home):
    section = make_section(home)
    assert open_search("xyzzy", page=2)[1] == [] and open_search("xyzzy", section=section.slug)[1] == []


@pytest.mark.sweep
def test_a_question_leads_to_few_pages_each_once_the_oldest_first(home):
    pages = [make_standard(home, f"page {number}") for number in range(5)]
    for page in (pages[0], *pages):
        recommend(page, "iets")
    assert open_search("iets")[1] == [page.paths()["nl"] for page in pages[:3]]


@pytest.mark.sweep
def test_a_recommendation_costs_one_query_however_many_there_are(recommended_page, home, django_assert_num_queries):
    for number in range(5):
        recommend(make_standard(home, f"page {number}"), "iets; xyzzy")
    with django_assert_num_queries(1):
        promotions.find_promotions(parse_question("xyzzy"), "nl")
    with django_assert_num_queries(0):
        promotions.find_promotions(parse_question("?"), "nl")


ADD = "wagtailsnippets_search_promotion:add"


@pytest.mark.parametrize(("role", "may"), [("Editors", True), ("Publishers", True), ("Translators", False)])
def test_editors_and_publishers_recommend_pages_and_translators_do_not(home, role, may):
    client = staff(role)
    typed = {"language": "nl", "queries": "Iets", "page": home.pk, "reason": ""}
    refused = client.post(reverse(ADD), typed | {"queries": "?! ; ;"})
    assert refused.status_code == (200 if may else 302) and not Promotion.objects.exists()
    assert client.post(reverse(ADD), typed).status_code == 302
    assert [one.folded for one in Promotion.objects.all()] == ([["iets"]] if may else [])
    assert client.get(reverse("wagtailsnippets_search_promotion:list")).status_code == (200 if may else 302)
    if may:
        delete = reverse("wagtailsnippets_search_promotion:delete", args=[Promotion.objects.get().pk])
        client.post(delete)
        assert Promotion.objects.exists() == (role == "Editors")
