"""A step or a workflow that an administrator takes out of use: nobody reads what nobody approved."""

import pytest
from django.urls import reverse
from wagtail.models import Workflow

from tests.building import make_standard, make_user
from tests.editor import messages_of, parsed_page, translate
from tests.publishing import fresh
from tests.reviews import (
    current_state,
    decide,
    language_task,
    publication_task,
    reviewer,
    submit_change,
    waits_for,
    workflow_of,
)


@pytest.fixture
def administrator(client, home):
    client.force_login(make_user(None, "nl"))
    return client


def disable(client, task):
    return client.post(reverse("wagtailadmin_workflows:disable_task", args=[task.pk]))


def is_active(task):
    return type(task).objects.get(pk=task.pk).active


def test_a_step_after_which_a_page_would_be_published_is_not_disabled_while_one_waits_there(administrator, standard):
    people = {code: reviewer(code) for code in ("nl", "fr")}
    submit_change(standard)
    for code, person in people.items():
        assert waits_for(standard) == code
        decide(standard, person)
    answer = disable(administrator, publication_task())
    assert waits_for(standard) == "publication" and is_active(publication_task())
    assert fresh(standard).summary_nl != "Nieuw."
    (message,) = messages_of(answer)
    assert "1 pagina" in message and reverse("wagtailadmin_reports:workflow_tasks") in message
    asked = administrator.get(reverse("wagtailadmin_workflows:disable_task", args=[publication_task().pk]))
    assert asked.status_code == 302, "Nobody is asked whether they are sure."
    decide(standard, make_user("Publishers"))
    assert fresh(standard).summary_nl == "Nieuw."
    disable(administrator, publication_task())
    assert not is_active(publication_task())


def test_no_page_waits_for_its_last_language_alone_and_is_published_by_disabling_it(administrator, standard):
    reviewer("nl"), reviewer("fr")
    workflow_of(language_task("nl"), language_task("fr"))
    submit_change(standard, {"summary": {"nl": "Nieuw."}})
    disable(administrator, language_task("nl"))
    assert waits_for(standard) == "nl" and fresh(standard).summary_nl != "Nieuw."


def test_a_language_before_publication_is_disabled_and_its_pages_go_on(administrator, home, standard):
    reviewer("nl")
    other = make_standard(home, "other")
    for page in (standard, other):
        submit_change(page)
    disable(administrator, language_task("nl"))
    assert not is_active(language_task("nl"))
    assert waits_for(standard) == waits_for(other) == "publication"


def test_whoever_disables_a_workflow_reads_that_its_pages_are_lost(administrator, standard):
    reviewer("nl")
    submit_change(standard)
    workflow = Workflow.objects.get()
    url = reverse("wagtailadmin_workflows:disable", args=[workflow.pk])
    lost = translate("Pages lose this workflow. Whoever enables it again has to choose its pages anew.", "nl")
    assert lost in parsed_page(administrator.get(url)).text_content()
    administrator.post(url)
    assert current_state(standard) is None and fresh(standard).summary_nl != "Nieuw."
    assert lost not in parsed_page(administrator.get(url)).text_content()
