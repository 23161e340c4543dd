"""Which steps of reviews call an administrator, who can decide about each of them."""

from django.db.models import Max
from wagtail.models import Task

from review.people import people_of
from review.waiting import decidable_by


def newest_call(administrator):
    """Return when the last page reached a step that calls an administrator, None where none waits at one.

    It is one without people, or one of whose people they are themselves.
    """
    undecided = decidable_by(administrator)
    tasks = Task.objects.filter(pk__in=undecided.values("task")).specific()
    calling = [task.pk for task in tasks if calls(task, administrator)]
    return undecided.filter(task__in=calling).aggregate(newest=Max("started_at"))["newest"]


def calls(task, administrator):
    people = people_of(task)
    return people.filter(pk=administrator.pk).exists() or not people.exists()
