"""What a review asks of a person: what waits for their approval, what was sent back to them, what they can publish.

Each answer has so many items at most as it is asked for, the oldest first, says how many there are in all, and makes two
queries, whatever there is; all three together make two as well.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Value, Window
from django.urls import reverse
from wagtail.models import GroupApprovalTask, TaskState, WorkflowState, WorkflowTask

from languages.codes import current_language
from languages.rights import languages_to_write
from languages.standing import Standing
from review.models import LanguageTask

LIMIT = 10
APPROVAL, READY, SENT_BACK = "approval", "ready", "sent_back"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page that waits for somebody: its key, its name in the active language, the address of its form, the language that is
    looked at (None for a step that belongs to none, such as publication), since when, and who submitted it.

    `comment` is why it was sent back, `decided_by` who did so.
    """

    page_id: int
    name: str
    url: str
    language: str | None
    since: datetime
    submitted_by: object = None
    comment: str = ""
    decided_by: object = None


@dataclass(frozen=True, slots=True)
class Waitings:
    """The first `items`, each a `Waiting`, of `number` in all; `newest` is since when the last of all waits, None for none."""

    items: tuple
    number: int
    newest: datetime | None = None


def waiting_for_approval(user, limit=LIMIT):
    """Return the `Waitings` that somebody can approve and that go on to others then, such as the texts of their language."""
    return waitings_of({APPROVAL: decidable_by(user).exclude(is_last_step())}, limit)[APPROVAL]


def ready_to_publish(user, limit=LIMIT):
    """Return the `Waitings` that readers see once somebody approves them."""
    return waitings_of({READY: decidable_by(user).filter(is_last_step())}, limit)[READY]


def sent_back_to(user, limit=LIMIT):
    """Return the `Waitings` that somebody submitted and that came back, with the comment."""
    return waitings_of({SENT_BACK: submitted_and_sent_back(user)}, limit)[SENT_BACK]


def waitings_by_kind(user, limit=LIMIT):
    """Return all of these at once: `{APPROVAL: Waitings, READY: …, SENT_BACK: …}`."""
    decidable = decidable_by(user)
    states = {
        APPROVAL: decidable.exclude(is_last_step()),
        READY: decidable.filter(is_last_step()),
        SENT_BACK: submitted_and_sent_back(user),
    }
    return waitings_of(states, limit)


def submitted_and_sent_back(user):
    """Return the task states at which what somebody submitted came back."""
    return TaskState.objects.filter(
        workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES,
        workflow_state__requested_by=user,
        workflow_state__current_task_state=F("pk"),
    )


def decidable_by(user):
    """Return the task states about which somebody can decide now."""
    waiting = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS
    )
    if user.is_superuser:
        return waiting
    groups = user.groups.all()
    own_languages = LanguageTask.objects.filter(groups__in=groups, language__in=languages_to_write(user))
    others = GroupApprovalTask.objects.filter(groups__in=groups)
    return waiting.filter(Q(task__in=own_languages.values("pk")) | Q(task__in=others.values("pk")))


def is_last_step():
    """Return the condition on task states that no step comes after theirs."""
    steps = WorkflowTask.objects.filter(workflow=OuterRef("workflow_state__workflow"), task__active=True)
    own = WorkflowTask.objects.filter(workflow=OuterRef(OuterRef("workflow_state__workflow")), task=OuterRef(OuterRef("task")))
    return ~Exists(steps.filter(sort_order__gt=own.values("sort_order")[:1]))


def waitings_of(states_by_kind, limit):
    """Return the `Waitings` of querysets of task states, by kind."""
    first, *others = [
        states.select_related("workflow_state__requested_by", "finished_by")
        .annotate(language=F("task__languagetask__language"), total=Window(Count("*")), kind=Value(kind))
        .annotate(newest=Window(Max("finished_at" if kind == SENT_BACK else "started_at")))
        .order_by("started_at", "pk")[:limit]
        for kind, states in states_by_kind.items()
    ]
    rows = list(first.union(*others, all=True) if others else first)
    names = names_of({row.workflow_state for row in rows})
    by_kind = {kind: [row for row in rows if row.kind == kind] for kind in states_by_kind}
    return {
        kind: Waitings(items_of(ours, names), ours[0].total, ours[0].newest) if ours else Waitings((), 0)
        for kind, ours in by_kind.items()
    }


def items_of(states, names):
    return tuple(waiting_of(state, names) for state in states)


def names_of(workflow_states):
    """Return `{object id, as a string: name}` of the pages of workflow states, as the active language calls their drafts."""
    kinds = {state.content_type_id for state in workflow_states}
    keys = [int(state.object_id) for state in workflow_states]
    rows = Standing.objects.filter(content_type__in=kinds, object_id__in=keys).values_list("object_id", "names")
    return {str(key): names.get(current_language(), "") for key, names in rows}


def waiting_of(state, names):
    workflow_state = state.workflow_state
    is_sent_back = state.status == TaskState.STATUS_REJECTED
    return Waiting(
        page_id=int(workflow_state.object_id),
        name=names.get(workflow_state.object_id, ""),
        url=reverse("wagtailadmin_pages:edit", args=[workflow_state.object_id]),
        language=state.language,
        since=state.finished_at if is_sent_back else state.started_at,
        submitted_by=workflow_state.requested_by,
        comment=state.comment if is_sent_back else "",
        decided_by=state.finished_by,
    )
