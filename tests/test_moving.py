"""Moving pages, singly and in bulk, as a publisher: who comes second waits, and what cannot be says why."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from pages import address_writer
from tests.building import make_standard, make_user
from tests.editor import messages_of, said


@pytest.fixture
def publisher(client, home):
    user = make_user("Publishers", "fr")
    client.force_login(user)
    return user


def test_the_tree_is_read_for_a_new_order_once_nobody_else_changes_it(publisher, client, home):
    first, last = make_standard(home, "a"), make_standard(home, "b")
    url = reverse("wagtailadmin_pages:set_page_position", args=[last.pk])
    with CaptureQueriesContext(connection) as queries:
        assert client.post(f"{url}?position=0").status_code == 200
    asked = [one["sql"] for one in queries]
    locked = next(place for place, sql in enumerate(asked) if "pg_advisory_xact_lock" in sql)
    assert locked < next(place for place, sql in enumerate(asked) if f'"wagtailcore_page"."id" = {last.pk}' in sql)
    assert Page.objects.get(pk=last.pk).path < Page.objects.get(pk=first.pk).path


@pytest.mark.sweep
def test_pages_of_one_slug_are_not_moved_to_one_place(publisher, client, home):
    above = [make_standard(home, name) for name in "ab"]
    twins = [make_standard(parent, "twin") for parent in above]
    destination = make_standard(home, "c")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    response = client.post(f"{url}?{'&'.join(f'id={page.pk}' for page in twins)}", {"chooser": destination.pk})
    assert response.status_code == 302
    with translation.override("fr"):
        assert address_writer.taken_message("nl") in messages_of(response)[-1]
    assert [Page.objects.get(pk=page.pk).get_parent().pk for page in twins] == [parent.pk for parent in above]


@pytest.mark.sweep
def test_a_move_that_would_make_an_address_too_long_says_that_nothing_was_moved(publisher, client, home):
    page = make_standard(home, "a")
    for _level in range(3):
        page = make_standard(page, "x" * 70)
    child, destination = make_standard(home, "y" * 70), page
    url = reverse("wagtailadmin_pages:move_confirm", args=[child.pk, destination.pk])
    response = client.post(url)
    assert messages_of(response)[-1].startswith(said("Not moved.", "fr"))
    assert Page.objects.get(pk=child.pk).get_parent().pk == home.pk
