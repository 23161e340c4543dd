"""What whoever submits or approves a page reads: where it goes on, and which language was passed over."""

from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import WorkflowState

from languages.codes import language_name
from review.models import LanguageTaskState
from review.steps import WAITING, people_words, steps_of

SUBMITTING = ("action-submit", "action-restart-workflow")


def say_where_it_goes_on(request, page):
    """Say for whom a page waits now, once somebody submitted it or decided about it; a hook after the editor's form."""
    is_submitting = any(name in request.POST for name in SUBMITTING)
    if not (is_submitting or request.POST.get("workflow-action-name") == "approve"):
        return
    state = WorkflowState.objects.for_instance(page).filter(status=WorkflowState.STATUS_IN_PROGRESS).first()
    if state is None or state.current_task_state is None:
        return
    if is_submitting:
        say_what_was_passed_over(request, state)
    elif state.current_task_state.task.specific.get_actions(page, request.user):
        return  # it waits for them, or still does: what was incomplete was not approved
    step = next((step for step in steps_of([state])[state] if step.state == WAITING), None)
    if step:
        messages.info(request, words_of_next(step))


def say_what_was_passed_over(request, state):
    skipped = LanguageTaskState.objects.filter(workflow_state=state, reason=LanguageTaskState.Reason.NOBODY)
    for language in dict.fromkeys(skipped.order_by("pk").values_list("task__languagetask__language", flat=True)):
        text = _("Nobody can approve the texts in %(language)s at the moment, so that step was passed over.")
        messages.warning(request, text % {"language": language_name(language)})


def words_of_next(step):
    """Return for whom a page waits, given the `Step` that waits."""
    values = {"step": step.name, "people": people_words(step.people)}
    if step.language:
        who = _("It now waits for approval in %(step)s, by %(people)s.")
        return (who if step.people else _("It now waits for approval in %(step)s, by an administrator.")) % values
    return (_("Next step: %(step)s, by %(people)s.") if step.people else _("Next step: %(step)s.")) % values
