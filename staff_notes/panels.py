"""The notes on an object above its form."""

from wagtail.admin.panels import Panel

from staff_notes.models import StaffNote
from staff_notes.shown_notes import notes_for_display, notes_url


class StaffNotesPanel(Panel):
    """What staff noted about the page, entry or settings of the form. It holds no field: notes are no part of a revision."""

    def __init__(self, **kwargs):
        super().__init__(**{"classname": "staff-notes-panel", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "staff_notes/panel.html"

        def is_shown(self):
            return super().is_shown() and self.instance.pk is not None

        def show_panel_furniture(self):
            """Say no, so that it stands above the tabs of a form and is no tab itself."""
            return False

        def get_context_data(self, parent_context=None):
            notes = StaffNote.objects.of(self.instance).open().select_related("author")
            return {
                **super().get_context_data(parent_context),
                "notes": notes_for_display(notes, self.instance, self.request.user),
                "notes_url": notes_url(self.instance),
            }


def with_notes_panel(handler):
    """Put the notes between the bar of languages and the tabs of a group of panels that is bound to a model."""
    handler.children.insert(1, StaffNotesPanel().bind_to_model(handler.model))
    return handler
