"""Decisions at the same moment: one counts, and nothing is published of what was not approved."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry, TaskState

from review.models import LanguageTaskState
from review.passing_over import pass_over_unattended
from tests.building import make_home, make_standard, make_user
from tests.racing import outcomes
from tests.reviews import change, current_state, decide, language_task, public_version, reviewer, submit_change, waits_for

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


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
        submit_change(page)
        type(dutch).objects.filter(pk=dutch.pk).update(is_active=False)
        person = type(dutch).objects.get(pk=dutch.pk)
        person.is_active = True  # who was let in a moment ago
        outcomes(lambda page=page, person=person: decide(page, person), pass_over_unattended.call)
        ended = LanguageTaskState.objects.filter(task=language_task("nl"), workflow_state__object_id=str(page.pk))
        assert ended.exclude(status=TaskState.STATUS_IN_PROGRESS).count() == 1 == ended.count()
        assert waits_for(page) == "publication"


def test_what_is_saved_at_the_moment_of_the_last_approval_is_not_published_unseen():
    home = make_home()
    reviewer("nl"), reviewer("fr")
    publisher = make_user("Publishers")
    for number in range(3):
        page = make_standard(home, f"page {number}")
        submit_change(page)
        for _language in ("nl", "fr"):
            decide(page, make_user())
        later = {"summary": {"nl": "Ongezien.", "fr": "Pas vu."}}
        outcomes(lambda page=page: decide(page, publisher), lambda page=page, later=later: change(page, later))
        assert public_version(page).summary_nl != "Ongezien."
