"""The form of a term of the glossary: no term stands twice."""

import pytest
from django.urls import reverse

from directory.models import GlossaryTerm
from tests.editor import errors_of, form_with


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
