"""Dutch and French in step: what is behind is known whichever way it was saved, and travels with the revision."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import PageLogEntry

from directory.models import GlossaryTerm
from languages.codes import LANGUAGES
from languages.lags import lags, official_lags
from languages.states import BEHIND, FALLBACK, MISSING, text_states
from languages.units import units
from pages.lag_log import ACTION as PUBLISHED_BEHIND
from pages.models import SiteSettings, StandardPage
from tests.behind import REFUSED, keys, latest
from tests.building import make_standard, texts
from tests.editor import (
    PUBLISH,
    REASON,
    add_url,
    block,
    done,
    edit_url,
    errors_of,
    finish,
    form_with,
    in_form,
    open_form,
    publish,
    save_draft,
)
from tests.publishing import LATER, fresh, let_the_hour_come


def form_states(response):
    """Return the states of the texts in the form of a response."""
    instance = response.context["form"].instance
    return text_states(units(instance), instance.memory())


def behind(page):
    """Return the texts of the latest draft that are behind, as (address, language)."""
    return {(lag.address, lag.language) for lag in lags(latest(page).memory())}


def states_in(response, state):
    """Return the texts that are in a state in the form that a response shows, as (address, language)."""
    return {(one.address, one.language) for one in form_states(response) if one.state == state}


# --- The whole life of a page


@pytest.mark.sweep
def test_a_page_begins_in_french_gets_its_dutch_and_stays_in_step_word_by_word(publisher, client, home):
    url = add_url(StandardPage, home)
    client.post(url, open_form(client, url, **texts("page", ["fr"])))
    page = StandardPage.objects.get()
    opened = client.get(edit_url(page))
    assert {("heading", "nl"), ("url_slug", "nl"), ("summary", "nl")} == states_in(opened, MISSING)
    assert ("summary", "en") in states_in(opened, FALLBACK)
    assert errors_of(publish(client, page)).keys() == {"heading_nl", "url_slug_nl", "summary_nl"}
    assert publish(client, page, **texts("page", ["nl"])).status_code == 302
    assert fresh(page).live and behind(page) == set()

    assert finish(client, page, summary_nl="Eén woord anders.").status_code == 302
    assert behind(page) == {("summary", "fr")}
    opened = client.get(edit_url(page))
    (state,) = [one for one in form_states(opened) if one.state == BEHIND]
    assert (state.address, state.language, state.twins[0].language) == ("summary", "fr", "nl")
    assert "<del>" in state.twins[0].difference and "Eén" in state.twins[0].difference

    assert errors_of(publish(client, page)).keys() == REFUSED
    confirmed = json.dumps([state.twins[0].key])
    assert publish(client, page, alignment_confirmed=confirmed).status_code == 302
    assert behind(page) == set() and fresh(page).summary_nl == "Eén woord anders."
    assert not PageLogEntry.objects.filter(action=PUBLISHED_BEHIND).exists()

    # And the same the other way round.
    assert finish(client, page, summary_fr="Un seul mot.").status_code == 302
    assert behind(page) == {("summary", "nl")}
    assert publish(client, page, summary_nl="Eén enkel woord.").status_code == 302
    assert behind(page) == set()


@pytest.mark.sweep
def test_what_changes_in_two_languages_at_once_is_in_step_and_the_third_is_behind(publisher, client, standard):
    assert publish(client, standard, summary_nl="Anders.", summary_fr="Autrement.").status_code == 302
    assert behind(standard) == {("summary", "en")}, "English never holds up a publication."


@pytest.mark.sweep
def test_a_save_without_a_change_marks_nothing(publisher, client, standard):
    before = latest(standard).alignment
    assert save_draft(client, standard, summary_nl="  Summary of standard \n in nl. ").status_code == 302
    assert behind(standard) == set() and latest(standard).alignment["since"] == before["since"] == {}


@pytest.mark.sweep
def test_a_text_deep_within_a_block_is_behind_by_itself(publisher, client, home):
    points = [block("text", text={"nl": f"<p>Punt {n}.</p>", "fr": f"<p>Point {n}.</p>", "en": ""}) for n in range(3)]
    page = make_standard(home, body=points)
    form = open_form(client, edit_url(page))
    name = next(name for name, value in form.items() if "Punt 1." in str(value))
    changed = {name: form[name].replace("Punt 1.", "Nog iets."), "alignment_done": done(f"body.{points[1]['id']}.text_nl")}
    assert client.post(edit_url(page), form | changed).status_code == 302
    assert behind(page) == {(f"body.{points[1]['id']}.text", "fr")}
    again = open_form(client, edit_url(page))
    moved = dict(again)
    orders = sorted(key for key in again if key.startswith("body-") and key.endswith("-order"))
    for one, other in zip(orders, reversed(orders), strict=True):
        moved[one] = again[other]
    assert client.post(edit_url(page), moved).status_code == 302
    assert behind(page) == {(f"body.{points[1]['id']}.text", "fr")}, "Another order changes no text."


# --- A form that saves by itself


def autosave(client, page, form, so_far=None):
    """Save as the editor does by itself while somebody types; return what its script then changes in the form."""
    response = client.post(edit_url(page), form | (so_far or {}), headers={"Accept": "application/json"})
    assert response.status_code == 200, response.content
    answer = response.json()
    return answer["field_updates"] | {"overwrite_revision_id": str(answer["revision_id"])}


@pytest.mark.sweep
def test_what_was_typed_between_two_saves_by_itself_was_changed_together(publisher, client, standard):
    form = open_form(client, edit_url(standard))
    all_done = {"alignment_done": done("summary_nl", "summary_fr", "summary_en")}
    so_far = autosave(client, standard, form | {"summary_nl": "Anders."} | all_done)
    assert behind(standard) >= {("summary", "fr")}
    typed = form | {"summary_nl": "Anders.", "summary_fr": "Autrement.", "summary_en": "Different."} | all_done
    revision = so_far["overwrite_revision_id"]
    so_far = autosave(client, standard, typed, so_far)
    assert so_far["overwrite_revision_id"] == revision
    assert behind(standard) == set()
    so_far = autosave(client, standard, typed | {"summary_nl": "Anders, toch."}, so_far)
    assert behind(standard) == set(), "All of it is the work of one sitting."
    autosave(client, standard, form | {"summary_nl": "Anders."} | all_done, so_far)
    assert behind(standard) == {("summary", "fr"), ("summary", "en")}, "The French was taken back."
    (french, _english) = [one for one in form_states(client.get(edit_url(standard))) if one.state == BEHIND]
    assert "Summary" in french.twins[0].difference, "It is still known what the Dutch said."


# --- The knowledge travels with the revision


@pytest.mark.sweep
def test_an_older_revision_brings_its_own_knowledge_back(publisher, client, standard):
    finish(client, standard, summary_nl="Anders.")
    lagging = fresh(standard).latest_revision
    save_draft(client, standard, alignment_confirmed=json.dumps(keys(standard, "fr")))
    assert behind(standard) == {("summary", "en")}
    url = reverse("wagtailadmin_pages:revisions_revert", args=[standard.pk, lagging.pk])
    form = open_form(client, url)
    assert errors_of(client.post(url, form | PUBLISH)).keys() == REFUSED
    assert client.post(url, form).status_code == 302
    assert behind(standard) == {("summary", "fr"), ("summary", "en")}


@pytest.mark.sweep
def test_a_copy_an_alias_and_a_page_that_moved_know_what_their_source_knew(publisher, client, home, standard):
    finish(client, standard, summary_nl="Anders.")
    copy = fresh(standard).copy(update_attrs={"heading_nl": "Kopie", "heading_fr": "Copie", "heading_en": "Copy"})
    assert behind(copy) == behind(standard)
    publish(client, standard, **REASON)
    alias = CreatePageAliasAction(fresh(standard), user=publisher).execute()
    assert fresh(alias).alignment == fresh(standard).alignment
    place = make_standard(home, "place")
    fresh(standard).move(place, pos="last-child")
    assert behind(standard) == {("summary", "fr"), ("summary", "en")}


@pytest.mark.sweep
def test_a_schedule_publishes_the_knowledge_of_its_hour_and_not_of_a_later_draft(publisher, client, standard):
    assert publish(client, standard, summary_nl="Anders.", go_live_at=LATER, **REASON).status_code == 302
    save_draft(client, standard, summary_fr="Autrement.")
    let_the_hour_come()
    live = fresh(standard)
    assert live.summary_nl == "Anders." and live.summary_fr != "Autrement."
    assert {(lag.address, lag.language) for lag in official_lags(live.alignment)} == {("summary", "fr")}


@pytest.mark.sweep
def test_a_page_from_before_there_was_a_memory_is_in_step_and_learns_from_then_on(publisher, client, standard):
    StandardPage.objects.filter(pk=standard.pk).update(alignment={})
    revision = fresh(standard).latest_revision
    revision.content.pop("alignment")
    revision.save()
    assert behind(standard) == set()
    assert finish(client, standard, summary_nl="Anders.").status_code == 302
    assert ("summary", "fr") in behind(standard)


# --- Snippets and settings


def test_a_glossary_term_and_the_settings_know_what_is_behind(client, publisher):
    term = GlossaryTerm.objects.create(term_nl="werkgever", term_fr="employeur", term_en="employer")
    url = reverse("wagtailsnippets_directory_glossaryterm:edit", args=[term.pk])
    assert client.post(url, form_with(client.get(url), "term_nl") | {"term_nl": "werkgeefster"}).status_code == 302
    term.refresh_from_db()
    assert {lag.language for lag in lags(term.alignment)} == {"fr", "en"}
    site = SiteSettings.load()
    site.site_name_nl, site.site_name_fr, site.organisation_name_nl, site.organisation_name_fr = "a", "b", "c", "d"
    site.save()
    url = reverse("wagtailsettings:edit", args=["pages", "sitesettings"])
    response = client.get(url, follow=True)
    form = form_with(response, "site_name_nl") | {"site_name_fr": "bb"}
    assert client.post(response.request["PATH_INFO"], form).status_code == 302
    assert {lag.language for lag in lags(SiteSettings.objects.get().alignment)} == {"nl"}


# --- Bad input


@pytest.mark.parametrize("forged", ["", "nonsense", "eyJub3ciOnt9fQ:1xWAKS:PXtnXFJhCgEoThp0V0xjkAcHaq_bZFexWLszpPPNmcY"])
@pytest.mark.sweep
def test_a_form_that_the_site_did_not_make_saves_nothing_and_keeps_what_was_typed(forged, client, publisher, standard):
    response = client.post(
        edit_url(standard), open_form(client, edit_url(standard), heading_nl="Getypt", alignment_base=forged)
    )
    assert "alignment_base" in response.context["form"].errors
    assert in_form(response)["heading_nl"] == "Getypt"
    assert (
        in_form(response)["alignment_base"] == forged or client.post(edit_url(standard), in_form(response)).status_code == 200
    )
    assert latest(standard).heading_nl == "standard nl"


@pytest.mark.parametrize("nonsense", ["{", "[1, {}]", '"a"', '["gone:fr:nl=0123456789abcdef"]', "null"])
@pytest.mark.sweep
def test_a_confirmation_of_nothing_confirms_nothing(nonsense, client, publisher, standard):
    finish(client, standard, summary_nl="Anders.")
    assert save_draft(client, standard, alignment_confirmed=nonsense).status_code == 302
    assert ("summary", "fr") in behind(standard)


# --- What it costs


def test_the_memory_costs_no_query_where_no_text_changed(standard):
    standard = fresh(standard)
    with CaptureQueriesContext(connection) as captured:
        standard.refresh_alignment()
    assert len(captured) == 0 and set(standard.alignment["now"]["heading"]) == set(LANGUAGES)


def test_nothing_is_said_to_be_live_in_step_that_is_not(standard):
    standard = fresh(standard)
    standard.alignment = {**standard.alignment, "now": {}}
    standard.refresh_alignment()
    with pytest.raises(ValidationError):
        standard.summary_nl = "Anders."
        standard.save()
