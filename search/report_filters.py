"""How staff narrow the list of what readers search for."""

import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.dates import format_day
from languages.codes import current_language
from reporting.filters import YEAR, ReportFilterSet, choice_filter, language_filter, period_filter
from search.models import SearchCount

WITHOUT, WITH = "without", "with"


def periods():
    """Return the choices of when: the last year, and every week of which something is known, newest first."""
    weeks = SearchCount.objects.order_by("-week").values_list("week", flat=True).distinct()
    return [(YEAR, _("The last 12 months")), *((str(week), week_label(week)) for week in weeks)]


def week_label(week):
    return _("The week of %(day)s") % {"day": format_day(week, current_language())}


def monday_of(period):
    """Return the Monday of a week that was chosen as the period, None of another period."""
    return datetime.date.fromisoformat(period) if period and period != YEAR else None


class SearchFilterSet(ReportFilterSet):
    """A period, a language, and whether something was found."""

    period = period_filter(choices=periods, empty_label=_("The last 4 weeks"))
    language = language_filter()
    result = choice_filter(
        label=pgettext_lazy("filter", "Result"),
        choices=[(WITHOUT, _("Found nothing at least once")), (WITH, _("Always found something"))],
        method="filter_result",
    )

    class Meta:
        model = SearchCount
        fields = ["period", "language", "result"]

    def filter_result(self, queryset, name, choice):
        return queryset.filter(misses__gt=0) if choice == WITHOUT else queryset.filter(misses=0)
