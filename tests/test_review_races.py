"""Decisions at the same moment: one counts, and nothing is published of what was not approved."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, TaskState

from newsroom.models import User
from review.models import LanguageTaskState
from review.passing_over import pass_over_unattended
from tests.building import make_home, make_standard, make_user
from tests.racing import outcomes
from tests.reviews import (
    change,
    current_state,
    decide,
    decide_about,
    language_task,
    public_version,
    reviewer,
    submit_change,
    waits_for,
)

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def close(user):
    """Close an account without a word, as nobody has noticed yet."""
    User.objects.filter(pk=user.pk).update(is_active=False)


def save(page, texts):
    """Save a draft as the form does: nobody else has the page until it is there."""
    with transaction.atomic():
        Page.objects.select_for_update(no_key=True).get(pk=page.pk)
        change(page, texts)


def draft_of(page):
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def approvals(language):
    return LanguageTaskState.objects.filter(task=language_task(language), status=TaskState.STATUS_APPROVED).count()


def test_two_people_who_approve_at_the_same_moment_give_one_approval():
    home = make_home()
    one, other = reviewer("nl"), reviewer("nl")
    reviewer("fr")
    for number in range(3):
        page = make_standard(home, f"page {number}")
        submit_change(page)
        errors = outcomes(lambda page=page: decide(page, one), lambda page=page: decide(page, other))
        assert [type(error) for error in errors if error] == [PermissionDenied]
        assert waits_for(page) == "fr" and approvals("nl") == number + 1


def test_two_publishers_who_approve_from_their_home_at_the_same_moment_publish_once():
    home = make_home()
    clients = Client(), Client()
    for client in clients:
        client.force_login(make_user("Publishers"))
    page = make_standard(home)
    submit_change(page)
    state = current_state(page).current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    assert outcomes(*(lambda client=client: client.post(url, {"comment": ""}) for client in clients)) == [None, None]
    assert public_version(page).summary_nl == "Nieuw."
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.workflow.approve").count() == 1


def test_an_approval_and_the_passing_over_of_the_same_step_end_it_once():
    home = make_home()
    for number in range(3):
        dutch = reviewer("nl")
        page = make_standard(home, f"page {number}")
        state = submit_change(page).current_task_state
        close(dutch)  # and `dutch` itself is who was let in a moment ago
        refused, failed = outcomes(lambda state=state, dutch=dutch: decide_about(state, dutch), pass_over_unattended.call)
        assert failed is None and isinstance(refused, PermissionDenied | None)
        ended = LanguageTaskState.objects.get(task=language_task("nl"), workflow_state__object_id=str(page.pk))
        assert ended.status == (TaskState.STATUS_SKIPPED if refused else TaskState.STATUS_APPROVED)
        assert waits_for(page) == "publication"


def test_what_is_saved_at_the_moment_of_the_last_approval_is_not_published_unseen():
    home = make_home()
    reviewer("nl"), reviewer("fr")
    client = Client()
    client.force_login(make_user("Publishers"))
    for number in range(3):
        page = make_standard(home, f"page {number}")
        submit_change(page)
        for _language in ("nl", "fr"):
            decide(page, make_user())
        state = current_state(page).current_task_state
        url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
        later = {"summary": {"nl": "Ongezien.", "fr": "Pas vu."}}
        assert outcomes(
            lambda url=url: client.post(url, {"comment": ""}), lambda page=page, later=later: save(page, later)
        ) == [None, None]
        published = public_version(page).summary_nl
        assert published == "Nieuw." or (published == page.summary_nl and waits_for(page) == "nl")
        assert draft_of(page).summary_nl == "Ongezien."


def test_what_is_saved_while_a_step_is_passed_over_is_approved_before_it_is_published():
    home = make_home()
    reviewer("fr")
    publisher = make_user("Publishers")
    for number in range(5):
        dutch = reviewer("nl")
        page = make_standard(home, f"page {number}")
        submit_change(page, {"summary": {"nl": "Nieuw."}})
        close(dutch)
        later = {"summary": {"fr": "Pas vu."}}
        assert outcomes(lambda page=page, later=later: save(page, later), pass_over_unattended.call) == [None, None]
        assert draft_of(page).summary_fr == "Pas vu."
        if waits_for(page) == "publication":  # French had not changed yet
            decide(page, publisher)
        assert waits_for(page) == "fr" and public_version(page).summary_fr == page.summary_fr
