"""A step for each language, and a workflow of Dutch, French and publication where the one that comes along was never changed.

English is a step that administrators may add: it never holds anything up, and most sites have nobody who approves it. A workflow
that somebody changed, made or assigned stays as it is, and pages that are in one go on in it.
"""

from django.db import migrations

STOCK = "Goedkeuring / Approbation / Approval"
NAME = "NL, FR, publicatie / publication"
PUBLICATION = "Publicatie / Publication"
LANGUAGES = {"nl": "NL", "fr": "FR", "en": "EN"}  # read alike in every language, as Wagtail prints names as they are stored
APPROVERS = ({"Publishers"}, {"Moderators"})  # of the workflow that comes along; a new site still has Wagtail's group
IN_REVIEW = ("in_progress", "needs_changes")


def make_task(apps, app, model, groups, **fields):
    """Make a task of a workflow that is approved by some groups."""
    kind, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model.lower())
    task = apps.get_model(app, model).objects.create(content_type=kind, **fields)
    task.groups.set(groups)
    return task


def untouched_workflow(apps):
    """Return the workflow that comes along with its one task, where nobody changed anything about it, else `(None, None)`."""
    workflow = apps.get_model("wagtailcore", "Workflow").objects.filter(name=STOCK, active=True).first()
    tasks = [step.task for step in workflow.workflow_tasks.all()] if workflow else []
    task = apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(pk__in=[one.pk for one in tasks]).first()
    is_untouched = (
        task
        and len(tasks) == 1
        and (task.name, task.active) == (STOCK, True)
        and {group.name for group in task.groups.all()} in APPROVERS
        and [one.page.depth for one in workflow.workflow_pages.select_related("page")] == [1]
        and not apps.get_model("wagtailcore", "WorkflowContentType").objects.filter(workflow=workflow).exists()
        and apps.get_model("wagtailcore", "Workflow").objects.count() == 1
    )
    return (workflow, task) if is_untouched else (None, None)


def add_steps(apps, schema_editor):
    reviewers, _created = apps.get_model("auth", "Group").objects.get_or_create(name="Reviewers")
    tasks = {
        code: make_task(apps, "review", "LanguageTask", [reviewers], name=name, language=code)
        for code, name in LANGUAGES.items()
    }
    stock, stock_task = untouched_workflow(apps)
    if stock:
        publication = make_task(apps, "wagtailcore", "GroupApprovalTask", stock_task.groups.all(), name=PUBLICATION)
        assign_pages(apps, stock, make_workflow(apps, NAME, [tasks["nl"], tasks["fr"], publication]))
        delete_unused(apps, stock, stock_task)


def make_workflow(apps, name, tasks):
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=name)
    step = apps.get_model("wagtailcore", "WorkflowTask")
    for place, task in enumerate(tasks):
        step.objects.create(workflow=workflow, task_id=task.pk, sort_order=place)
    return workflow


def assign_pages(apps, before, after):
    apps.get_model("wagtailcore", "WorkflowPage").objects.filter(workflow=before).update(workflow=after)


def delete_unused(apps, workflow, task):
    """Delete a workflow that no page was ever in; its histories need it otherwise."""
    if not apps.get_model("wagtailcore", "WorkflowState").objects.filter(workflow=workflow).exists():
        workflow.delete()
        task.delete()


def take_steps_away(apps, schema_editor):
    """Put the workflow of one step back; pages that are in the other one are drafts again, to be submitted anew.

    The group goes if nobody was put into it: the next upgrade makes it, with its rights.
    """
    apps.get_model("auth", "Group").objects.filter(name="Reviewers", user=None).delete()
    tasks, workflows = apps.get_model("review", "LanguageTask").objects, apps.get_model("wagtailcore", "Workflow").objects
    states = apps.get_model("wagtailcore", "WorkflowState").objects
    for workflow in workflows.filter(name=NAME):
        publication = apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(workflow_tasks__workflow=workflow).last()
        stock = workflows.filter(name=STOCK).first()
        if stock is None and publication:
            task = make_task(apps, "wagtailcore", "GroupApprovalTask", publication.groups.all(), name=STOCK)
            stock = make_workflow(apps, STOCK, [task])
        if stock:
            assign_pages(apps, workflow, stock)
        workflow.delete()
        if publication:
            publication.delete()
    states.filter(current_task_state__task__in=tasks.values("pk"), status__in=IN_REVIEW).update(status="cancelled")
    apps.get_model("wagtailcore", "Task").objects.filter(pk__in=list(tasks.values_list("pk", flat=True))).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("newsroom", "0007_name_the_workflow"),
        ("review", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(add_steps, take_steps_away)]
