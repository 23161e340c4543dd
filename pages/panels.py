"""Panels of the page editor that belong to no field of the model."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class ReasonPanel(FieldPanel):
    """Why a page is published although a text is behind; there only where one is."""

    def __init__(self, **kwargs):
        kwargs.setdefault("heading", _("Published while a text is behind"))
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
