"""The buttons of the editor that submit a page: Wagtail's name a workflow and its steps as they are stored."""

from django.utils.translation import gettext as _
from wagtail.admin.action_menu import SubmitForModerationMenuItem
from wagtail.models import WorkflowState

SUBMIT = SubmitForModerationMenuItem.name


class SubmitItem(SubmitForModerationMenuItem):
    """Submits a page, or submits it again after changes."""

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
