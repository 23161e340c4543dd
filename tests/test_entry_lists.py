"""The lists of organisations and terms in the admin stand in the order of the words that are read there."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from directory.models import GlossaryTerm, Organisation
from languages.codes import LANGUAGES
from languages.sorting import order_by_shown, sort_key
from languages.units import field_texts
from tests.building import staff

NAMES = [("Zebra", "âne", ""), ("appel", "École", "apple"), ("Éclair", "eau", "Zoo"), ("citroen", "zèbre", "Citron")]
IN_ORDER = {"nl": ["appel", "citroen", "Éclair", "Zebra"], "fr": ["âne", "eau", "École", "zèbre"]}
MODELS = {Organisation: "name", GlossaryTerm: "term"}

pytestmark = pytest.mark.django_db


def make(model):
    for names in NAMES:
        model.objects.create(**{f"{MODELS[model]}_{code}": name for code, name in zip(LANGUAGES, names, strict=True)})


@pytest.mark.parametrize("screen", ["list", "chooser"])
@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("model", MODELS)
def test_entries_stand_in_the_order_of_the_language_of_whoever_looks(model, language, screen, home):
    make(model)
    views = model.snippet_viewset
    chooser = views.chooser_viewset.get_url_name("choose")
    answer = staff("Editors", language).get(reverse(views.get_url_name("list") if screen == "list" else chooser))
    html = answer.json()["html"] if screen == "chooser" else answer.content.decode()
    shown = [row.get_text(" ", strip=True) for row in BeautifulSoup(html, "lxml").select("td.title")]
    assert [next(name for name in IN_ORDER[language] if name in row) for row in shown] == IN_ORDER[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_database_orders_as_python_does(language):
    make(Organisation)
    shown = [field_texts(one, "name") for one in order_by_shown(Organisation.objects.all(), "name", language)]
    names = [texts[language] or texts["nl"] for texts in shown]
    assert names == sorted(names, key=sort_key) and len(names) == len(NAMES)


@pytest.mark.parametrize("model", MODELS)
def test_a_search_is_answered_in_lists_and_where_one_is_chosen(model, home):
    make(model)
    views, client = model.snippet_viewset, staff("Editors", "fr")
    for address in (views.get_url_name("list"), views.chooser_viewset.get_url_name("choose_results")):
        answer = client.get(reverse(address), {"q": "école"})
        assert answer.status_code == 200
