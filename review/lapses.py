"""What was approved or skipped holds for what the texts said then: once they say something else, the step is taken again."""

from django.db.models import F, OuterRef, Subquery
from wagtail.models import TaskState, WorkflowState, WorkflowTask

from languages.units import units
from review.models import LanguageTask, LanguageTaskState, draft_in_review
from review.texts_said import said_in

ACTIVE = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
SUCCESSFUL = (TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED)


def follow_draft(draft):
    """Let the steps of a page's review follow its latest draft, whenever one is saved. One query where there are none."""
    texts = None
    for step in newest_steps(draft):
        texts = texts or list(units(draft))
        has_lapsed = step.said != said_in(texts, step.language) and is_anybody_there(step)
        if (step.status in SUCCESSFUL or step.has_lapsed) and has_lapsed != step.has_lapsed:
            ended = TaskState.STATUS_SKIPPED if step.reason else TaskState.STATUS_APPROVED
            step.has_lapsed, step.status = has_lapsed, TaskState.STATUS_CANCELLED if has_lapsed else ended
            step.save(update_fields=["has_lapsed", "status"])
    if texts is not None:
        take_last_word_back(draft)


def is_anybody_there(step):
    """Say whether a step that was passed over can be taken at all now; the others were."""
    return step.reason != LanguageTaskState.Reason.NOBODY or step.task.specific.people().exists()


def in_review(page):
    """Return the condition on task states that they belong to the review that a page is in."""
    return {
        "workflow_state__base_content_type": page.get_base_content_type(),
        "workflow_state__object_id": str(page.pk),
        "workflow_state__status__in": ACTIVE,
    }


def newest_steps(draft):
    """Return the newest `LanguageTaskState` of each language in the review that a page is in, with its `language`."""
    states = LanguageTaskState.objects.filter(**in_review(draft))
    return states.annotate(language=F("task__languagetask__language")).order_by("task", "-pk").distinct("task")


def take_last_word_back(draft):
    """Let the last step that belongs to no language be taken again where it was: whoever took it saw another version."""
    steps = WorkflowTask.objects.filter(
        workflow=OuterRef("workflow_state__workflow"), task__active=True, task__languagetask=None
    )
    last = Subquery(steps.order_by("-sort_order").values("task")[:1])
    TaskState.objects.filter(task=last, status=TaskState.STATUS_APPROVED, **in_review(draft)).update(
        status=TaskState.STATUS_CANCELLED
    )


def keep_order(state):
    """Take an approval back that was given although a language before it has to be looked at again: it comes after that."""
    workflow_state, draft = state.workflow_state, draft_in_review(state.workflow_state)
    own = WorkflowTask.objects.filter(workflow=workflow_state.workflow_id, task=state.task_id).first()
    before = LanguageTask.objects.filter(
        workflow_tasks__workflow=workflow_state.workflow_id,
        workflow_tasks__sort_order__lt=own.sort_order if own else 0,
        active=True,
    ).exclude(task_states__in=workflow_state.successful_task_states)
    texts = list(units(draft)) if before else []
    if any(not task.reason_to_skip(workflow_state, said_in(texts, task.language)) for task in before):
        TaskState.objects.filter(pk=state.pk).update(status=TaskState.STATUS_CANCELLED)
