"""How often pages are visited, for staff: over days or months, by language and by page."""

from datetime import timedelta

from babel.dates import format_date
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import TitleColumn
from wagtail.permissions import ModelPermissionPolicy

from audience.models import Visit
from audience.report_filters import VisitFilterSet
from drawings.bars import bars
from languages.codes import LANGUAGES, current_language, name_in
from pages.models import SitePage
from reporting.columns import NumberColumn
from reporting.filters import YEAR
from reporting.retention import months_before
from reporting.views import Report

DAYS, MONTHS = 30, 12


def first_days_of(period, today):
    """Return the days, or the first days of the months, of the period that ends today."""
    if period == YEAR:
        return [months_before(today.replace(day=1), number) for number in reversed(range(MONTHS))]
    return [today - timedelta(days=number) for number in reversed(range(DAYS))]


def visits_by_step(visits, period, first_days):
    """Return (first day of a step, visits by language in the order of `LANGUAGES`) for every step, with one query."""
    step = TruncMonth("day") if period == YEAR else F("day")
    summed = visits.annotate(step=step).order_by().values_list("step", "language").annotate(Sum("count"))
    numbers = {(day, language): number for day, language, number in summed}
    return [(day, [numbers.get((day, language), 0) for language in LANGUAGES]) for day in first_days]


class VisitsReport(Report):
    """The pages with their visits in a period, most visited first, below a chart of all of them together."""

    slug = "visits"
    page_title = _("Visits")
    header_icon = "view"
    menu_order = 100
    results_template_name = "audience/visits_results.html"
    filterset_class = VisitFilterSet
    permission_policy = ModelPermissionPolicy(Visit)
    default_ordering = "-visits_total"
    columns = [
        TitleColumn(
            "page",
            label=pgettext_lazy("column", "Page"),
            accessor="get_admin_display_title",
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
        ),
        *(NumberColumn(f"visits_{code}", label=code.upper(), sort_key=f"visits_{code}") for code in LANGUAGES),
        NumberColumn("visits_total", label=pgettext_lazy("visits", "Total"), sort_key="visits_total"),
    ]

    @cached_property
    def first_days(self):
        return first_days_of(self.filter_values.get("period"), timezone.localdate())

    def visits(self, prefix=""):
        """Return the condition on visits that the filters make, seen from a visit or, with a prefix, from a page."""
        condition = Q(**{f"{prefix}day__gte": self.first_days[0], f"{prefix}day__lte": timezone.localdate()})
        language = self.filter_values.get("language")
        return condition & Q(**{f"{prefix}language": language}) if language else condition

    def get_base_queryset(self):
        """All pages, those without visits too, with their visits by language."""
        in_period = self.visits("visits__")
        sums = {
            f"visits_{code}": Coalesce(Sum("visits__count", filter=in_period & Q(visits__language=code)), 0)
            for code in LANGUAGES
        }
        return SitePage.objects.for_links().annotate(**sums, visits_total=Coalesce(Sum("visits__count", filter=in_period), 0))

    def order_queryset(self, queryset):
        return queryset.order_by(self.ordering, "path")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context if self.is_export else {**context, **self.chart()}

    def chart(self):
        """Return the bars, and the same numbers as a table: (step, by language, together)."""
        visits = Visit.objects.filter(self.visits())
        if section := self.filter_values.get("section"):
            visits = visits.filter(page__path__startswith=section.path)
        steps = visits_by_step(visits, self.filter_values.get("period"), self.first_days)
        names = [capfirst(name_in(code, current_language())) for code in LANGUAGES]
        totals = [sum(numbers) for numbers in zip(*(numbers for _day, numbers in steps), strict=True)]
        return {
            "bars": bars([(self.format_day(day, "short"), numbers) for day, numbers in steps]),
            "languages": list(zip(LANGUAGES, names, totals, strict=True)),
            "rows": [(self.format_day(day, "long"), numbers, sum(numbers)) for day, numbers in reversed(steps)],
            "total": sum(totals),
        }

    def format_day(self, day, length):
        """Write the first day of a step, as briefly as below an axis or in full."""
        is_year = self.filter_values.get("period") == YEAR
        pattern = {"short": "MMM" if is_year else "d MMM", "long": "MMMM y" if is_year else "EEEE d MMMM y"}[length]
        return format_date(day, pattern, locale=current_language())
