"""The opening of topics: how it came to pages that were there before it."""

import importlib

import pytest
from django.apps import apps

from languages.alignment import digests_of, excuse
from languages.lags import lags, unexcused_lags
from languages.units import units
from mandates.models import MandatePage
from newsroom.models import LoadedItem
from tests.building import make_home, make_mandate, make_section

migration = importlib.import_module("newsroom.migrations.0010_openings_of_topics")
BEHIND = {
    "now": {"summary": {"nl": "new", "fr": "old", "en": "old"}, "audience": {"nl": "a"}},
    "since": {"summary": {"nl-fr": ["before", "old"]}},
    "was": {"before": "Voorheen"},
}


def test_a_copy_of_a_text_that_is_behind_is_behind_as_well_and_as_much_excused():
    memory = migration.with_opening(BEHIND)
    assert [lag.address for lag in lags(memory)] == ["summary", "opening"]
    assert unexcused_lags(memory)
    assert not unexcused_lags(migration.with_opening(excuse(BEHIND, "It is a name.")))


def test_taking_the_opening_back_leaves_the_memory_as_it_was():
    for memory in ({}, BEHIND, excuse(BEHIND, "It is a name.")):
        assert migration.without_opening(migration.with_opening(memory)) == memory


@pytest.mark.django_db
def test_pages_and_their_drafts_open_with_their_summary_and_can_be_published():
    page = make_mandate(make_section(make_home()), opening_nl=None, opening_fr=None, opening_en=None, live=False)
    page.summary_nl, page.summary_fr = "Een nieuwe samenvatting.", "Un nouveau résumé."
    draft = page.save_revision()
    names = {"summary_nl": "1", "summary_fr": "2", "heading_nl": "3"}
    item = LoadedItem.objects.create(key="pages/youth", model="mandates.MandatePage", object_id=page.pk, fields=names)

    migration.copy_summaries(apps, None)

    draft.refresh_from_db()
    draft = draft.as_object()
    assert draft.opening_nl == "Een nieuwe samenvatting." and draft.opening_fr == "Un nouveau résumé."
    assert draft.alignment["now"] == digests_of(units(draft))
    stored = MandatePage.objects.get(pk=page.pk)
    assert stored.opening_nl == stored.summary_nl and stored.opening_en == stored.summary_en
    item.refresh_from_db()
    assert item.fields == names | {"opening_nl": "1", "opening_fr": "2"}
    draft.save_revision().publish()
    assert MandatePage.objects.get(pk=page.pk).live

    migration.forget_openings(apps, None)
    assert "opening_nl" not in MandatePage.objects.get(pk=page.pk).latest_revision.content
    item.refresh_from_db()
    assert item.fields == names
