"""Two people at one entry or at the settings, which have no versions: texts are merged or shown all the same."""

import pytest
from django.urls import reverse

from languages.units import units
from pages.models import SiteSettings
from search.models import Promotion, Synonym
from tests.editor import errors_of, form_with


@pytest.fixture
def site_settings(db):
    names = {f"{name}_{code}": f"{name} {code}" for name in ("site_name", "organisation_name") for code in ("nl", "fr")}
    return SiteSettings.objects.create(**names)


@pytest.fixture(params=["term", "site_settings"])
def thing(request):
    """Something without versions: its object, the address of its form, and the names of two texts."""
    if request.param == "term":
        instance = request.getfixturevalue("term")
        return instance, reverse("wagtailsnippets_directory_glossaryterm:edit", args=[instance.pk]), ("term", "definition")
    instance = request.getfixturevalue("site_settings")
    return (
        instance,
        reverse("wagtailsettings:edit", args=["pages", "sitesettings", instance.pk]),
        ("site_name", "organisation_name"),
    )


@pytest.mark.sampled(1)
def test_entries_and_settings_merge(administrators, thing):
    mine, theirs = administrators
    instance, url, (one, other) = thing
    form = form_with(mine.get(url), f"{one}_nl") | {f"{one}_nl": "Van mij"}
    assert theirs.post(url, form_with(theirs.get(url), f"{one}_nl") | {f"{other}_fr": "Autre"}).status_code == 302
    assert mine.post(url, form).status_code == 302
    instance.refresh_from_db()
    assert (getattr(instance, f"{one}_nl"), getattr(instance, f"{other}_fr")) == ("Van mij", "Autre")
    assert {unit.address: unit.texts for unit in units(instance)}[other]["fr"] == "Autre"
    assert instance.alignment["now"][other]["fr"], "What the form does not show is of today too."


@pytest.mark.sampled(1)
def test_entries_and_settings_show_both_versions(language, administrators, thing):
    mine, theirs = administrators
    instance, url, (one, other) = thing
    form = form_with(mine.get(url), f"{one}_nl") | {f"{one}_nl": "Van mij", f"{other}_nl": "Ook"}
    theirs.post(url, form_with(theirs.get(url), f"{one}_nl") | {f"{one}_nl": "Andere"})
    refused = mine.post(url, form)
    assert errors_of(refused).keys() == {f"{one}_nl"}
    (error,) = errors_of(refused)[f"{one}_nl"]
    assert "Bo" in error and "<ins>" in error and error in refused.content.decode()
    again = form_with(refused, f"{one}_nl")
    again = {name: value.removeprefix("\n") for name, value in again.items()}  # of a textarea, which HTML drops
    assert (again[f"{one}_nl"], again[f"{other}_nl"]) == ("Van mij", "Ook")
    instance.refresh_from_db()
    assert getattr(instance, f"{one}_nl") == "Andere"
    assert mine.post(url, again).status_code == 302
    instance.refresh_from_db()
    assert getattr(instance, f"{one}_nl") == "Van mij"


@pytest.mark.parametrize("model", [Synonym, Promotion])
def test_words_of_readers_and_recommendations_merge(administrators, home, model):
    mine, theirs = administrators
    if model is Synonym:
        one, (name, text), (other, said) = (
            Synonym.objects.create(words_nl="job"),
            ("words_nl", "job; baan"),
            ("words_fr", "boulot"),
        )
    else:
        one = Promotion.objects.create(language="nl", queries="job", page=home)
        (name, text), (other, said) = ("queries", "job; baan"), ("reason", "Hier staat het.")
    url = reverse(f"wagtailsnippets_search_{model._meta.model_name}:edit", args=[one.pk])
    form = form_with(mine.get(url), name)
    assert theirs.post(url, form_with(theirs.get(url), name) | {other: said}).status_code == 302
    assert mine.post(url, form | {name: text}).status_code == 302
    one.refresh_from_db()
    assert (getattr(one, name), getattr(one, other)) == (text, said)
