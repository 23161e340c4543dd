"""Copies and aliases in the admin: slugs of their own, and nothing public that lacks a language."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from languages.codes import LANGUAGES
from pages.models import StandardPage
from tests.building import make_standard
from tests.editor import REASON, edit_url, errors_of, form_with, open_form, publish, save_draft, translate
from tests.page_forms import NO_HEADING, RESERVED, TAKEN


def copy_url(page):
    return reverse("wagtailadmin_pages:copy", args=[page.pk])


def copy_form(client, page, **typed):
    """Return what a browser would send of the form that copies `page`."""
    return form_with(client.get(copy_url(page)), "heading_nl") | typed


@pytest.mark.sampled(1)
def test_the_form_that_copies_brings_slugs_that_are_free_in_each_language(language, client, home, standard):
    make_standard(home, "other", url_slug_fr="standard-fr-2")
    form = copy_form(client, standard)
    assert [form[f"heading_{code}"] for code in LANGUAGES] == ["standard nl", "standard fr", "standard en"]
    assert [form[f"url_slug_{code}"] for code in LANGUAGES] == ["standard-nl-2", "standard-fr-3", "standard-en-2"]
    response = client.post(copy_url(standard), form)
    assert response.status_code == 302
    copy = StandardPage.objects.order_by("pk").last()
    assert not copy.live and copy.paths() == {}
    assert (copy.url_slug_nl, copy.url_slug_fr) == ("standard-nl-2", "standard-fr-3")
    assert copy.slug == copy.translation_key.hex[:12] != standard.slug
    assert StandardPage.objects.get(pk=standard.pk).paths() == standard.paths()


@pytest.mark.sweep
def test_a_copy_has_the_headings_and_slugs_that_were_typed(publisher, client, standard):
    typed = {"heading_nl": "Nieuw", "heading_fr": "Neuf", "url_slug_nl": "nieuw", "url_slug_fr": "neuf"}
    assert client.post(copy_url(standard), copy_form(client, standard, publish_copies="on", **typed)).status_code == 302
    copy = StandardPage.objects.order_by("pk").last()
    assert (copy.title, copy.heading_fr, copy.live) == ("Nieuw", "Neuf", True)
    assert copy.paths() == {"nl": "/nl/nieuw/", "fr": "/fr/neuf/", "en": "/en/standard-en-2/"}
    assert open_form(client, edit_url(copy))["heading_fr"] == "Neuf"


@pytest.mark.sweep
def test_a_copy_to_an_address_that_it_cannot_have_is_refused_at_the_field(language, client, home, standard):
    make_standard(home, "taken")
    before = Page.objects.count()
    form = copy_form(client, standard)
    for slug in ("taken-fr", "standard-fr", "recherche", "???", "x" * 81):
        for wish in ({}, {"publish_copies": "on"}):
            typed = form | {"url_slug_fr": slug, "heading_nl": "Getypt", "heading_fr": "Tapé"} | wish
            refused = client.post(copy_url(standard), typed)
            assert errors_of(refused).keys() == {"url_slug_fr"}, slug
            again = form_with(refused, "heading_nl")
            assert (again["url_slug_fr"], again["heading_nl"]) == (slug, "Getypt")
            assert refused.context["form"]["publish_copies"].value() == bool(wish)
    for name, slug, message in (
        ("url_slug_fr", "taken-fr", translate(TAKEN, language, language="fr")),
        ("url_slug_nl", "zoeken", translate(RESERVED, language)),
    ):
        assert errors_of(client.post(copy_url(standard), form | {name: slug})) == {name: [message]}
    assert Page.objects.count() == before


@pytest.mark.parametrize("wish", ["publish_copies", "alias"])
@pytest.mark.parametrize("missing", ["heading_fr", "url_slug_fr", "heading_nl"])
@pytest.mark.sampled(1)
def test_a_copy_that_would_be_public_without_both_languages_is_refused(missing, wish, publisher, client, standard):
    before = Page.objects.count()
    refused = client.post(copy_url(standard), copy_form(client, standard, **{missing: "", wish: "on"}))
    assert errors_of(refused).keys() == {wish}
    assert Page.objects.count() == before


def test_a_copy_without_any_heading_is_refused_with_a_message(language, client, standard):
    form = copy_form(client, standard, **{f"heading_{code}": "" for code in LANGUAGES})
    refused = client.post(copy_url(standard), form)
    assert translate(NO_HEADING, language) in refused.content.decode()
    assert StandardPage.objects.count() == 1


@pytest.mark.sweep
def test_a_copy_with_all_pages_below_it_has_addresses_of_its_own(publisher, client, standard):
    below = make_standard(make_standard(standard, "below"), "deep")
    form = copy_form(client, standard, copy_subpages="on", publish_copies="on", url_slug_nl="kopie", url_slug_fr="copie")
    assert client.post(copy_url(standard), form).status_code == 302
    copies = [copy.specific.paths().get("fr") for copy in StandardPage.objects.filter(pk__gt=below.pk).order_by("path")]
    assert copies == ["/fr/copie/", "/fr/copie/below-fr/", "/fr/copie/below-fr/deep-fr/"]
    assert StandardPage.objects.get(pk=below.pk).paths() == below.paths()


@pytest.mark.sweep
def test_the_draft_of_a_page_is_copied_along(publisher, client, standard):
    save_draft(client, standard, summary_fr="Un brouillon.")
    client.post(copy_url(standard), copy_form(client, StandardPage.objects.get()))
    copy = StandardPage.objects.order_by("pk").last()
    assert open_form(client, edit_url(copy))["summary_fr"] == "Un brouillon."
    assert open_form(client, edit_url(copy))["url_slug_fr"] == "standard-fr-2"


@pytest.mark.sweep
def test_an_alias_has_addresses_of_its_own_and_keeps_them_when_its_source_changes(publisher, client, home):
    page = make_standard(home, languages=["nl", "fr"])
    form = copy_form(client, page, alias="on")
    assert client.post(copy_url(page), form).status_code == 302
    alias = StandardPage.objects.get(alias_of__isnull=False)
    assert alias.live
    assert alias.paths() == {"nl": "/nl/standard-nl-2/", "fr": "/fr/standard-fr-2/"}

    typed = {"heading_nl": "Anders", "url_slug_fr": "autre", "heading_en": "English", "url_slug_en": "english"}
    assert publish(client, page, **typed, **REASON).status_code == 302
    page, alias = StandardPage.objects.get(pk=page.pk), StandardPage.objects.get(pk=alias.pk)
    assert page.paths() == {"nl": "/nl/standard-nl/", "fr": "/fr/autre/", "en": "/en/english/"}
    assert (alias.heading_nl, alias.title) == ("Anders", "Anders")
    assert alias.paths() == {"nl": "/nl/standard-nl-2/", "fr": "/fr/standard-fr-2/", "en": "/en/english-2/"}
    assert alias.slug == alias.translation_key.hex[:12]


@pytest.mark.sweep
def test_an_alias_elsewhere_has_the_slugs_of_its_source(publisher, client, home):
    page, place = make_standard(home), make_standard(home, "place")
    form = copy_form(client, page, alias="on", new_parent_page=str(place.pk))
    assert client.post(copy_url(page), form).status_code == 302
    assert StandardPage.objects.get(alias_of=page).paths()["fr"] == "/fr/place-fr/standard-fr/"


@pytest.mark.sweep
def test_an_alias_that_becomes_a_page_of_its_own_keeps_its_addresses(publisher, client, standard):
    client.post(copy_url(standard), copy_form(client, standard, alias="on"))
    alias = StandardPage.objects.get(alias_of=standard)
    assert client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk])).status_code == 302
    assert publish(client, alias, heading_fr="À soi", **REASON).status_code == 302
    after = StandardPage.objects.get(pk=alias.pk)
    assert (after.alias_of, after.heading_fr, after.paths()) == (None, "À soi", alias.paths())
