"""The home of each role: what waits for somebody, what they began or asked for, what is due. Empty panels are left out."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from review.waiting import APPROVAL, READY, SENT_BACK, SUBMITTED
from worklists.home_work import BEGUN, CHANGED, REVIEW, HomeWork
from worklists.rows import (
    asked_row,
    begun_row,
    changed_row,
    decision_row,
    differences_row,
    draft_comment_row,
    message_row,
    review_row,
    sent_back_row,
    submitted_row,
    waiting_row,
)
from worklists.work_panel import WorkKind, WorkPanel


def list_url(name, **filters):
    return f"{reverse(name)}?{urlencode(filters)}"


def sent_back_url(work):
    """Return the address of the report of what somebody submitted; of everybody where something was submitted by another."""
    is_own = all(item.submitted_by == work.user for item in work.reviews[SENT_BACK])
    whose = {"requested_by": work.user.pk} if is_own else {}
    return list_url("wagtailadmin_reports:workflow", status="needs_changes", **whose)


def review_dates_url(work):
    whose = {} if work.is_publisher else {"responsible": "me"}
    return list_url("languages_report", review="overdue", **whose)


def differences_report_url(work):
    language = {"language": work.own_languages[0]} if len(work.own_languages) == 1 else {}
    return list_url("differences_report", **language)


KINDS = (
    WorkKind(
        "sent_back",
        15,
        _("Sent back to you"),
        find=lambda work: work.reviews[SENT_BACK],
        make_row=lambda item, work: sent_back_row(item, work.user),
        all_url=sent_back_url,
    ),
    WorkKind(
        "approval",
        20,
        _("Waiting for your approval"),
        find=lambda work: work.reviews[APPROVAL],
        make_row=lambda item, work: decision_row(item),
        all_url=lambda work: list_url("wagtailadmin_reports:workflow", reviewable="true"),
    ),
    WorkKind(
        "ready",
        25,
        _("Ready to be published"),
        find=lambda work: work.reviews[READY],
        make_row=lambda item, work: decision_row(item),
        all_url=lambda work: list_url("wagtailadmin_reports:workflow", reviewable="true"),
    ),
    WorkKind(
        "waiting",
        30,
        _("Waiting for you"),
        find=lambda work: work.waiting,
        make_row=lambda item, work: waiting_row(item, work.user, work.own_languages, work.waiting_requests(item)),
        all_url=lambda work: list_url("languages_report", waits="me"),
    ),
    WorkKind(
        "begun",
        40,
        _("Begun by you"),
        find=lambda work: work.rows_by_kind[BEGUN],
        make_row=lambda item, work: begun_row(item, work.user),
        all_url=lambda work: list_url("languages_report", waits="begun"),
    ),
    WorkKind(
        "submitted",
        45,
        _("Submitted by you"),
        find=lambda work: work.reviews[SUBMITTED],
        make_row=lambda item, work: submitted_row(item),
        all_url=lambda work: list_url("wagtailadmin_reports:workflow", status="in_progress", requested_by=work.user.pk),
    ),
    WorkKind(
        "asked",
        50,
        _("Asked for by you"),
        find=lambda work: work.asked,
        make_row=lambda item, work: asked_row(item, work.user),
        all_url=lambda work: list_url("translation-requests_report", whose="asked"),
    ),
    WorkKind(
        "draft_comments",
        55,
        _("Comments on drafts that you shared"),
        find=lambda work: work.draft_comments,
        make_row=lambda item, work: draft_comment_row(item),
    ),
    WorkKind(
        "differences",
        58,
        _("Differences between languages"),
        find=lambda work: work.differences,
        make_row=lambda item, work: differences_row(item),
        all_url=differences_report_url,
    ),
    # What whoever looks after it has to look at again; of those who publish, of everybody.
    WorkKind(
        "review_dates",
        60,
        _("Past their review date"),
        find=lambda work: work.rows_by_kind[REVIEW],
        make_row=lambda item, work: review_row(item, work.user),
        all_url=review_dates_url,
    ),
    WorkKind(
        "messages",
        70,
        _("Messages without an answer"),
        find=lambda work: work.messages,
        make_row=lambda item, work: message_row(item, work.user),
        all_url=lambda work: list_url("messages:index", state="open"),
    ),
    # No work, but the way back to it.
    WorkKind(
        "changed",
        200,
        _("Changed by you last"),
        find=lambda work: work.rows_by_kind[CHANGED],
        make_row=lambda item, work: changed_row(item, work.user),
        is_counted=False,
    ),
)
# Nothing of readers goes into a mail, and nothing that somebody has begun themselves.
MAILED = {"sent_back", "approval", "ready", "waiting", "asked", "draft_comments"}


class NothingWaitsPanel(Component):
    """A line in place of all that is empty."""

    name = "nothing_waits"
    order = 10
    template_name = "worklists/nothing_waits.html"


def panels_for(user):
    """Return the panels of somebody's home that say something, or the one that says that nothing waits."""
    work = HomeWork(user)
    panels = [panel for panel in (WorkPanel(kind, work) for kind in KINDS) if panel.objects]
    return panels if any(panel.kind.is_counted for panel in panels) else [NothingWaitsPanel(), *panels]


def panels_of_mail(work):
    """Return the panels of which the daily mail tells."""
    return [WorkPanel(kind, work) for kind in KINDS if kind.name in MAILED]
