"""What there is to do, on the admin's home: how the languages stand, notes for staff, what must be filled in."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import npgettext
from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy

from languages.codes import OFFICIAL, current_language, name_in
from newsroom.reports import standing_rows
from newsroom.reports.missing_rows import missing_rows_for
from newsroom.reports.notes_report import NotesReport
from staff_notes.permissions import visible_to


class LanguagesPanel(Component):
    """A line a language, each part a link to what it counts. Uses one query; shown to those who may edit pages."""

    name = "languages"
    order = 90
    template_name = "newsroom/languages_panel.html"

    def get_context_data(self, parent_context):
        counts = standing_rows.count_states(parent_context["request"].user)
        lines = [
            (
                capfirst(name_in(code, current_language())),
                [state_link(code, state, number) for state, number in numbers.items() if number],
            )
            for code, numbers in counts.items()
        ]
        return {"lines": [(name, links) for name, links in lines if links], "url": reverse("languages_report")}

    def render_html(self, parent_context=None):
        user = parent_context["request"].user
        if not page_permission_policy.user_has_any_permission(user, standing_rows.WITH_PAGES):
            return ""
        return super().render_html(parent_context)


def state_link(language, state, number):
    """Return `(icon, words, address)` of one part of a line."""
    url = f"{reverse('languages_report')}?{urlencode({'language': language, 'state': state})}"
    return standing_rows.ICONS[state], link_label(language, state, number), url


def link_label(language, state, number):
    """Say of how many pages and entries a language is in that state."""
    if state == standing_rows.BEHIND:
        text = npgettext("pages", "%(number)s behind", "%(number)s behind", number)
    elif state == standing_rows.OPEN:
        text = npgettext("pages", "%(number)s in translation", "%(number)s in translation", number)
    elif language in OFFICIAL:
        text = npgettext("pages", "%(number)s incomplete", "%(number)s incomplete", number)
    else:
        text = npgettext("pages", "%(number)s not fully translated", "%(number)s not fully translated", number)
    return standing_rows.with_number(text, number)


class NotesPanel(Component):
    """How many notes are open, and how much is missing, of what somebody may change; nothing where that is nothing."""

    name = "staff_notes"
    order = 91
    template_name = "newsroom/notes_panel.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        missing = missing_rows_for(user)
        return {
            "notes": visible_to(user).open().count(),
            "missing": len(missing),
            "by_law": sum(row.is_law for row in missing),
            "url": reverse(NotesReport.url_name()),
        }

    def render_html(self, parent_context=None):
        user = parent_context["request"].user
        if not NotesReport.permission_policy.user_has_any_permission(user, NotesReport.any_permission_required):
            return ""
        return super().render_html(parent_context)
