"""Nothing waits for ever: a language that nobody can approve is passed over, and that is said."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, TaskState, WorkflowState

from review.models import LanguageTaskState
from review.passing_over import pass_over, pass_over_unattended
from review.review_log import PASSED_OVER
from tests.building import make_user, staff
from tests.reviews import (
    change,
    current_state,
    decide,
    language_task,
    publication_task,
    reviewer,
    steps,
    submit_change,
    waits_for,
    workflow_of,
)


def leave(person):
    person.is_active = False
    person.save()


def lose_the_language(person):
    person.languages = ["en"]
    person.save(update_fields=["languages"])


def lose_the_role(person):
    person.groups.clear()


def log_in(person):
    person.save(update_fields=["last_login"])


def entries(page):
    return [entry.data["language"] for entry in PageLogEntry.objects.filter(page=page.pk, action=PASSED_OVER).order_by("pk")]


@pytest.fixture
def french(home):
    return reviewer("fr")


def test_a_language_that_nobody_can_approve_is_passed_over_as_the_review_comes_to_it(french, standard):
    reviewer("nl", languages=[])
    leave(reviewer("nl"))
    state = submit_change(standard)
    assert waits_for(standard) == "fr" and dict(steps(state))["nl"] == "skipped"
    assert LanguageTaskState.objects.get(task=language_task("nl")).reason == LanguageTaskState.Reason.NOBODY
    assert entries(standard) == ["nl"]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("go", [leave, lose_the_language, lose_the_role, lambda person: person.delete()])
def test_when_the_last_person_goes_the_page_goes_on(go, french, standard, tasks_at_once):
    other = reviewer("fr")
    submit_change(standard)
    go(french)
    assert waits_for(standard) == "fr" and entries(standard) == ["nl"]
    go(other)
    assert waits_for(standard) == "publication" and entries(standard) == ["nl", "fr"]


def test_when_accounts_are_closed_in_bulk_the_page_goes_on(french, standard, tasks_at_once):
    submit_change(standard)
    url = reverse("wagtail_bulk_action", args=["newsroom", "user", "set_active_state"])
    assert staff().post(f"{url}?id={french.pk}", {"mark_as_active": "False"}).status_code == 302
    assert waits_for(standard) == "publication" and entries(standard) == ["nl", "fr"]


def test_a_step_that_is_gone_meanwhile_is_left_out(french, standard):
    key = submit_change(standard).current_task_state_id
    Page.objects.get(pk=standard.pk).delete()
    assert pass_over(key) is False


def test_when_the_group_goes_the_page_goes_on(french, standard, tasks_at_once):
    submit_change(standard)
    Group.objects.get(name="Reviewers").delete()
    assert waits_for(standard) == "publication"


def test_when_the_group_loses_the_admin_the_page_goes_on(french, standard, tasks_at_once):
    submit_change(standard)
    Group.objects.get(name="Reviewers").permissions.remove(Permission.objects.get(codename="access_admin"))
    assert waits_for(standard) == "publication" and entries(standard) == ["nl", "fr"]


def test_when_somebody_logs_in_or_is_new_nothing_is_looked_at(french, home, django_assert_num_queries, tasks_at_once):
    with django_assert_num_queries(1):
        log_in(french)


def test_every_night_what_was_missed_is_passed_over_once(french, standard):
    submit_change(standard)
    type(french).objects.filter(pk=french.pk).update(is_active=False)
    for said in ("Passed over 1 steps for which nobody is left.\n", "Passed over 0 steps for which nobody is left.\n"):
        printed = StringIO()
        call_command("pass_over_reviews", stdout=printed)
        assert printed.getvalue() == said
    assert waits_for(standard) == "publication"


def test_publication_stays_with_a_person_whoever_goes(home, standard):
    state = submit_change(standard)
    make_user("Publishers").groups.clear()
    assert pass_over_unattended.call() == 0 and waits_for(standard) == "publication"
    decide(standard, make_user())
    assert WorkflowState.objects.get(pk=state.pk).status == WorkflowState.STATUS_APPROVED


def test_the_last_word_of_a_workflow_of_languages_alone_stays_with_a_person_too(french, standard):
    workflow_of(language_task("fr"))
    submit_change(standard)
    type(french).objects.filter(pk=french.pk).update(is_active=False)
    assert pass_over_unattended.call() == 0 and waits_for(standard) == "fr"


def test_what_would_be_published_by_passing_over_and_may_not_be_goes_on_waiting(french, standard, caplog):
    publisher = make_user("Publishers")
    workflow_of(publication_task(), language_task("fr"))
    submit_change(standard)
    decide(standard, publisher)
    current = current_state(standard).current_task_state
    change(standard, {"summary": {"fr": ""}})
    TaskState.objects.filter(status=TaskState.STATUS_CANCELLED).update(status=TaskState.STATUS_APPROVED)
    type(french).objects.filter(pk=french.pk).update(is_active=False)
    assert pass_over_unattended.call() == 0
    assert current_state(standard).current_task_state == current and "could not be passed over" in caplog.text


def test_whoever_comes_to_approve_a_language_that_was_passed_over_is_asked_once_its_texts_change(home, standard):
    submit_change(standard)
    assert waits_for(standard) == "publication"
    french = reviewer("fr")
    change(standard, {"summary": {"nl": "Anders.", "fr": "Autre."}})
    decide(standard, make_user("Publishers"))
    assert waits_for(standard) == "fr"
    decide(standard, french)
    assert waits_for(standard) == "publication"
