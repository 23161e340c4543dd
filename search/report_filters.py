"""How staff narrow the list of what readers search for."""

import datetime

import django_filters
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

from directory.dates import format_day
from languages.codes import current_language
from search.models import SearchCount

YEAR = "year"
WITHOUT, WITH = "without", "with"


def radio(**options):
    """Return a filter of a few choices, with all of them first."""
    return django_filters.ChoiceFilter(empty_label=pgettext_lazy("filter", "All"), widget=forms.RadioSelect, **options)


def periods():
    """Return the choices of when: the last year, and every week of which something is known, newest first."""
    weeks = SearchCount.objects.order_by("-week").values_list("week", flat=True).distinct()
    return [(YEAR, _("The last 12 months")), *((str(week), week_in_words(week)) for week in weeks)]


def week_in_words(week):
    return _("The week of %(day)s") % {"day": format_day(week, current_language())}


def week_chosen(period):
    """Return the Monday that was chosen, None where it was another period."""
    return datetime.date.fromisoformat(period) if period and period != YEAR else None


class SearchFilterSet(WagtailFilterSet):
    """A period, a language, and whether something was found."""

    period = django_filters.ChoiceFilter(
        label=_("Period"), choices=periods, empty_label=_("The last 4 weeks"), method="unchanged"
    )
    language = radio(label=pgettext_lazy("filter", "Language"), choices=settings.LANGUAGES)
    result = radio(
        label=pgettext_lazy("filter", "Result"),
        choices=[(WITHOUT, _("Found nothing at least once")), (WITH, _("Always found something"))],
        method="by_result",
    )

    class Meta:
        model = SearchCount
        fields = ["period", "language", "result"]

    def unchanged(self, queryset, name, choice):
        """The report itself knows from when to when: without a choice too."""
        return queryset

    def by_result(self, queryset, name, choice):
        return queryset.filter(misses__gt=0) if choice == WITHOUT else queryset.filter(misses=0)
