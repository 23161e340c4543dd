"""The guide on the home of the admin, whose screen has no header to lead from."""

from wagtail.admin.ui.components import Component

from guide.own_chapters import chapter_links


class GuidePanel(Component):
    """One line: the chapters about the home, and all of them. No query."""

    name = "guide"
    order = 900
    template_name = "guide/home_panel.html"

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        return {"links": chapter_links(request.path, request.user)}
