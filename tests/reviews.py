"""Pages in review, without the forms: drafts that are changed and submitted, and people who decide."""

from wagtail.log_actions import LogContext
from wagtail.models import GroupApprovalTask, Page, TaskState, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from languages.units import put
from review.models import LanguageTask
from tests.building import make_user

NAMES = {"nl": "NL", "fr": "FR", "en": "EN"}  # of the steps that come along
TEXTS = {"summary": {"nl": "Nieuw.", "fr": "Nouveau."}}


def reviewer(language, **values):
    return make_user("Reviewers", language, **values)


def language_task(language):
    return LanguageTask.objects.get(language=language)


def publication_task():
    return GroupApprovalTask.objects.get(name="Publicatie / Publication")


def change(page, texts=TEXTS, user=None):
    """Save a draft of a page in which texts say something else, as a person who is done with them; return it."""
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    put(draft, texts)
    draft.save_revision(user=user)
    return draft


def excuse(page, user=None):
    """Give a reason why a text may be behind in the latest draft of a page."""
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.excuse("Zo is het goed.")
    draft.save_revision(user=user)


def submit(page, user=None):
    """Submit a page; return the state of its workflow."""
    page = Page.objects.get(pk=page.pk).specific
    user = user or make_user("Editors")
    with LogContext(user):  # as in the admin
        return page.get_workflow().start(page, user)


def submit_change(page, texts=TEXTS, user=None):
    return submit(change(page, texts, user), user)


def steps(state):
    """Return what became of each language and of publication, in the order of the workflow: [("nl", "approved"), …]."""
    tasks = {task.pk: getattr(task, "language", None) for task in state.workflow.tasks.specific()}
    newest = {one.task_id: one.status for one in state.task_states.order_by("pk")}
    return [(language, newest.get(key)) for key, language in tasks.items()]


def waits_for(page):
    """Return the language whose approval a page waits for, "publication" for that, None where it waits for none."""
    state = current_state(page)
    if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
        return None
    return getattr(state.current_task_state.task.specific, "language", "publication")


def current_state(page):
    return Page.objects.get(pk=page.pk).current_workflow_state


def decide(page, user, action="approve", comment=""):
    """Let somebody decide about the step that a page waits for, as the admin does."""
    decide_about(current_state(page).current_task_state, user, action, comment)


def decide_about(task_state, user, action="approve", comment=""):
    """Let somebody decide about a step, whatever the page waits for by now."""
    state = TaskState.objects.get(pk=task_state.pk).specific
    with LogContext(user):
        state.task.specific.on_action(state, user, action, comment=comment)


def resume(page, user):
    """Submit a page again that was sent back."""
    with LogContext(user):
        current_state(page).resume(user)


def public_version(page):
    """Return a page as readers see it."""
    return Page.objects.get(pk=page.pk).specific


def workflow_of(*tasks):
    """Assign a workflow of some tasks to all pages, in place of the one that is there; return it."""
    workflow = Workflow.objects.create(name="Eigen")
    for place, task in enumerate(tasks):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=place)
    WorkflowPage.objects.update(workflow=workflow)
    return workflow
