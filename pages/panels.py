"""Panels of the page editor that belong to no field of the model."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel

# The hook of functions that return a panel, by which apps above add to the forms of all pages, below the notes for staff.
ABOVE_THE_TABS = "register_panel_above_the_tabs"
NOTES = 1  # the place of the notes among the children of a form


def with_panels_of_apps(handler):
    """Put the panels that apps add below the notes of a group of panels that is bound to a model."""
    panels = [make().bind_to_model(handler.model) for make in hooks.get_hooks(ABOVE_THE_TABS)]
    handler.children[NOTES + 1 : NOTES + 1] = panels
    return handler


class ReasonPanel(FieldPanel):
    """Why a page is published although a text is behind or in translation; there only where one is."""

    def __init__(self, **kwargs):
        kwargs.setdefault("heading", _("Published while a text is behind or in translation"))
        # Whoever submits a text gives a reason, also who changes nothing but texts (`static/js/editor/read_only.js`).
        kwargs.setdefault("attrs", {"data-everybodys": ""})
        super().__init__("publishing_reason", disable_comments=True, required_on_save=False, **kwargs)

    def clone_kwargs(self):
        kwargs = super().clone_kwargs()
        for settled in ("field_name", "disable_comments", "required_on_save", "widget", "permission", "read_only"):
            kwargs.pop(settled, None)
        return kwargs

    def get_comparison_class(self):
        return None  # it is asked for anew, and is no part of a revision

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self):
            return super().is_shown() and self.form.asks_for_reason
