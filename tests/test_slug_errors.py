"""Slugs that the form of a page refuses: taken, reserved, without letters, or too long for the whole address."""

import pytest
from django.utils import translation

from pages.address_writer import taken_message
from pages.models import StandardPage
from tests.building import add, make_standard, texts
from tests.editor import REASON, add_url, edit_url, errors_of, in_form, open_form, publish, save_draft, translate
from tests.page_forms import RESERVED, TAKEN, without_revision

TOO_LONG = "The whole address would be too long; shorten the slug."


@pytest.mark.sweep
def test_a_slug_that_a_sibling_has_in_the_same_language_is_refused_in_drafts_too(language, client, home):
    make_standard(home, "taken")
    with translation.override(language):
        message = taken_message("fr")
    assert message == translate(TAKEN, language, language="fr")
    url = add_url(StandardPage, home)
    typed = open_form(client, url, heading_nl="Nieuw", url_slug_nl="nieuw", url_slug_fr="taken-fr", url_slug_en="taken-nl")
    refused = client.post(url, typed)
    assert errors_of(refused) == {"url_slug_fr": [message]}
    assert without_revision(in_form(refused)) == without_revision(typed)
    other = make_standard(home, "other")
    for press in (save_draft, publish):
        assert errors_of(press(client, other, url_slug_fr="taken-fr")) == {"url_slug_fr": [message]}
    assert StandardPage.objects.get(pk=other.pk).url_slug_fr == "other-fr"


@pytest.mark.sweep
def test_a_slug_that_a_draft_has_already_is_refused(publisher, client, home):
    make_standard(home, "taken", live=False)
    assert errors_of(save_draft(client, make_standard(home, "other"), url_slug_nl="taken-nl")).keys() == {"url_slug_nl"}


@pytest.mark.sweep
def test_the_same_slug_is_free_elsewhere_in_the_tree(publisher, client, home):
    make_standard(home, "taken")
    below = make_standard(make_standard(home, "other"), "new")
    assert publish(client, below, url_slug_fr="taken-fr").status_code == 302
    assert StandardPage.objects.get(pk=below.pk).paths()["fr"] == "/fr/other-fr/taken-fr/"


@pytest.mark.sweep
def test_a_slug_of_the_site_itself_is_refused_below_the_home_page_only(language, client, standard):
    form = open_form(client, edit_url(standard))
    for slug in ("zoeken", "recherche", "search", "api", "feed"):
        refused = client.post(edit_url(standard), form | {"url_slug_fr": slug})
        assert errors_of(refused) == {"url_slug_fr": [translate(RESERVED, language)]}, slug
    assert errors_of(publish(client, standard, url_slug_nl="zoeken")) == {"url_slug_nl": [translate(RESERVED, language)]}
    assert publish(client, make_standard(standard, "below"), url_slug_fr="recherche").status_code == 302


@pytest.mark.sweep
def test_a_slug_without_letters_or_too_long_is_refused_and_others_are_tidied(publisher, client, standard):
    form = open_form(client, edit_url(standard))
    for slug in ("???", "Работа", "x" * 81):
        refused = client.post(edit_url(standard), form | {"url_slug_fr": slug})
        assert errors_of(refused).keys() == {"url_slug_fr"}, slug
        assert in_form(refused)["url_slug_fr"] == slug
    assert publish(client, standard, url_slug_fr="Vélo_d’été").status_code == 302
    standard.refresh_from_db()
    assert standard.url_slug_fr == "velo-d-ete"


@pytest.mark.sweep
def test_a_slug_that_makes_the_whole_address_too_long_is_refused(language, client, home):
    place = home
    for letter in "abc":
        place = add(place, StandardPage, **texts(letter, url_slug_fr=letter * 80))
    page = make_standard(place, url_slug_fr="x")
    for press in (save_draft, publish):
        assert errors_of(press(client, page, url_slug_fr="x" * 8)) == {"url_slug_fr": [translate(TOO_LONG, language)]}
    assert publish(client, page, url_slug_fr="x" * 7).status_code == 302
    assert len(StandardPage.objects.get(pk=page.pk).address_fr) == 250


@pytest.mark.sweep
def test_a_slug_that_makes_an_address_below_it_too_long_is_refused(language, client, home):
    first = place = make_standard(home, "first")
    for letter in "abc":
        place = add(place, StandardPage, **texts(letter, url_slug_fr=letter * 79))
    refused = publish(client, first, url_slug_fr="x" * 20, summary_nl="Something typed.", **REASON)
    assert errors_of(refused) == {"url_slug_fr": [translate(TOO_LONG, language)]}
    assert in_form(refused)["summary_nl"] == "Something typed."
    assert publish(client, first, url_slug_fr="x" * 10, **REASON).status_code == 302
