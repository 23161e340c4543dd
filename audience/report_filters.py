"""How staff narrow lists of what readers told us."""

import django_filters
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from audience.models import Feedback
from pages.models import SitePage

WITH, WITHOUT = "with", "without"
YEAR = "year"


def sections(request):
    """The pages directly below the home page."""
    return SitePage.objects.filter(depth=3).for_links().order_by("path")


def answered_pages(request):
    """The pages on which anybody gave feedback."""
    return SitePage.objects.filter(pk__in=Feedback.objects.values("page")).for_links().order_by("path")


def radio(**options):
    """Return a filter of a few choices, with all of them first."""
    return django_filters.ChoiceFilter(empty_label=pgettext_lazy("filter", "All"), widget=forms.RadioSelect, **options)


class FeedbackFilterSet(WagtailFilterSet):
    section = django_filters.ModelChoiceFilter(label=pgettext_lazy("filter", "Section"), queryset=sections, method="below")
    page = django_filters.ModelChoiceFilter(label=pgettext_lazy("filter", "Page"), queryset=answered_pages)
    language = radio(label=pgettext_lazy("filter", "Language"), choices=settings.LANGUAGES)
    was_useful = radio(
        label=_("Was the page useful?"),
        choices=[("True", pgettext_lazy("answer", "Yes")), ("False", pgettext_lazy("answer", "No"))],
    )
    comment = radio(
        label=pgettext_lazy("filter", "Comment"),
        choices=[(WITH, _("With a comment")), (WITHOUT, _("Without a comment"))],
        method="commented",
    )
    moment = django_filters.DateFromToRangeFilter(label=_("Period"), widget=DateRangePickerWidget)

    class Meta:
        model = Feedback
        fields = ["section", "page", "language", "was_useful", "comment", "moment"]

    def below(self, queryset, name, section):
        return queryset.filter(page__path__startswith=section.path)

    def commented(self, queryset, name, choice):
        return queryset.exclude(comment="") if choice == WITH else queryset.filter(comment="")


class VisitFilterSet(WagtailFilterSet):
    """A period, a language and a section."""

    period = django_filters.ChoiceFilter(
        label=_("Period"),
        choices=[(YEAR, _("The last 12 months"))],
        empty_label=_("The last 30 days"),
        widget=forms.RadioSelect,
        method="unchanged",
    )
    language = radio(label=pgettext_lazy("filter", "Language"), choices=settings.LANGUAGES, method="unchanged")
    section = django_filters.ModelChoiceFilter(label=pgettext_lazy("filter", "Section"), queryset=sections, method="below")

    class Meta:
        model = SitePage
        fields = ["period", "language", "section"]

    def unchanged(self, queryset, name, choice):
        return queryset

    def below(self, queryset, name, section):
        return queryset.filter(path__startswith=section.path)
