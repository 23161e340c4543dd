"""Publishing pages in every way that staff have, and looking at what became public."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState

from tests.building import make_standard, make_user
from tests.editor import SUBMIT, edit_url, open_form, publish

LATER = "2099-01-01 10:00"
MISSING = {"heading_fr", "url_slug_fr", "summary_fr"}


@pytest.fixture
def dutch(home):
    """A draft in Dutch only."""
    return make_standard(home, "dutch", languages=["nl"], live=False)


def fresh(page):
    """Return a page as the database has it now."""
    return Page.objects.get(pk=page.pk).specific


def is_hidden(page):
    """Say whether a page is neither live nor found by readers in any language."""
    page = fresh(page)
    return not page.live and page.paths() == {}


def schedule(client, page, **typed):
    """Schedule a page in the editor."""
    assert publish(client, page, go_live_at=LATER, **typed).status_code == 302
    assert fresh(page).scheduled_revision


def let_the_hour_come(**changes):
    """Bring the hour of all schedules into the past; `changes` alter what was scheduled behind everybody's back."""
    past = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.approved_go_live_at = past
        revision.content |= {"go_live_at": past.isoformat(), **changes.get(f"page_{revision.object_id}", {})}
        revision.save()
    call_command("publish_scheduled")


def in_moderation(client, page):
    """Submit a page for moderation, as an editor; return its task."""
    client.force_login(make_user("Editors"))
    assert client.post(edit_url(page), open_form(client, edit_url(page)) | SUBMIT).status_code == 302
    return TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)


def bulk(client, action, pages, **typed):
    """Do something with pages in bulk, once its question was shown; return the answer."""
    query = "&".join(f"id={page.pk}" for page in pages)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    explorer = reverse("wagtailadmin_explore", args=[pages[0].get_parent().pk])
    assert client.get(f"{url}?{query}").status_code == 200
    return client.post(f"{url}?{query}&next={explorer}", typed)


def move(client, page, place):
    return client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, place.pk]))
