"""A stale form that saves by itself merges as others do, and overwrites and undoes nothing."""

import json
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import Revision

from languages.lags import lags
from pages.models import StandardPage
from tests.building import texts
from tests.editor import PUBLISH, add_url, edit_url, errors_of, finish, in_form, open_form
from tests.stale_forms import SCRIPT, latest, save


def autosave(client, page, form, **typed):
    """Let the open form save by itself; return the answer, and the form as the script then has it."""
    response = client.post(edit_url(page), form | typed, headers=SCRIPT)
    answer = response.json()
    if not answer["success"] or "revision_id" not in answer:  # refused, or nothing to save
        return response, form | typed
    return response, form | typed | answer["field_updates"] | {"overwrite_revision_id": str(answer["revision_id"])}


@pytest.mark.sweep
def test_a_stale_form_that_saves_by_itself_merges_and_overwrites_nobodys_revision(mine, theirs, shared):
    first, form = autosave(mine, shared, open_form(mine, edit_url(shared)), heading_nl="Van mij")
    save(theirs, shared, open_form(theirs, edit_url(shared)), summary_fr="Autre")
    between = latest(shared).latest_revision
    second, form = autosave(mine, shared, form, heading_nl="Van mij, beter")
    assert second.json()["revision_id"] > between.pk > first.json()["revision_id"]
    assert Revision.objects.get(pk=between.pk).content["summary_fr"] == "Autre"
    third, form = autosave(mine, shared, form, heading_nl="Van mij, af")
    assert third.json()["revision_id"] == second.json()["revision_id"]
    assert third.json()["revision_created_at"] == latest(shared).latest_revision.created_at.isoformat()
    page = latest(shared)
    assert (page.heading_nl, page.summary_fr) == ("Van mij, af", "Autre")
    # The open form still shows the old summary: only when somebody changes it there do the two conflict.
    refused, form = autosave(mine, shared, form, summary_fr="Le mien")
    assert refused.status_code == 400 and latest(shared).summary_fr == "Autre"


@pytest.mark.sweep
def test_a_stale_form_that_saves_by_itself_and_conflicts_is_refused_with_a_message(language, mine, theirs, shared):
    form = open_form(mine, edit_url(shared))
    save(theirs, shared, open_form(theirs, edit_url(shared)), heading_fr="Autre")
    refused, form = autosave(mine, shared, form, heading_fr="Moi")
    answer = refused.json()
    assert (refused.status_code, answer["success"], answer["error_code"]) == (400, False, "invalid_revision")
    assert "An Peeters" in answer["error_message"] and "<" not in answer["error_message"]
    assert latest(shared).heading_fr == "Autre"
    assert errors_of(save(mine, shared, form)).keys() == {"heading_fr"}


@pytest.mark.sweep
def test_whoever_saves_before_the_form_heard_of_its_own_last_save_does_not_conflict_with_it(mine, shared):
    form = open_form(mine, edit_url(shared))
    autosave(mine, shared, form, heading_fr="Tap")
    assert save(mine, shared, form | {"heading_fr": "Tapé"}).status_code == 302
    assert latest(shared).heading_fr == "Tapé"


def test_a_save_that_failed_after_all_is_none_and_the_next_one_loses_nothing(mine, shared, monkeypatch):
    form = open_form(mine, edit_url(shared))
    with monkeypatch.context() as patch, pytest.raises(RuntimeError, match="the database"):
        patch.setattr("newsroom.editing.views.say_what_was_refused", Mock(side_effect=RuntimeError("the database")))
        autosave(mine, shared, form, heading_fr="Tapé")
    assert latest(shared).heading_fr == shared.heading_fr
    assert save(mine, shared, form | {"heading_fr": "Tapé"}).status_code == 302
    assert latest(shared).heading_fr == "Tapé"


@pytest.mark.sweep
def test_what_it_had_not_heard_it_has_heard_when_it_comes_back_refused(mine, shared):
    form = open_form(mine, edit_url(shared))
    autosave(mine, shared, form, summary_nl="Nieuw.")
    refused = save(mine, shared, form | {"summary_nl": "Nieuw."}, **PUBLISH)  # which asks for a reason
    assert "publishing_reason" in errors_of(refused)
    cache.clear()  # however long somebody thinks about it
    assert save(mine, shared, in_form(refused), summary_fr="Nouveau.", summary_en="New.", **PUBLISH).status_code == 302
    assert lags(latest(shared).alignment) == []


@pytest.mark.sweep
def test_a_save_by_itself_that_arrives_after_publishing_undoes_nothing(mine, shared):
    finish(mine, shared, summary_nl="Nieuw.")
    form = open_form(mine, edit_url(shared))
    typed = form | {"heading_nl": "Anders", "heading_fr": "Autre", "heading_en": "Other"}
    _answer, form = autosave(mine, shared, typed)
    confirmed = [key for lag in lags(latest(shared).alignment) for key in lag.keys]
    assert confirmed
    assert save(mine, shared, form, alignment_confirmed=json.dumps(confirmed), **PUBLISH).status_code == 302
    autosave(mine, shared, form)  # sent before, and on its way until now
    assert lags(latest(shared).alignment) == []


@pytest.mark.sweep
def test_but_with_what_somebody_else_saved_after_it(mine, theirs, shared):
    form = open_form(mine, edit_url(shared))
    autosave(mine, shared, form, heading_fr="Tap")
    save(theirs, shared, open_form(theirs, edit_url(shared)), heading_fr="Autre", summary_fr="Autre aussi")
    refused = save(mine, shared, form | {"heading_fr": "Tapé"})
    assert errors_of(refused).keys() == {"heading_fr"} and latest(shared).heading_fr == "Autre"
    assert save(mine, shared, in_form(refused)).status_code == 302
    assert (latest(shared).heading_fr, latest(shared).summary_fr) == ("Tapé", "Autre aussi")


@pytest.mark.sweep
def test_a_new_page_that_saves_by_itself_becomes_a_form_that_merges(mine, theirs, home):
    url = add_url(StandardPage, home)
    answer = mine.post(url, form := open_form(mine, url, **texts("nieuw")), headers=SCRIPT).json()
    assert answer["success"], answer
    page = StandardPage.objects.get()
    save(theirs, page, open_form(theirs, edit_url(page)), summary_fr="Autre")
    again = form | answer["field_updates"] | {"overwrite_revision_id": answer["revision_id"], "heading_nl": "Van mij"}
    assert mine.post(edit_url(page), again, headers=SCRIPT).json()["success"]
    assert (latest(page).heading_nl, latest(page).summary_fr) == ("Van mij", "Autre")


@pytest.mark.sweep
def test_the_preview_shows_what_is_typed_whatever_others_saved(mine, theirs, shared):
    form = open_form(mine, edit_url(shared), heading_fr="Moi")
    save(theirs, shared, open_form(theirs, edit_url(shared)), heading_fr="Autre")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[shared.pk])
    assert mine.post(url, form).json() == {"is_valid": True, "is_available": True}
    assert "Moi" in mine.get(url + "?mode=fr").content.decode()
