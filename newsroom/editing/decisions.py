"""Decisions in a workflow, as the editor of a page takes and shows them."""

import json

from django import forms
from django.core.validators import MaxLengthValidator
from django.shortcuts import redirect
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.pages import workflow
from wagtail.forms import TaskStateCommentForm
from wagtail.models import Page, WorkflowState

from newsroom.malformed_requests import is_storable
from pages import address_writer

REJECT = "reject"  # Wagtail's name of what its button calls "Request changes"
MAX_COMMENT_LENGTH = 500  # it stands on homes, in mails and in reports


def cut(comment):
    """Return as much of a comment as others are shown at once: there was no limit earlier, nor is there one beside a text."""
    return Truncator(comment).chars(MAX_COMMENT_LENGTH)


class CommentField(forms.CharField):
    """A comment of some sentences. A browser that knew the limit would cut off what is pasted, and not say so."""

    widget = forms.Textarea({"rows": 2})
    default_validators = [MaxLengthValidator(MAX_COMMENT_LENGTH)]


class ApprovalForm(TaskStateCommentForm):
    comment = CommentField(label=gettext_lazy("Comment"), required=False)


class RequestChangesForm(TaskStateCommentForm):
    """Asks for the comment: whoever submitted the page has to know what to change."""

    comment = CommentField(
        label=gettext_lazy("Comment"), error_messages={"required": gettext_lazy("Write what has to change.")}
    )


class RequestChangesMixin:
    """Wagtail's dialogues for a decision: their forms are ours, and what is decided is not decided anew."""

    def get_form_class(self):
        return {REJECT: RequestChangesForm, "approve": ApprovalForm}.get(self.action_name) or super().get_form_class()

    def dispatch(self, request, *args, **kwargs):
        if request.method == "POST" and self.task.get_actions(self.object, request.user):
            self.wait_for_others()
        if not self.is_awaited():
            self.add_not_in_moderation_error()
            return self.lead_on()
        return super().dispatch(request, *args, **kwargs)

    def wait_for_others(self):
        """Let whoever decides about the page at the same moment come first, and look at it again."""
        address_writer.lock()  # before any row, as the last approval publishes
        Page.objects.select_for_update(no_key=True).get(pk=self.object.pk)
        self.task_state = self.get_task_state()

    def is_awaited(self):
        """Say whether the step is one of this very page, and still waits for a decision."""
        is_own = self.task_state.workflow_state.object_id == str(self.object.pk)
        return is_own and self.task_state.status == self.task_state.STATUS_IN_PROGRESS

    def lead_on(self):
        """Lead to where the dialogue came from, as Wagtail's script or a browser expects it."""
        if self.request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return self.render_modal_json(self.request, {"step": "success", "redirect": self.redirect_url})
        return redirect(self.redirect_url)


class WorkflowAction(RequestChangesMixin, workflow.WorkflowAction):
    pass


class CollectWorkflowActionData(RequestChangesMixin, workflow.CollectWorkflowActionData):
    pass


class WorkflowMixin:
    """Decisions about a page, from its editor: what is decided no more changes nothing, and what was asked for is said."""

    def get(self, request, *args, **kwargs):
        state = self.workflow_state
        task = state.current_task_state if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES else None
        if task:
            who = get_user_display_name(task.finished_by) if task.finished_by else _("somebody")
            text = _("%(who)s asked for changes: ‘%(comment)s’") if task.comment else _("%(who)s asked for changes.")
            messages.warning(request, text % {"who": who, "comment": cut(task.comment)})
        return super().get(request, *args, **kwargs)

    def workflow_action_is_valid(self):
        """Say whether the page waits for this decision of this person, and the form says it as Wagtail's script does."""
        data = self.request.POST
        action, comment = data.get("workflow-action-name"), parse_comment(data.get("workflow-action-extra-data", "{}"))
        is_complete = action and comment is not None and (comment.strip() or action != REJECT)
        return bool(is_complete and self.page.current_workflow_task) and super().workflow_action_is_valid()

    def form_valid(self, form):
        is_decision = "action-workflow-action" in self.request.POST and not self.expects_json_response
        if is_decision and self.action_name == "save":
            messages.warning(
                self.request,
                _("Nothing was decided: this page no longer waits for your decision. What you typed is saved as a draft."),
            )
        return super().form_valid(form)

    def add_save_confirmation_message(self):
        """Say what was decided, where Wagtail says that the page was changed."""
        if self.action_name != "perform_workflow_action":
            return super().add_save_confirmation_message()
        waits = Page.objects.filter(pk=self.page.pk, has_unpublished_changes=True).exists()
        texts = {
            "approve": _("‘%(page)s’ is approved.") if waits else _("‘%(page)s’ is approved and published."),
            REJECT: _("You asked for changes to ‘%(page)s’. The page is back with whoever submitted it."),
        }
        message = texts.get(self.workflow_action)
        if message is None:
            return super().add_save_confirmation_message()
        return messages.success(self.request, message % {"page": self.page.get_admin_display_title()})


def parse_comment(data):
    """Return the comment in the JSON that goes with a decision, "" where it has none; None where no dialogue would send it."""
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        return None
    comment = values.get("comment", "") if isinstance(values, dict) and set(values) <= {"comment"} else None
    is_valid = isinstance(comment, str) and is_storable(comment) and len(comment) <= MAX_COMMENT_LENGTH
    return comment if is_valid else None
