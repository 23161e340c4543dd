"""Unconfirmed English that was approved before it needed a reason: it stays public, and goes out at its hour."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from languages.open_texts import unexcused_open_texts
from languages.parity import ReasonMissing
from pages.lag_log import ACTION
from tests.behind import latest
from tests.building import make_standard, make_user, staff
from tests.editor import publish
from tests.exchange_screens import post_import
from tests.packages import bring_back, send_texts
from tests.publishing import fresh
from tests.work import standing
from worklists.waiting import waiting_rows

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
migration = import_module("pages.migrations.0017_excuse_what_was_approved")


@pytest.fixture
def page(home):
    """A page of which the draft has English from a file that nobody has confirmed."""
    page = make_standard(home)
    one = bring_back(send_texts(page, target="en"), {"summary": "From a file."})
    post_import(staff("Publishers"), one, take="ready")
    return page


def make_public_as_before(page):
    """Let readers see the draft, as publishing did before such a text needed a reason."""
    draft = latest(page)
    type(draft).objects.filter(pk=page.pk).update(summary_en=draft.summary_en, alignment=draft.alignment)
    Page.objects.filter(pk=page.pk).update(live_revision=draft.latest_revision, has_unpublished_changes=False)


def test_a_page_that_is_public_can_be_saved_and_published_again(page):
    make_public_as_before(page)
    with pytest.raises(ReasonMissing):
        fresh(page).save()
    migration.excuse_what_was_approved(apps, None)
    public = fresh(page)
    public.save()
    assert public.alignment["excused"] == {"reason": migration.REASON, "texts": excused_keys(public), "by": None}
    assert publish(staff("Publishers"), page, heading_en="Other", publishing_reason="").status_code == 302
    assert fresh(page).heading_en == "Other" and fresh(page).alignment["excused"] == public.alignment["excused"]


def excused_keys(page):
    return [f"summary:en:open={page.alignment['now']['summary']['en']}"]


def test_what_is_scheduled_goes_out_as_it_was_approved_and_says_so(page):
    schedule(page)
    draft_of_another = make_draft(page)
    migration.excuse_what_was_approved(apps, None)
    assert unexcused_open_texts(latest(draft_of_another).memory()), "Nobody has approved that yet."
    call_command("publish_scheduled")
    assert fresh(page).summary_en == "From a file."
    assert PageLogEntry.objects.get(page=page.pk, action=ACTION).data["reason"] == migration.REASON


def schedule(page):
    revision = latest(page).latest_revision
    revision.approved_go_live_at = timezone.now()
    revision.save(update_fields=["approved_go_live_at"])


def test_what_is_scheduled_waits_for_whoever_writes_english_all_the_same(page):
    schedule(page)
    migration.excuse_what_was_approved(apps, None)
    call_command("rebuild_standing")
    assert standing(page) in waiting_rows(make_user("Translators", "en"))
    assert standing(page).languages["en"]["unconfirmed"] == 1


def make_draft(page):
    other = make_standard(page.get_parent().specific, "other")
    post_import(
        staff("Publishers"),
        bring_back(send_texts(other, target="en"), {"summary": "Of another."}, make_user("Publishers")),
        take="ready",
    )
    return other


def test_a_reason_that_somebody_gave_is_theirs_still():
    given = {"reason": "Dringend.", "texts": ["heading:fr:nl=1"], "by": 7}
    memory = {"now": {"summary": {"en": "a"}}, "open": {"summary": {"en": {"kind": "machine"}}}, "excused": given}
    after = migration.with_reason(memory)
    assert after["excused"] == {
        "reason": f"Dringend. ({migration.REASON})",
        "texts": ["heading:fr:nl=1", "summary:en:open=a"],
        "by": 7,
    }
    assert migration.with_reason(after) == after and migration.with_reason({}) == {}
    typed = {"now": {"summary": {"en": "a"}}, "open": {"summary": {"en": {"kind": "typed"}}}}
    assert migration.with_reason(typed) == typed
