"""How far the reviews of many pages are: each step, what became of it, and for whom it waits. As many queries as there are
steps in the workflows, whatever the number of pages."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Task, TaskState, WorkflowState, WorkflowTask

from review.lapses import ACTIVE
from review.models import LanguageTaskState
from review.people import people_of, step_name

APPROVED, WAITING, SENT_BACK, UNCHANGED, PASSED_OVER = "approved", "waiting", "sent_back", "unchanged", "passed_over"
AHEAD, LAPSED, ENDED = "ahead", "lapsed", "ended"
MAX_NAMES = 2  # of people who are named, before the others are counted
ICONS = {
    APPROVED: "check",
    WAITING: "history",
    SENT_BACK: "warning",
    UNCHANGED: "minus",
    PASSED_OVER: "minus",
    AHEAD: "radio-empty",
    LAPSED: "history",
    ENDED: "minus",
}
REASONS = {
    LanguageTaskState.Reason.UNCHANGED: UNCHANGED,
    LanguageTaskState.Reason.AGREED: APPROVED,
    LanguageTaskState.Reason.NOBODY: PASSED_OVER,
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the review of one page: `name` in the active language, `state` one of the above, `since` when.

    `people` are the names of those for whom it waits, or of whoever decided; `comment` is what they said.
    """

    name: str
    language: str | None
    state: str
    since: datetime | None = None
    people: tuple = ()
    comment: str = ""

    @property
    def icon(self):
        return ICONS[self.state]

    @property
    def words(self):
        """Return what became of it, as a phrase that follows the name of the step."""
        return step_words(self)


def active_reviews(page_keys):
    """Return `{key of a page: its steps in order}` of those of `page_keys` that are in a review."""
    states = WorkflowState.objects.filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        object_id__in=[str(key) for key in page_keys],
        status__in=ACTIVE,
    )
    return {int(state.object_id): steps for state, steps in steps_of(list(states)).items()}


def steps_of(workflow_states):
    """Return `{workflow state: its steps in order}`."""
    tasks = tasks_by_workflow({state.workflow_id for state in workflow_states}) if workflow_states else {}
    newest = newest_task_states(workflow_states) if workflow_states else {}
    people = people_by_task({state.task_id for state in newest.values() if state.status == TaskState.STATUS_IN_PROGRESS})
    return {
        state: [step_of(step, newest.get((state.pk, step.task_id)), people, step is own[-1], state.is_active) for step in own]
        for state in workflow_states
        for own in [tasks[state.workflow_id]]
    }


def people_by_task(keys):
    """Return `{key of a task: names of those for whom it waits}`."""
    tasks = Task.objects.filter(pk__in=keys).specific() if keys else ()
    return {task.pk: names(people_of(task)) for task in tasks}


def tasks_by_workflow(keys):
    """Return `{key of a workflow: its steps in order}`, each with its `language`."""
    steps = WorkflowTask.objects.filter(workflow__in=keys, task__active=True).select_related("task")
    result = {key: [] for key in keys}
    for step in steps.annotate(language=F("task__languagetask__language")).order_by("sort_order"):
        result[step.workflow_id].append(step)
    return result


def newest_task_states(workflow_states):
    """Return `{(key of a workflow state, key of a task): newest task state}`, with the columns of a language's."""
    states = with_columns_of_languages(TaskState.objects.filter(workflow_state__in=workflow_states))
    newest = states.order_by("workflow_state", "task", "-pk").distinct("workflow_state", "task")
    return {(state.workflow_state_id, state.task_id): state for state in newest}


def with_columns_of_languages(task_states):
    """Return a queryset of task states with what `step_of` asks for."""
    return task_states.select_related("finished_by").annotate(
        reason=F("languagetaskstate__reason"), has_lapsed=F("languagetaskstate__has_lapsed")
    )


def names(people):
    return tuple(get_user_display_name(person) for person in people.order_by("first_name", "last_name", "username"))


def step_of(step, state, people, is_last_step, is_active):
    """Return the `Step` of a workflow's step.

    `state` is its task state, None where it has not begun, `people` what `people_by_task` returned; `is_active` says whether
    the review goes on.
    """
    name = step_name(step.language, step.task.name, is_last_step)
    progress = progress_of(state, is_active)
    if progress == WAITING:
        return Step(name, step.language, WAITING, state.started_at, people.get(step.task_id, ()))
    if progress in (AHEAD, ENDED):
        return Step(name, step.language, progress)
    decided_by = (get_user_display_name(state.finished_by),) if state.finished_by else ()
    return Step(name, step.language, progress, state.finished_at, decided_by, state.comment)


def progress_of(state, is_active):
    """Return which of the above a task state stands for; `state` is None where the step has not begun."""
    status = state.status if state else TaskState.STATUS_CANCELLED
    if status == TaskState.STATUS_CANCELLED:
        if state and state.has_lapsed and not state.reason:
            return LAPSED if is_active else APPROVED
        return AHEAD if is_active else ENDED
    if status == TaskState.STATUS_SKIPPED:
        return REASONS.get(state.reason, UNCHANGED)
    return {
        TaskState.STATUS_IN_PROGRESS: WAITING,
        TaskState.STATUS_APPROVED: APPROVED,
        TaskState.STATUS_REJECTED: SENT_BACK,
    }[status]


def step_words(step):
    """Return what became of a step, as a phrase that follows its name: "approved by An"."""
    who = people_words(step.people)
    values = {"who": who, "when": date_format(localtime(step.since), "SHORT_DATE_FORMAT") if step.since else ""}
    if step.state == WAITING:
        return (_("waits for %(who)s since %(when)s") if who else _("waits since %(when)s")) % values
    if step.state == SENT_BACK:
        return (_("sent back by %(who)s") if who else _("sent back")) % values
    if step.state == APPROVED:
        return (_("approved by %(who)s") if who else _("approved")) % values
    return {
        UNCHANGED: _("unchanged"),
        PASSED_OVER: _("passed over, as nobody can approve it"),
        LAPSED: _("to be looked at again, as the texts changed"),
        AHEAD: _("still to come"),
        ENDED: _("not decided"),
    }[step.state]


def people_words(people):
    """Return the first names of a list, and how many there are beside them."""
    shown, others = people[:MAX_NAMES], len(people) - MAX_NAMES
    if others <= 0:
        return ", ".join(shown)
    text = ngettext("%(names)s and %(number)s other", "%(names)s and %(number)s others", others)
    return text % {"names": ", ".join(shown), "number": others}
