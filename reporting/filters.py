"""Filters that several reports have."""

import django_filters
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet

YEAR = "year"


class ReportFilterSet(WagtailFilterSet):
    """Filters of which some say what the report itself looks for: they have `method="leave_unchanged"`."""

    def leave_unchanged(self, queryset, name, choice):
        return queryset


def choice_filter(**options):
    """Return a filter of a few choices, with all of them first."""
    return django_filters.ChoiceFilter(empty_label=pgettext_lazy("filter", "All"), widget=forms.RadioSelect, **options)


def language_filter(**options):
    return choice_filter(label=pgettext_lazy("filter", "Language"), choices=settings.LANGUAGES, **options)


def period_filter(**options):
    """Return a filter that says which period the report is about."""
    return django_filters.ChoiceFilter(label=_("Period"), method="leave_unchanged", **options)
