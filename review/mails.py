"""Mails about a review: after the commit, each in the language of whoever gets it, as far as it is known (`mail_language`). One
that fails stops no other.

They stand in the place of Wagtail's, which name steps as they are stored, reach people who cannot approve, and are sent while
the page is still locked.
"""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.admin.utils import get_user_display_name
from wagtail.models import TaskState, WorkflowState

from languages.codes import language_name
from languages.user_language import mail_language
from newsroom.editing.decisions import cut
from review.models import draft_in_review
from review.people import is_last, people_of
from review.remarks import remarks_since

logger = logging.getLogger(__name__)
SUBMITTED, APPROVED, REJECTED = "submitted", "approved", "rejected"  # what a person can switch off in their account


@task()
def ask_for_approval(key, by):
    """Write to those who can decide about the step of the primary key `key`, but to whoever brought the page there (`by`)."""
    state = TaskState.objects.filter(pk=key, status=TaskState.STATUS_IN_PROGRESS).first()
    if state:
        mail_people(people_of(state.task).exclude(pk=by), SUBMITTED, state.workflow_state, words_of_request, state)


@task()
def tell_of_passing_over(key, by):
    """Write to whoever submitted a page that a language was passed over, unless they saw it happen."""
    state = TaskState.objects.filter(pk=key).first()
    if state:
        tell_submitter(state.workflow_state, by, SUBMITTED, words_of_passing_over, state.specific)


@task()
def tell_of_rejection(key, by):
    """Write to whoever submitted a page that it came back, with what was said about it."""
    workflow_state = WorkflowState.objects.filter(pk=key, status=WorkflowState.STATUS_NEEDS_CHANGES).first()
    if workflow_state and workflow_state.current_task_state:
        tell_submitter(workflow_state, by, REJECTED, words_of_rejection, workflow_state.current_task_state)


@task()
def tell_of_approval(key, by):
    """Write to whoever submitted a page that it was published."""
    workflow_state = WorkflowState.objects.filter(pk=key).first()
    if workflow_state:
        tell_submitter(workflow_state, by, APPROVED, words_of_approval, workflow_state)


def tell_submitter(workflow_state, by, setting, words, about):
    if workflow_state.requested_by_id not in (None, by):
        mail_people([workflow_state.requested_by], setting, workflow_state, words, about)


def mail_people(people, setting, workflow_state, words, about):
    """Write to those of `people` who have an address, are there, and did not switch such mails off.

    `words` is asked with the page and `about` for the subject and the paragraphs, once for each in their language.
    """
    page = draft_in_review(workflow_state)
    for person in people:
        profile = getattr(person, "wagtail_userprofile", None)
        if person.is_active and person.email and getattr(profile, f"{setting}_notifications", True):
            with translation.override(mail_language(person)):
                send(person, *words(page, about), page)


def send(person, subject, paragraphs, page):
    """Send one mail, in the active language, with the addresses of the form and of the choice to get no such mails."""
    form = settings.SITE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])
    account = settings.SITE_URL + reverse("wagtailadmin_account") + "#tab-notifications"
    closing = _("You choose which mails you get in your account: %(url)s") % {"url": account}
    try:
        send_mail(subject, "\n\n".join([*paragraphs, form, closing]), None, [person.email])
    except Exception:  # each kind of mail server fails in its own way
        logger.exception("A mail about page %s could not be sent.", page.pk)


def words_of_request(page, state):
    values = {"page": page.get_admin_display_title(), "who": name_of(state.workflow_state.requested_by)}
    language = getattr(state.task.specific, "language", None)
    if language:
        values["language"] = language_name(language)
        text = _("%(who)s submitted ‘%(page)s’. You approve its texts in %(language)s, or say what has to change.")
        return _("For approval in %(language)s: %(page)s") % values, [text % values]
    if is_last(state.task, state.workflow_state.workflow):
        text = _("%(who)s submitted ‘%(page)s’. It is published as soon as you approve it.")
        return _("Ready for publication: %(page)s") % values, [text % values]
    text = _("%(who)s submitted ‘%(page)s’. You approve it, or say what has to change.")
    return _("For approval: %(page)s") % values, [text % values]


def words_of_passing_over(page, state):
    values = {"page": page.get_admin_display_title(), "language": language_name(state.task.specific.language)}
    text = _(
        "Nobody can approve the texts in %(language)s of ‘%(page)s’ at the moment, so that step was passed over. An "
        "administrator decides who approves that language."
    )
    return _("Passed over in %(language)s: %(page)s") % values, [text % values]


def words_of_rejection(page, state):
    values = {"page": page.get_admin_display_title(), "who": name_of(state.finished_by), "comment": cut(state.comment)}
    language = getattr(state.task.specific, "language", None)
    if language:
        values["language"] = language_name(language)
        paragraphs = [_("%(who)s asks for changes to ‘%(page)s’ in %(language)s: ‘%(comment)s’") % values]
    else:
        paragraphs = [_("%(who)s asks for changes to ‘%(page)s’: ‘%(comment)s’") % values]
    if remarks := remarks_since(page, state.started_at, state.finished_by):
        paragraphs.append("\n".join([_("Beside the texts stands:"), *(f"- {remark}" for remark in remarks)]))
    return _("Sent back: %(page)s") % values, paragraphs


def words_of_approval(page, workflow_state):
    values = {"page": page.get_admin_display_title()}
    return _("Published: %(page)s") % values, [_("‘%(page)s’, which you submitted, was approved and is published.") % values]


def name_of(user):
    return get_user_display_name(user) if user else _("Somebody who has left")
