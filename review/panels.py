"""What a review asks of whoever opens the form of a page, above it."""

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel
from wagtail.models import TaskState

from languages.codes import language_name
from newsroom.editing.decisions import cut
from pages.lag_log import words_of_given_reason
from review.calls import calls
from review.mails import name_of
from review.people import is_last

MAX_REMARKS = 3  # the newest of what was said with earlier decisions
DECIDED = (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED)


class DecisionPanel(Panel):
    """Asks somebody to decide about the page: who submitted it, what was said before, and where to see what changed.

    A reason for publishing it although a text is behind stands there too.
    """

    class BoundPanel(Panel.BoundPanel):
        template_name = "review/decision_panel.html"

        @cached_property
        def task_state(self):
            """The step that the page waits at; None where it waits at none."""
            return self.instance.current_workflow_task_state if self.instance.pk else None

        def is_shown(self):
            if not super().is_shown() or self.task_state is None:
                return False
            task, user = self.task_state.task.specific, self.request.user
            return bool(task.get_actions(self.instance, user)) and calls(task, user)

        def show_panel_furniture(self):
            """Say no, so that it stands above the tabs of a form and is no tab itself."""
            return False

        def get_context_data(self, parent_context=None):
            state = self.task_state.workflow_state
            decided = state.task_states.filter(status__in=DECIDED).exclude(comment="").select_related("finished_by")
            return {
                **super().get_context_data(parent_context),
                "page": self.instance,
                "question": words_of_question(self.task_state),
                "submission": words_of_submission(state),
                "reason": words_of_given_reason(self.instance),
                "remarks": [words_of_remark(one) for one in decided.order_by("-finished_at")[:MAX_REMARKS]],
            }


def words_of_question(task_state):
    """Return what a step asks of those who decide about it."""
    task = task_state.task.specific
    language = getattr(task, "language", None)
    if language:
        return _("You are asked to approve the texts in %(language)s.") % {"language": language_name(language)}
    if is_last(task, task_state.workflow_state.workflow):
        return _("This page is ready to be published: that happens as soon as you approve it.")
    return _("You are asked to approve this page in the step ‘%(step)s’.") % {"step": task.name}


def words_of_submission(workflow_state):
    values = {"who": name_of(workflow_state.requested_by), "when": day_of(workflow_state.created_at)}
    return _("%(who)s submitted it on %(when)s.") % values


def words_of_remark(task_state):
    """Return what somebody said who approved the page in another step, or sent it back before."""
    values = {
        "who": name_of(task_state.finished_by),
        "when": day_of(task_state.finished_at),
        "comment": cut(task_state.comment),
    }
    if task_state.status == TaskState.STATUS_REJECTED:
        return _("%(who)s sent it back on %(when)s: ‘%(comment)s’") % values
    return _("%(who)s approved it on %(when)s: ‘%(comment)s’") % values


def day_of(moment):
    return date_format(localtime(moment), "SHORT_DATE_FORMAT")
