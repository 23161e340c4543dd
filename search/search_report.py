"""What readers search for, for staff: what was not found first."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.permissions import ModelPermissionPolicy

from languages.codes import current_language, name_in
from reporting.columns import NumberColumn
from reporting.filters import YEAR
from reporting.retention import months_before
from reporting.views import Report
from search.models import SearchCount
from search.report_filters import SearchFilterSet, monday_of
from search.search_counts import MIN_TIMES, monday

WEEKS, MONTHS = 4, 12


def mondays(period, today):
    """Return the first and the last Monday of the weeks of a period."""
    if week := monday_of(period):
        return week, week
    first = months_before(today, MONTHS) if period == YEAR else today - timedelta(weeks=WEEKS - 1)
    return monday(first), monday(today)


class SearchesReport(Report):
    """The questions of a period with how often each was asked and found nothing, a row for each language."""

    slug = "searches"
    page_title = _("Searches")
    header_icon = "search"
    menu_order = 110
    results_template_name = "search/searches_results.html"
    filterset_class = SearchFilterSet
    permission_policy = ModelPermissionPolicy(SearchCount)
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

    def get_base_queryset(self):
        """The questions of the period, as dictionaries."""
        weeks = mondays(self.filter_values.get("period"), timezone.localdate())
        counts = SearchCount.objects.filter(week__range=weeks)
        return counts.order_by().values("language", "query").annotate(asked=Sum("searches"), misses=Sum("without_result"))

    def order_queryset(self, queryset):
        return queryset.order_by(*dict.fromkeys((self.ordering, "-asked", "query", "language")))

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "times": MIN_TIMES, "months": settings.SEARCHES_MONTHS}
