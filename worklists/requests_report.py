"""All translation requests that somebody may see, open ones unless they ask for others."""

from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.permissions import page_permission_policy

from languages.codes import language_name
from newsroom.reports import standing_rows
from reporting.columns import DayColumn
from reporting.filters import ReportFilterSet, choice_filter, language_filter
from reporting.views import Report
from worklists.models import TranslationRequest
from worklists.rights import own_languages
from worklists.rows import name_of, person_name, who_has

OPEN, CLOSED = "open", "closed"
FOR_ME, BY_ME = "mine", "asked"


class TranslationRequestsFilterSet(ReportFilterSet):
    whose = choice_filter(
        label=pgettext_lazy("filter", "Whose"),
        choices=[(FOR_ME, pgettext_lazy("requests", "Waiting for me")), (BY_ME, pgettext_lazy("requests", "Asked for by me"))],
        method="filter_whose",
    )
    state = choice_filter(
        label=_("State"),
        choices=[(OPEN, pgettext_lazy("requests", "Open")), (CLOSED, pgettext_lazy("requests", "Closed"))],
        method="filter_state",
    )
    language = language_filter()

    class Meta:
        model = TranslationRequest
        fields = ["whose", "state", "language"]

    def filter_whose(self, queryset, name, choice):
        user = self.request.user
        if choice == BY_ME:
            return queryset.filter(asked_by=user)
        return queryset.filter(Q(taken_by=user) | Q(taken_by=None, language__in=own_languages(user)))

    def filter_state(self, queryset, name, state):
        return queryset.open() if state == OPEN else queryset.closed()


def state_of(translation_request):
    """Say who has a request, or how it ended."""
    if translation_request.closed_at is None:
        return who_has(translation_request)
    return translation_request.get_outcome_display()


class TranslationRequestsReport(Report):
    """One row a request, each leads to its screen."""

    slug = "translation-requests"
    page_title = _("Translation requests")
    header_icon = "globe"
    menu_order = 15
    filterset_class = TranslationRequestsFilterSet
    permission_policy = page_permission_policy
    any_permission_required = standing_rows.WITH_PAGES
    columns = [
        TitleColumn(
            "name",
            label=pgettext_lazy("column", "Name"),
            accessor=lambda one: name_of(one.standing),
            get_url=lambda one: reverse("translation_request", args=[one.pk]),
            width="30%",
        ),
        Column(
            "language", label=pgettext_lazy("column", "Language"), accessor=lambda one: capfirst(language_name(one.language))
        ),
        DayColumn("deadline", label=_("Deadline"), sort_key="deadline"),
        Column("asked_by", label=_("Asked by"), accessor=lambda one: person_name(one.asked_by)),
        DateColumn("asked_at", label=_("Asked on"), sort_key="asked_at"),
        Column("state", label=pgettext_lazy("column", "State"), accessor=state_of),
    ]
    export_headings = {
        "name": pgettext_lazy("column", "Name"),
        "language": pgettext_lazy("column", "Language"),
        "deadline": _("Deadline"),
        "asked_by": _("Asked by"),
        "asked_at": _("Asked on"),
        "state": pgettext_lazy("column", "State"),
    }

    def get_base_queryset(self):
        visible = TranslationRequest.objects.filter(standing__in=standing_rows.visible_to(self.request.user))
        return visible.select_related("standing", "asked_by", "taken_by")

    def filter_queryset(self, queryset):
        """Leave out what is closed, unless somebody asks for it."""
        filtered = super().filter_queryset(queryset)
        return filtered if self.filter_values.get("state") else filtered.open()

    def order_queryset(self, queryset):
        name = self.ordering.removeprefix("-") if self.ordering else "deadline"
        column = F(name).desc(nulls_last=True) if (self.ordering or "").startswith("-") else F(name).asc(nulls_last=True)
        return queryset.order_by(column, "asked_at", "pk")

    def to_row_dict(self, item):
        """Return what is exported of a request: names in the language of the admin."""
        return {
            "name": name_of(item.standing),
            "language": capfirst(language_name(item.language)),
            "deadline": item.deadline,
            "asked_by": person_name(item.asked_by),
            "asked_at": item.asked_at,
            "state": state_of(item),
        }
