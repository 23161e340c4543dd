"""Differences between languages, for those who may work on what they stand in."""

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.permissions import page_permission_policy

from differences.models import Difference
from differences.open_differences import with_reason
from differences.other_objects import other_place
from differences.shown import differences_url
from differences.words import language_pair, sides_of
from languages.codes import LANGUAGES, current_language
from languages.twin_checks.mismatch import Check
from newsroom.reports import standing_rows
from newsroom.reports.languages_filters import kind_choices
from reporting.filters import ReportFilterSet, choice_filter, language_filter
from reporting.views import Report
from staff_notes.places import field_label

OPEN, ACCEPTED = "open", "accepted"


class DifferencesFilterSet(ReportFilterSet):
    """Differences by whether they were accepted, by check, by language, theirs or the twin's, and by kind."""

    state = choice_filter(
        label=pgettext_lazy("filter", "State"),
        choices=[(OPEN, pgettext_lazy("differences", "Open")), (ACCEPTED, pgettext_lazy("differences", "Accepted"))],
        method="filter_state",
    )
    check = choice_filter(field_name="kind", label=pgettext_lazy("filter", "Check"), choices=Check.choices)
    language = language_filter(method="filter_language")
    kind = choice_filter(label=pgettext_lazy("filter", "Kind"), choices=kind_choices, method="filter_kind")

    class Meta:
        model = Difference
        fields = ["state", "check", "language", "kind"]

    def filter_state(self, queryset, name, state):
        return queryset.filter(reason__isnull=state == OPEN)

    def filter_language(self, queryset, name, language):
        return queryset.filter(Q(language=language) | Q(twin=language))

    def filter_kind(self, queryset, name, label):
        app, model = label.split(".")
        return queryset.filter(standing__content_type__app_label=app, standing__content_type__model=model)


class PlaceColumn(BaseColumn):
    """Where it stands, with a link to the text in its form."""

    cell_template_name = "differences/place_cell.html"


class SidesColumn(BaseColumn):
    """What the one language says, and what the other."""

    cell_template_name = "differences/sides_cell.html"


class DifferencesReport(Report):
    """One row a difference, by name of what it stands in."""

    slug = "differences"
    page_title = _("Differences between languages")
    header_icon = "view"
    menu_order = 15
    results_template_name = "differences/report_results.html"
    filterset_class = DifferencesFilterSet
    permission_policy = page_permission_policy
    any_permission_required = standing_rows.WITH_PAGES
    is_searchable = True
    search_fields = [f"standing__names__{code}" for code in LANGUAGES]
    columns = [
        PlaceColumn("place", label=pgettext_lazy("column", "Page or entry"), classname="title", width="30%"),
        Column("kind_label", label=pgettext_lazy("column", "Check"), width="15%"),
        Column("pair", label=pgettext_lazy("column", "Languages"), width="15%"),
        SidesColumn("sides", label=pgettext_lazy("column", "What differs")),
    ]
    export_headings = {
        "place": pgettext_lazy("column", "Page or entry"),
        "text": pgettext_lazy("column", "Text"),
        "kind_label": pgettext_lazy("column", "Check"),
        "pair": pgettext_lazy("column", "Languages"),
        "said": pgettext_lazy("column", "What differs"),
        "reason": pgettext_lazy("column", "Accepted because"),
    }

    def get_base_queryset(self):
        """The differences, each with the reason for which it was accepted, None where it was not, and `sees_other`."""
        rows = standing_rows.visible_to(self.request.user)
        visible = Difference.objects.holding().filter(standing__in=rows)
        sees_other = Exists(rows.filter(pk=OuterRef("elsewhere__standing")))
        return with_reason(visible.select_related("standing", "elsewhere__standing").annotate(sees_other=sees_other))

    def filter_queryset(self, queryset):
        """Leave out what was accepted, unless somebody asks for it."""
        filtered = super().filter_queryset(queryset)
        return filtered if self.filter_values.get("state") else filtered.filter(reason=None)

    def order_queryset(self, queryset):
        return queryset.order_by(F(f"standing__order__{current_language()}").asc(), "standing", "position")

    def decorate_paginated_queryset(self, object_list):
        return [decorate(difference, self.request.user) for difference in object_list]

    def to_row_dict(self, item):
        decorate(item, self.request.user)
        return {field: getattr(item, field) for field in self.list_export}


def decorate(difference, user):
    """Add to a difference what the columns and the spreadsheet show of it. Makes no query."""
    standing = difference.standing
    difference.place = standing.names.get(current_language(), "")
    difference.text = field_label(standing_rows.model_of(standing), difference.address)
    difference.url = standing_rows.form_at(standing, user, difference.address, difference.language)
    difference.accept_url = differences_url(standing_rows.model_of(standing), standing.object_id, difference.key)
    difference.other = other_of(difference, user)
    if difference.other and not difference.sees_other:
        difference.there = []
        difference.reason = difference.reason and difference.other.says  # which may quote the other text
    difference.pair, difference.sides = language_pair(difference), sides_of(difference)
    said = [f"{code.upper()}: {words}" for code, words in difference.sides]
    difference.said = " / ".join([*said, difference.other.says] if difference.other else said)
    return difference


def other_of(difference, user):
    """Return the `OtherPlace` of a difference with another object, None within one object."""
    if difference.elsewhere is None:
        return None
    row = difference.elsewhere.standing if difference.sees_other else None
    return other_place(row, difference.elsewhere_address, difference.twin, user)
