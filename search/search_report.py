"""What readers search for, for staff: what was not found first."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import ModelPermissionPolicy

from languages.codes import current_language, name_in
from reporting.columns import NumberColumn
from reporting.retention import months_before
from reporting.spreadsheets import SafeExportMixin
from search.models import SearchCount
from search.report_filters import YEAR, SearchFilterSet, week_chosen
from search.search_counts import TIMES, monday

WEEKS, MONTHS = 4, 12


def mondays(period, today):
    """Return the first and the last Monday of the weeks of a period."""
    if week := week_chosen(period):
        return week, week
    first = months_before(today, MONTHS) if period == YEAR else today - timedelta(weeks=WEEKS - 1)
    return monday(first), monday(today)


class SearchesReport(SafeExportMixin, ReportView):
    """The questions of a period with how often each was asked and found nothing, a row for each language."""

    results_template_name = "search/searches_results.html"
    page_title = _("Searches")
    header_icon = "search"
    index_url_name = "searches_report"
    index_results_url_name = "searches_report_results"
    filterset_class = SearchFilterSet
    permission_policy = ModelPermissionPolicy(SearchCount)
    any_permission_required = ["view"]
    default_ordering = "-misses"
    columns = [
        Column("query", label=pgettext_lazy("column", "Question"), sort_key="query"),
        Column(
            "language",
            label=pgettext_lazy("column", "Language"),
            accessor=lambda row: name_in(row["language"], current_language()),
            sort_key="language",
        ),
        NumberColumn("asked", label=pgettext_lazy("column", "Searches"), sort_key="asked"),
        NumberColumn("misses", label=pgettext_lazy("column", "Without result"), sort_key="misses"),
    ]
    list_export = ["query", "language", "asked", "misses"]
    export_headings = {
        "query": pgettext_lazy("column", "Question"),
        "language": pgettext_lazy("column", "Language"),
        "asked": pgettext_lazy("column", "Searches"),
        "misses": pgettext_lazy("column", "Without result"),
    }
    export_filename = "searches"

    @cached_property
    def wanted(self):
        """What the filters ask for; nothing where they make no sense."""
        return self.filters.form.cleaned_data if self.filters.is_valid() else {}

    def get_base_queryset(self):
        """The questions of the period, as dictionaries."""
        within = SearchCount.objects.filter(week__range=mondays(self.wanted.get("period"), timezone.localdate()))
        return within.order_by().values("language", "query").annotate(asked=Sum("searches"), misses=Sum("without_result"))

    def order_queryset(self, queryset):
        return queryset.order_by(*dict.fromkeys((self.ordering, "-asked", "query", "language")))

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "times": TIMES, "months": settings.SEARCHES_MONTHS}
