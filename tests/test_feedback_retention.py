"""How long feedback is kept: with its page, without a copy, and for so many months."""

import io

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from audience.models import Feedback
from pages.models import SitePage
from reporting.retention import months_before
from tests.feedback import MINUTE, give


def test_feedback_goes_with_its_page_and_outlives_its_revision_and_an_unpublication(standard):
    give(standard, revision_id=standard.live_revision_id)
    standard.unpublish()
    assert Feedback.objects.exists()
    page = SitePage.objects.get(pk=standard.pk).specific
    page.save_revision()
    page.revisions.filter(pk=Feedback.objects.get().revision_id).delete()
    assert Feedback.objects.get().revision is None
    Page.objects.get(pk=standard.pk).delete()
    assert not Feedback.objects.exists()


def test_a_copy_of_a_page_starts_without_feedback(standard, home):
    give(standard)
    standard.copy(to=home)
    assert Feedback.objects.count() == 1


def test_old_feedback_is_forgotten_and_newer_is_kept(standard, settings):
    settings.FEEDBACK_MONTHS = 24
    now = timezone.now()
    limit = months_before(timezone.localtime(now), 24)
    give(standard, moment=limit - MINUTE, comment="old")
    give(standard, moment=limit + 10 * MINUTE, comment="young")
    printed = io.StringIO()
    call_command("forget_feedback", stdout=printed)
    call_command("forget_feedback", stdout=printed)
    assert [one.comment for one in Feedback.objects.all()] == ["young"]
    assert printed.getvalue().startswith("Deleted 1 of") and "Deleted 0 of" in printed.getvalue()
