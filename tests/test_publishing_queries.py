"""What it costs to publish a page: no more queries than it needs, and what follows after the commit is done once."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django_tasks import task
from wagtail.models import PageLogEntry

from tests.building import make_home, make_standard, make_user
from tests.editor import PUBLISH, edit_url, open_form

MOST = 130
AFTER_COMMIT = {"default": {"BACKEND": "newsroom.tasks.AfterCommit"}}
runs = []


@task
def count(number):
    runs.append(number)


@pytest.fixture
def after_commit(settings):
    settings.TASKS = AFTER_COMMIT
    runs.clear()
    yield
    runs.clear()


def publish(client, page, **typed):
    """Publish a page through its form, as after a commit; return what was asked of the database."""
    form = open_form(client, edit_url(page)) | typed | PUBLISH
    with CaptureQueriesContext(connection) as asked:
        assert client.post(edit_url(page), form).status_code == 302
        return [one["sql"] for one in asked]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_page_is_published_with_few_queries_and_enters_the_index_of_wagtail_once(client, after_commit):
    home = make_home()
    client.force_login(make_user("Publishers"))
    pages = [make_standard(home, name) for name in ("first", "second")]
    first, second = (publish(client, page, summary_nl="Iets nieuws.", summary_fr="Du nouveau.") for page in pages)
    assert len(second) <= len(first) and len(second) <= MOST
    assert len([sql for sql in second if "INTO wagtailsearch_indexentry" in sql]) == 1
    assert PageLogEntry.objects.filter(page=pages[1], action="wagtail.publish").count() == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_same_task_runs_once_after_each_commit(after_commit):
    for _commit in range(2):
        with transaction.atomic():
            for number in (1, 2, 1):
                count.enqueue(number)
            assert len(runs) in (0, 2)
    assert runs == [1, 2, 1, 2]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_task_of_a_change_that_came_to_nothing_keeps_no_other_from_running(after_commit):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        count.enqueue(1)
        raise ZeroDivisionError
    with transaction.atomic():
        count.enqueue(1)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            count.enqueue(2)
            raise ZeroDivisionError
    count.enqueue(2)
    assert runs == [1, 2]
