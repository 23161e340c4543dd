"""Passing over a step that waits for nobody any more: the last person who could approve it has gone."""

import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from wagtail.models import Page, TaskState

from pages import address_writer
from review.models import LanguageTask, LanguageTaskState

logger = logging.getLogger(__name__)


@task()
def pass_over_unattended():
    """Pass over each step that waits and that nobody can approve any more; return how many. Safe at any time."""
    waiting = LanguageTaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    tasks = LanguageTask.objects.filter(pk__in=waiting.values("task"))
    unattended = [one.pk for one in tasks if not one.people().exists()]
    return sum(pass_over(key) for key in waiting.filter(task__in=unattended).values_list("pk", flat=True))


def pass_over(key):
    """Pass over the step with the primary key `key`, if it still waits for nobody; return whether it did."""
    try:
        with transaction.atomic():
            state = lock_state(key)
            if state is None:
                return False
            workflow_state, step = state.workflow_state, state.task.specific
            is_waiting = state.status == TaskState.STATUS_IN_PROGRESS and not step.people().exists()
            if not is_waiting or step.has_last_word(workflow_state):
                return False
            state.status, state.reason = TaskState.STATUS_SKIPPED, LanguageTaskState.Reason.NOBODY
            state.finished_at = timezone.now()
            state.note_texts()
            state.save()
            workflow_state.update()
            return True
    except ValidationError:  # it was the last step, and a text is behind: it goes on waiting, for administrators
        logger.exception("A step that waits for nobody could not be passed over.")
        return False


def lock_state(key):
    """Return the task state with the primary key `key`, locked after its page as everywhere; None where one of them is gone."""
    address_writer.lock()  # before any row, as what comes after the last step is publication
    states = TaskState.objects.filter(pk=key)
    page = states.values_list("workflow_state__object_id", flat=True).first()
    if not Page.objects.select_for_update(no_key=True).filter(pk=page).exists():  # nobody saves meanwhile
        return None
    state = states.select_for_update().first()
    return state and state.specific
