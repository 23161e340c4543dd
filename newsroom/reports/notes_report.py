"""The notes for staff, by page and person, and what must be filled in before the site goes live."""

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, F, OuterRef, Subquery, When
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import BaseColumn, DateColumn
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from languages.codes import LANGUAGES, current_language
from languages.standing import Standing
from newsroom.reports.languages_columns import ResponsibleColumn
from newsroom.reports.languages_report import page_type_keys
from newsroom.reports.missing_rows import missing_rows_for
from newsroom.reports.notes_filters import NotesFilterSet
from reporting.views import Report
from staff_notes.models import TEXTS, kind_of_carrier
from staff_notes.permissions import form_url, visible_to
from staff_notes.places import field_label
from staff_notes.shown_notes import notes_url_of


class CarrierColumn(BaseColumn):
    """What a note is about, with a link to that place in its form."""

    cell_template_name = "newsroom/note_carrier_cell.html"


class NoteColumn(BaseColumn):
    """The note, with a link to where it is changed and settled."""

    cell_template_name = "newsroom/note_cell.html"


class NotesReport(Report):
    """One row a note; above them what is missing, which is exported along with them."""

    slug = "staff-notes"
    page_title = _("Notes and gaps")
    header_icon = "clipboard-list"
    menu_order = 20
    results_template_name = "newsroom/notes_report_results.html"
    filterset_class = NotesFilterSet
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change"]
    is_searchable = True
    search_fields = [f"text_{code}" for code in LANGUAGES]
    table_classname = "listing staff-notes-table"
    columns = [
        CarrierColumn("place", label=pgettext_lazy("column", "Page or entry"), classname="title", width="25%"),
        NoteColumn("note", label=pgettext_lazy("column", "Note"), width="45%"),
        ResponsibleColumn("responsible", label=_("Person responsible")),
        DateColumn("created_at", label=pgettext_lazy("column", "Date"), width="10%"),
    ]
    export_headings = {
        "place": pgettext_lazy("column", "Page or entry"),
        "about_label": pgettext_lazy("column", "About"),
        "text": pgettext_lazy("column", "Note"),
        "find_out": _("To find out"),
        "who": _("Who could know"),
        "responsible_name": _("Person responsible"),
        "created_at": pgettext_lazy("column", "Date"),
    }

    def get_base_queryset(self):
        """The notes with the row of the table of languages of what they are about: its name, kind and person."""
        return visible_to(self.request.user).annotate(
            name=standing_expression(f"names__{current_language()}"),
            order=standing_expression(f"order__{current_language()}"),
            kind=standing_expression("content_type"),
            responsible_key=standing_expression("responsible"),
        )

    def filter_queryset(self, queryset):
        """Leave out what is settled, unless somebody asks for it."""
        filtered = super().filter_queryset(queryset)
        return filtered if self.filter_values.get("state") else filtered.open()

    def order_queryset(self, queryset):
        """Put pages first, then entries and settings, each by name."""
        return queryset.order_by(Case(When(content_type=kind_of_carrier(Page), then=0), default=1), F("order").asc(), "pk")

    def decorate_paginated_queryset(self, object_list):
        return note_rows(list(object_list), self.request.user)

    @cached_property
    def missing_rows(self):
        return missing_rows_for(self.request.user)

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "missing_rows": self.missing_rows}

    def as_spreadsheet(self, queryset, spreadsheet_format):
        return super().as_spreadsheet([*self.missing_rows, *queryset], spreadsheet_format)

    def to_row_dict(self, item):
        return {field: getattr(item, field) for field in self.list_export}


def standing_expression(field):
    """Return the expression of a column of the row that the table of languages has of what a note is about."""
    rows = Standing.objects.filter(object_id=OuterRef("object_id"))
    page_rows, other_rows = rows.filter(content_type__in=page_type_keys()), rows.filter(content_type=OuterRef("content_type"))
    when_page = When(content_type=kind_of_carrier(Page), then=Subquery(page_rows.values(field)[:1]))
    return Case(when_page, default=Subquery(other_rows.values(field)[:1]))


def note_rows(notes, user):
    """Return notes with what the columns show of them, with one query for people and one for entries without texts."""
    people = get_user_model().objects.in_bulk({note.responsible_key for note in notes if note.responsible_key})
    names = names_without_standing(notes)
    for note in notes:
        model = ContentType.objects.get_for_id(note.kind or note.content_type_id).model_class()
        note.place = note.name or names[note.content_type_id, note.object_id]
        note.about_label = field_label(model, note.about)
        note.url = form_url(user, model, note.object_id, note.about)
        note.notes_url = notes_url_of(model, note.object_id)
        note.texts = {name: note.shown_text(name) for name in TEXTS}
        for name, shown in note.texts.items():
            setattr(note, name, shown.text)
        note.responsible, note.responsible_id = people.get(note.responsible_key), note.responsible_key
        note.responsible_name = get_user_display_name(note.responsible) if note.responsible else ""
    return notes


def names_without_standing(notes):
    """Return the names of what is in no table of languages, such as people, by kind and key, with a query for each kind."""
    keys = {}
    for note in notes:
        if not note.name:
            keys.setdefault(note.content_type_id, set()).add(note.object_id)
    objects = {
        kind: ContentType.objects.get_for_id(kind).model_class()._default_manager.in_bulk(pks) for kind, pks in keys.items()
    }
    return {(kind, key): str(one) for kind, by_key in objects.items() for key, one in by_key.items()}
