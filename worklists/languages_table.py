"""The table of everything with what waits for whom: rows to choose, for which translations are asked, and a filter."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.ui.tables import BaseColumn

from differences.open_differences import with_differences
from differences.shown import differences_url
from languages.numbers import format_number
from newsroom.reports import standing_rows
from newsroom.reports.languages_filters import LanguagesFilterSet
from newsroom.reports.languages_report import LanguagesReport
from reporting.filters import choice_filter
from worklists.chosen_rows import PARAMETER, object_name
from worklists.rows import name_of
from worklists.waiting import waiting_rows

ME, BEGUN = "me", "begun"
# The hook of functions by which apps above add a button for chosen rows: given a user, a `ChosenAction` or None.
CHOSEN_ACTIONS = "register_actions_on_chosen_rows"


@dataclass(frozen=True, slots=True)
class ChosenAction:
    """A button, and the address that gets the names of chosen rows, and as `language` the one in the filter."""

    label: str
    url: str


class ChosenColumn(BaseColumn):
    """A box to choose a row, which belongs to the form above the table; an alias is not asked for, but its source."""

    header_template_name = "worklists/chosen_header.html"
    cell_template_name = "worklists/chosen_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        name = object_name(instance.content_type_id, instance.mirrors or instance.object_id)
        return {**context, "parameter": PARAMETER, "object_name": name, "name": name_of(instance)}


class DifferencesColumn(BaseColumn):
    """How many differences between its languages nobody has accepted, with a link to them; nothing where there is none."""

    cell_template_name = "worklists/differences_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        number = instance.differences
        url = differences_url(standing_rows.model_of(instance), instance.object_id) if number else None
        return {**context, "url": url, "value": format_number(number), "name": name_of(instance)}


class WorkFilterSet(LanguagesFilterSet):
    waits = choice_filter(
        label=pgettext_lazy("filter", "Waits"),
        choices=[(ME, pgettext_lazy("waits", "For me")), (BEGUN, pgettext_lazy("waits", "Begun by me"))],
        method="filter_waiting",
    )

    class Meta(LanguagesFilterSet.Meta):
        fields = [*LanguagesFilterSet.Meta.fields, "waits"]

    def filter_waiting(self, queryset, name, choice):
        """Leave what waits for somebody, in the order of their home unless they sort by a column, or what they have begun."""
        user = self.request.user
        if choice == BEGUN:
            return queryset.filter(begun__contains=[{"by": user.pk}])
        rows = waiting_rows(user)
        if self.data.get("ordering"):
            return queryset.filter(pk__in=rows.order_by().values("pk"))
        return rows.filter(pk__in=queryset.order_by().values("pk")).select_related("changed_by", "responsible")


class WorkReport(LanguagesReport):
    """The table of everything, from which translations are asked for."""

    filterset_class = WorkFilterSet
    results_template_name = "worklists/languages_report_results.html"
    columns = [
        ChosenColumn("chosen", label=""),
        *LanguagesReport.columns,
        DifferencesColumn("differences", label=pgettext_lazy("column", "Differences")),
    ]
    export_headings = {**LanguagesReport.export_headings, "differences": pgettext_lazy("column", "Differences")}

    def filter_queryset(self, queryset):
        return with_differences(super().filter_queryset(queryset))

    def get_context_data(self, **kwargs):
        actions = [make(self.request.user) for make in hooks.get_hooks(CHOSEN_ACTIONS)]
        return {
            **super().get_context_data(**kwargs),
            "ask_url": reverse("ask_for_translation"),
            "chosen_actions": [action for action in actions if action],
            "language": self.filter_values.get("language"),
        }
