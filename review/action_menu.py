"""The buttons of the editor: a decision comes first for whoever is asked for it, and pages are submitted in plain words."""

from django.utils.translation import gettext as _
from wagtail.admin.action_menu import SubmitForModerationMenuItem, WorkflowMenuItem
from wagtail.models import WorkflowState

from review.calls import calls

SUBMIT = SubmitForModerationMenuItem.name


class SubmitItem(SubmitForModerationMenuItem):
    """Submits a page, or submits it again after changes: Wagtail names a workflow and its steps as they are stored."""

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        page = context.get("page")
        state = page.current_workflow_state if page and page.pk else None
        is_back = state and state.status == WorkflowState.STATUS_NEEDS_CHANGES
        context["label"] = _("Submit again for approval") if is_back else _("Submit for approval")
        return context


def name_the_buttons(menu_items, request, context):
    """Put our item in the place of Wagtail's."""
    menu_items[:] = [SubmitItem(order=item.order) if item.name == SUBMIT else item for item in menu_items]


def put_decisions_first(menu_items, request, context):
    """Let whoever is asked for a decision find it before all else: approval is the button that shows."""
    decisions = [item for item in menu_items if isinstance(item, WorkflowMenuItem)]
    if decisions and calls(context["page"].current_workflow_task, request.user):
        decisions.sort(key=lambda item: item.name != "approve" or item.launch_modal)
        menu_items[:] = decisions + [item for item in menu_items if item not in decisions]
