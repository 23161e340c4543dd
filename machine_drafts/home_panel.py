"""How much of this month was sent to the translation service, on the home of publishers, who see to it that it suffices."""

from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy

from machine_drafts.services import is_ready
from machine_drafts.words import use_words


class UsePanel(Component):
    """One line, by one query. Without a service, and for whoever does not publish, it is not there."""

    name = "machine_drafts"
    order = 95
    template_name = "machine_drafts/use_panel.html"

    def get_context_data(self, parent_context):
        return {"use": use_words()}

    def render_html(self, parent_context=None):
        user = parent_context["request"].user
        if not is_ready() or not page_permission_policy.user_has_permission(user, "publish"):
            return ""
        return super().render_html(parent_context)
