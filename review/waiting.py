"""What a review asks of a person: what waits for their approval, what was sent back to them, what they can publish; and
what they submitted and others decide about.

Each has so many items at most as are asked for, what waits longest first, and says how many there are in all. They make
one query together, whatever there is.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, Count, Exists, F, Max, OuterRef, Q, Subquery, TextField, Value, Window
from django.db.models.functions import Cast
from django.urls import reverse
from wagtail.models import GroupApprovalTask, TaskState, WorkflowState, WorkflowTask
from wagtail.permissions import page_permission_policy

from languages.codes import current_language
from languages.rights import languages_to_write, staff, writes_all
from languages.standing import Standing
from newsroom.editing.decisions import cut
from review.models import LanguageTask
from review.people import step_name

LIMIT = 10
APPROVAL, READY, SENT_BACK, SUBMITTED = KINDS = "approval", "ready", "sent_back", "submitted"


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A page of which a review asks something of somebody: its key, its name in the active language, the address of its form,
    the language that is looked at (None for a step that belongs to none, such as publication), the step as
    `review.people.step_name` says it, since when, who submitted it.

    `total` is how many there are of its kind, and `newest` since when the last of them all waits. `comment` is why it was sent
    back, `decided_by` who did so.
    """

    page_id: int
    name: str
    url: str
    language: str | None
    step: str
    since: datetime
    total: int
    newest: datetime
    submitted_by: object = None
    comment: str = ""
    decided_by: object = None


def review_items(user, limit=LIMIT):
    """Return the first `ReviewItem`s, `limit` at most, of each kind: `{APPROVAL: […], READY: […], …}`.

    The first is what somebody can approve and goes on to others then, such as the texts of their language; the second what
    readers see once somebody approves it; the third what somebody submitted and came back, with the comment, and the
    fourth what they submitted and others decide about.
    """
    decidable = decidable_by(user)
    parts = [
        first_of(APPROVAL, decidable.exclude(is_last_step()), "started_at", limit),
        first_of(READY, decidable.filter(is_last_step()), "started_at", limit),
        first_of(SENT_BACK, submitted_and_sent_back(user), "finished_at", limit),
        first_of(SUBMITTED, waiting_for_others(user, decidable), "started_at", limit),
    ]
    rows = list(parts[0].union(*parts[1:], all=True))
    return {kind: [review_item(row) for row in rows if row.kind == kind] for kind in KINDS}


def first_of(kind, states, since, limit):
    """Return the first of a queryset of task states, which wait from the moment in the column `since` on."""
    step = {"names": names_of_draft(), "step": F("task__name"), "is_last": is_last_step()}
    columns = {**step, "since": F(since), "total": Window(Count("*")), "newest": Window(Max(since)), "kind": Value(kind)}
    states = states.select_related("workflow_state__requested_by", "finished_by")
    return states.annotate(language=F("task__languagetask__language"), **columns).order_by("since", "pk")[:limit]


def submitted_and_sent_back(user):
    """Return the task states at which what somebody submitted came back; of those who have gone, it came back to all.

    All are those who may change the page in every language.
    """
    came_back = TaskState.objects.filter(
        workflow_state__status=WorkflowState.STATUS_NEEDS_CHANGES, workflow_state__current_task_state=F("pk")
    )
    is_theirs = Q(workflow_state__requested_by=user)
    if writes_all(user):
        pages = page_permission_policy.instances_user_has_permission_for(user, "change").order_by()
        keys = pages.values_list(Cast("pk", TextField()))
        has_gone = ~Q(workflow_state__requested_by__in=staff().values("pk"))
        is_theirs |= has_gone & Q(workflow_state__object_id__in=keys)
    return came_back.filter(is_theirs)


def undecided_states():
    """Return the task states that wait for a decision."""
    return TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__status=WorkflowState.STATUS_IN_PROGRESS
    )


def waiting_for_others(user, decidable):
    """Return the task states at which what somebody submitted waits, but for those about which they can decide themselves."""
    return undecided_states().filter(workflow_state__requested_by=user).exclude(pk__in=decidable.values("pk"))


def decidable_by(user):
    """Return the task states about which somebody can decide now."""
    waiting = undecided_states()
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


def names_of(workflow_states):
    """Return `{object id, as a string: name}` of the pages of workflow states, as the active language calls their drafts."""
    kinds = {state.content_type_id for state in workflow_states}
    keys = [int(state.object_id) for state in workflow_states]
    rows = Standing.objects.filter(content_type__in=kinds, object_id__in=keys).values_list("object_id", "names")
    return {str(key): names.get(current_language(), "") for key, names in rows}


def names_of_draft():
    """Return what a draft is called in each language, for a queryset of task states."""
    state = "workflow_state__"
    key = Cast(OuterRef(f"{state}object_id"), BigIntegerField())
    rows = Standing.objects.filter(content_type=OuterRef(f"{state}content_type"), object_id=key)
    return Subquery(rows.values("names")[:1])


def review_item(state):
    """Return the `ReviewItem` of a task state as `first_of` has it."""
    workflow_state = state.workflow_state
    is_sent_back = state.status == TaskState.STATUS_REJECTED
    return ReviewItem(
        page_id=int(workflow_state.object_id),
        name=(state.names or {}).get(current_language(), ""),
        url=reverse("wagtailadmin_pages:edit", args=[workflow_state.object_id]),
        language=state.language,
        step=step_name(state.language, state.step, state.is_last),
        since=state.since,
        total=state.total,
        newest=state.newest,
        submitted_by=workflow_state.requested_by,
        comment=cut(state.comment) if is_sent_back else "",
        decided_by=state.finished_by,
    )
