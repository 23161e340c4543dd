"""For whom a step of a workflow waits, and in which words the step is named."""

from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, Task

from languages.codes import language_name
from languages.rights import languages_to_write, staff
from review.models import LanguageTask


def people_of(task):
    """Return the staff who decide about a step; where a step of no language has none, the administrators."""
    task = task.specific
    if isinstance(task, LanguageTask):
        return task.people()
    if not isinstance(task, GroupApprovalTask):
        return staff().none()
    members = staff().filter(groups__in=task.groups.all()).distinct()
    return members if members.exists() else staff().filter(is_superuser=True)


def approves_languages(user):
    """Say whether a step of a workflow asks somebody to approve the texts of a language; one query."""
    tasks = LanguageTask.objects.filter(active=True, groups__in=user.groups.all(), language__in=languages_to_write(user))
    return tasks.exists()


def is_last(task, workflow):
    """Say whether no step of a workflow comes after this one: what is approved there is published."""
    steps = Task.objects.filter(workflow_tasks__workflow=workflow, active=True)
    last = steps.order_by("workflow_tasks__sort_order").last()
    return last is not None and last.pk == task.pk  # of a task, Wagtail has two kinds of instances


def step_name(language, name, is_last_step):
    """Return the name of a step in the active language: by its language, as publication where it is the last, else `name`."""
    if language:
        return language_name(language)
    return _("publication") if is_last_step else name
