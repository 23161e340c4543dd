"""The workflow of languages: it comes where the one that came along was never changed, and nothing that staff made is lost."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Task, Workflow, WorkflowPage, WorkflowState

from newsroom.accounts.roles import make_groups
from review.models import LanguageTask
from tests.building import make_user
from tests.reviews import NAMES, decide, language_task, reviewer, submit, submit_change, waits_for

migration = importlib.import_module("review.migrations.0002_workflow_by_language")


@pytest.fixture
def before(home):
    """The workflow as the release before knew it: one step, for publishers, on all pages."""
    migration.take_steps_away(apps, None)
    return Workflow.objects.get()


def upgrade():
    migration.add_steps(apps, None)
    make_groups()  # whose rights other migrations give


def step_names(workflow):
    return [task.name for task in workflow.tasks]


def assigned_workflow():
    return Page.objects.get(depth=1).workflowpage.workflow


def test_taken_back_the_workflow_is_what_it_was(before):
    assert (before.name, step_names(before)) == (migration.STOCK, [migration.STOCK])
    assert [group.name for group in GroupApprovalTask.objects.get().groups.all()] == ["Publishers"]
    assert assigned_workflow() == before and not LanguageTask.objects.exists() and Task.objects.count() == 1


def test_a_workflow_that_was_never_used_makes_room_for_that_of_languages(before):
    upgrade()
    workflow = Workflow.objects.get()
    assert step_names(workflow) == [NAMES["nl"], NAMES["fr"], migration.PUBLICATION] and assigned_workflow() == workflow
    assert {task.name: [group.name for group in task.groups.all()] for task in GroupApprovalTask.objects.all()} == {
        migration.PUBLICATION: ["Publishers"]
    }
    groups = {task.language: [group.name for group in task.groups.all()] for task in LanguageTask.objects.all()}
    assert groups == {code: ["Reviewers"] for code in NAMES}


def test_a_page_in_review_goes_on_in_its_workflow_and_the_next_one_has_the_new(before, standard):
    state = submit(standard)
    upgrade()
    reviewer("nl")
    state.refresh_from_db()
    assert state.workflow == before and step_names(before) == [migration.STOCK] and waits_for(standard) == "publication"
    decide(standard, make_user("Publishers"))
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED
    submit_change(standard)
    assert waits_for(standard) == "nl" and assigned_workflow().name == migration.NAME


def rename(workflow):
    Workflow.objects.update(name="Onze workflow")


def rename_the_step(workflow):
    Task.objects.update(name="Onze stap")


def add_a_group(workflow):
    GroupApprovalTask.objects.get().groups.add(Group.objects.create(name="Juristen"))


def add_a_step(workflow):
    task = GroupApprovalTask.objects.create(name="Juristen")
    workflow.workflow_tasks.add(apps.get_model("wagtailcore", "WorkflowTask")(task=task, sort_order=5))
    workflow.save()


def add_a_workflow(workflow):
    Workflow.objects.create(name="Tweede")


def assign_it_elsewhere(workflow):
    WorkflowPage.objects.filter(workflow=workflow).delete()
    WorkflowPage.objects.create(workflow=workflow, page=Page.objects.get(depth=2))


def switch_it_off(workflow):
    workflow.deactivate()


@pytest.mark.parametrize(
    "touch", [rename, rename_the_step, add_a_group, add_a_step, add_a_workflow, assign_it_elsewhere, switch_it_off]
)
def test_a_workflow_that_somebody_changed_stays_as_it_is_and_the_steps_are_there_to_be_added(touch, before):
    touch(before)
    workflows = list(Workflow.objects.order_by("pk").values())
    steps, pages = step_names(before), list(WorkflowPage.objects.values())
    upgrade()
    assert list(Workflow.objects.order_by("pk").values()) == workflows
    assert (step_names(before), list(WorkflowPage.objects.values())) == (steps, pages)
    assert [language_task(code).name for code in NAMES] == list(NAMES.values())


def test_a_new_site_has_wagtails_own_group_when_it_comes(before):
    Group.objects.filter(name="Publishers").update(name="Moderators")
    upgrade()
    assert assigned_workflow().name == migration.NAME


def test_taken_back_a_page_that_waits_for_a_language_is_a_draft_again_and_can_be_submitted_anew(before, standard):
    upgrade()
    reviewer("nl")
    submit_change(standard)
    assert waits_for(standard) == "nl"
    migration.take_steps_away(apps, None)
    assert waits_for(standard) is None and Page.objects.get(pk=standard.pk).has_unpublished_changes
    submit(standard)
    assert waits_for(standard) == "publication"
