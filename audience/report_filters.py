"""How staff narrow lists of what readers told us."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from audience.models import Feedback, Message
from pages.addresses import SECTION_DEPTH
from pages.models import SitePage
from reporting.filters import YEAR, ReportFilterSet, choice_filter, language_filter, period_filter

WITH, WITHOUT = "with", "without"


def sections(request):
    """The pages directly below the home page."""
    return SitePage.objects.filter(depth=SECTION_DEPTH).for_links().order_by("path")


def answered_pages(request):
    """The pages on which anybody gave feedback."""
    return SitePage.objects.filter(pk__in=Feedback.objects.values("page")).for_links().order_by("path")


class FeedbackFilterSet(WagtailFilterSet):
    section = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("filter", "Section"), queryset=sections, method="filter_section"
    )
    page = django_filters.ModelChoiceFilter(label=pgettext_lazy("filter", "Page"), queryset=answered_pages)
    language = language_filter()
    was_useful = choice_filter(
        label=_("Was the page useful?"),
        choices=[("True", pgettext_lazy("answer", "Yes")), ("False", pgettext_lazy("answer", "No"))],
    )
    comment = choice_filter(
        label=pgettext_lazy("filter", "Comment"),
        choices=[(WITH, _("With a comment")), (WITHOUT, _("Without a comment"))],
        method="filter_comment",
    )
    moment = django_filters.DateFromToRangeFilter(label=_("Period"), widget=DateRangePickerWidget)

    class Meta:
        model = Feedback
        fields = ["section", "page", "language", "was_useful", "comment", "moment"]

    def filter_section(self, queryset, name, section):
        return queryset.filter(page__path__startswith=section.path)

    def filter_comment(self, queryset, name, choice):
        return queryset.exclude(comment="") if choice == WITH else queryset.filter(comment="")


OPEN, NEW, ASSIGNED, ANSWERED = "open", "new", "assigned", "answered"
IN_STATE = {
    OPEN: Q(answered_at=None),
    NEW: Q(answered_at=None, assigned_to=None),
    ASSIGNED: Q(answered_at=None, assigned_to__isnull=False),
    ANSWERED: Q(answered_at__isnull=False),
}
MINE = "mine"


class MessageFilterSet(WagtailFilterSet):
    state = choice_filter(
        label=_("State"),
        choices=[
            (OPEN, pgettext_lazy("state of messages", "Not answered")),
            (NEW, pgettext_lazy("state of messages", "New")),
            (ASSIGNED, pgettext_lazy("state of messages", "Assigned")),
            (ANSWERED, pgettext_lazy("state of messages", "Answered")),
        ],
        method="filter_state",
    )
    whose = choice_filter(
        label=pgettext_lazy("filter", "Assigned to"),
        choices=[(MINE, pgettext_lazy("assigned to", "Me"))],
        method="filter_assigned_to_me",
    )
    kind = choice_filter(label=pgettext_lazy("filter", "Kind"), choices=Message.Kind.choices)
    language = language_filter()
    moment = django_filters.DateFromToRangeFilter(label=_("Period"), widget=DateRangePickerWidget)

    class Meta:
        model = Message
        fields = ["state", "whose", "kind", "language", "moment"]

    def filter_state(self, queryset, name, choice):
        return queryset.filter(IN_STATE[choice])

    def filter_assigned_to_me(self, queryset, name, choice):
        return queryset.filter(assigned_to=self.request.user)


class VisitFilterSet(ReportFilterSet):
    """A period, a language and a section."""

    period = period_filter(
        choices=[(YEAR, _("The last 12 months"))], empty_label=_("The last 30 days"), widget=forms.RadioSelect
    )
    language = language_filter(method="leave_unchanged")
    section = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("filter", "Section"), queryset=sections, method="filter_section"
    )

    class Meta:
        model = SitePage
        fields = ["period", "language", "section"]

    def filter_section(self, queryset, name, section):
        return queryset.filter(path__startswith=section.path)
