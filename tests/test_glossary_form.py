"""The form of a term of the glossary: the forms of a term are kept, and no term stands twice."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from directory.models import GlossaryTerm, lookup_form
from tests.building import make_term, make_user
from tests.editor import errors_of, form_with, translate


@pytest.mark.sampled(1)
def test_the_same_glossary_term_twice_is_refused_at_the_field(language, client):
    existing = GlossaryTerm.objects.create(term_nl="Netwerk", term_fr="Réseau", term_en="Network")
    url = reverse("wagtailsnippets_directory_glossaryterm:add")
    form = form_with(client.get(url), "term_nl") | {"term_nl": "netwerk ", "term_fr": "Autre", "term_en": "Other"}
    refused = client.post(url, form)
    assert errors_of(refused).keys() == {"term_nl"}
    assert GlossaryTerm.objects.get() == existing
    assert client.post(url, form | {"term_nl": "Ander"}).status_code == 302


def test_two_terms_that_are_the_same_already_can_still_be_changed(publisher, client):
    terms = [GlossaryTerm.objects.create(term_nl="Netwerk", term_fr="Réseau") for _number in range(2)]
    url = reverse("wagtailsnippets_directory_glossaryterm:edit", args=[terms[0].pk])
    form = form_with(client.get(url), "term_nl") | {"definition_nl": "Nieuw.", "definition_fr": "Nouveau."}
    assert client.post(url, form).status_code == 302


def test_staff_keep_the_forms_of_a_term_in_the_admin(client, db):
    client.force_login(make_user("Editors"))
    term = make_term()
    url = reverse("wagtailsnippets_directory_glossaryterm:edit", args=[term.pk])
    typed = form_with(client.get(url), "term_nl") | {"inflections_nl": "beheersautoriteiten", "is_everyday": "on"}
    assert client.post(url, typed).status_code == 302  # other forms belong to each language: none is asked for in French
    term.refresh_from_db()
    assert (term.inflections_nl, term.is_everyday, term.for_staff_only) == ("beheersautoriteiten", True, False)


@pytest.fixture
def editing_terms(client, db):
    """Return a function that sends the form of a term as an editor who reads French, and returns the answer."""
    client.force_login(make_user("Editors", "fr"))

    def send(view, *arguments, **typed):
        page = client.get(reverse(f"wagtailsnippets_directory_glossaryterm:{view}", args=arguments))
        form = BeautifulSoup(page.content, "html.parser").find("form", method="POST", action=re.compile("glossaryterm"))
        return client.post(form["action"], form_with(page, "term_nl") | typed)

    return send


def refusals(answer):
    """Return the fields at which the form says that the glossary has the term."""
    words = translate("The glossary has this term already: change that entry, or say here what differs.", "fr")
    errors = BeautifulSoup(answer.content, "html.parser").find_all(class_="w-field__errors")
    return [error.find_parent(attrs={"data-contentpath": True})["data-contentpath"] for error in errors if words in error.text]


@pytest.mark.parametrize(
    "typed", ["Autorité de gestion", "AUTORITE  de Gestion", " autorité de gestion ", "autorité\u00a0de gestion"]
)
@pytest.mark.sampled(1)
def test_a_term_that_a_language_has_already_is_refused_at_its_field(typed, editing_terms):
    make_term()
    assert refusals(editing_terms("add", term_nl="iets anders", term_fr=typed, term_en="x")) == ["term_fr"]
    assert GlossaryTerm.objects.count() == 1


def test_apostrophes_and_hyphens_make_no_other_term(editing_terms):
    make_term(term_fr="demandeur d’emploi", term_nl="niet-werkend")
    answer = editing_terms("add", term_nl="niet werkend", term_fr="Demandeur d'emploi", term_en="x")
    assert refusals(answer) == ["term_nl", "term_fr"]


def test_signs_make_another_term():
    terms = {"C", "C++", "C#", "été", "ete", "Été", "niet-werkend", "niet werkend", "l’œuvre", "l'oeuvre", "ODA (PES)"}
    assert len({lookup_form(term, "fr") for term in terms}) == 7


def test_the_same_word_in_two_languages_and_one_that_only_begins_alike_are_other_terms(editing_terms):
    make_term(term_fr="stage")
    assert editing_terms("add", term_nl="stage", term_fr="stages", term_en="Stage").status_code == 302


def test_a_copy_that_keeps_its_term_is_refused(editing_terms):
    assert refusals(editing_terms("copy", make_term().pk)) == ["term_nl", "term_fr"]


@pytest.mark.sweep
def test_terms_that_are_there_twice_since_before_can_be_edited_and_merged(editing_terms):
    one, _other = make_term(), make_term()
    assert editing_terms("edit", one.pk, definition_fr="Autre", definition_nl="Anders").status_code == 302
    assert refusals(editing_terms("edit", one.pk, term_fr="AUTORITÉ DE GESTION")) == ["term_fr"]
    assert editing_terms("edit", one.pk, term_fr="autorité de gestion du FSE").status_code == 302
