"""All packages that somebody may see, the newest first."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import page_permission_policy

from exchange.models import Import, SentPackage
from exchange.preview import language_label
from exchange.rights import may_make, packages_of
from exchange.texts_back import number_to_decide
from exchange.texts_out import number_by_package, packages_out, texts_not_back
from languages.numbers import format_number
from newsroom.reports import standing_rows
from newsroom.reports.sent_out import words_to_decide
from reporting.columns import DayColumn, NumberColumn
from reporting.filters import ReportFilterSet, choice_filter, language_filter
from reporting.views import Report
from worklists.rows import person_name

ME, OUT, BACK = "me", "out", "back"


class PackagesFilterSet(ReportFilterSet):
    maker = choice_filter(
        label=pgettext_lazy("filter", "Made by"), choices=[(ME, pgettext_lazy("packages", "Me"))], method="filter_maker"
    )
    target = language_filter()
    waits = choice_filter(
        label=pgettext_lazy("filter", "Waits"),
        choices=[
            (OUT, pgettext_lazy("packages", "For texts that are out")),
            (BACK, pgettext_lazy("packages", "For translations to be taken over")),
        ],
        method="filter_waiting",
    )

    class Meta:
        model = SentPackage
        fields = ["maker", "target", "waits"]

    def filter_waiting(self, queryset, name, choice):
        if choice == BACK:
            return queryset.filter(to_decide__gt=0)
        return queryset.filter(pk__in=packages_out(queryset.order_by()).order_by().values("pk"))

    def filter_maker(self, queryset, name, choice):
        return queryset.filter(created_by=self.request.user)


def state_of(package):
    """Say how far a package is, given `came_back`, `was_taken`, `not_back` and `to_decide` beside its columns."""
    if not package.ready_at:
        return pgettext("a package", "not ready yet")
    return ", ".join(words for words in (whereabouts(package), words_to_decide(package.to_decide)) if words)


def whereabouts(package):
    """Say of a package whether something is expected of it, or what became of what came back; "" where that is open."""
    if package.closed_at and (package.closed_by_id or package.not_back):
        return pgettext("a package", "closed")
    if not package.came_back:
        return pgettext("a package", "sent out")
    if package.not_back:
        text = ngettext("%(number)s text not back yet", "%(number)s texts not back yet", package.not_back)
        return text % {"number": format_number(package.not_back)}
    if package.to_decide:
        return ""
    return pgettext("a package", "taken over") if package.was_taken else pgettext("a package", "came back")


class PackagesReport(Report):
    """One row a package, each leads to its screen."""

    slug = "packages"
    page_title = _("Texts for translators")
    header_icon = "download"
    menu_order = 16
    results_template_name = "exchange/packages_results.html"
    filterset_class = PackagesFilterSet
    permission_policy = page_permission_policy
    any_permission_required = standing_rows.WITH_PAGES
    default_ordering = "-created_at"
    columns = [
        TitleColumn(
            "name",
            label=pgettext_lazy("column", "Name"),
            get_url=lambda one: reverse("package", args=[one.pk]),
            width="30%",
        ),
        Column("source", label=pgettext_lazy("column", "From"), accessor=lambda one: language_label(one.source)),
        Column("target", label=pgettext_lazy("column", "To"), accessor=lambda one: language_label(one.target)),
        NumberColumn("words", label=pgettext_lazy("column", "Words"), accessor=lambda one: sum(one.words.values())),
        DayColumn("deadline", label=_("Deadline"), sort_key="deadline"),
        Column("made_by", label=pgettext_lazy("column", "Made by"), accessor=lambda one: person_name(one.created_by)),
        DateColumn("created_at", label=pgettext_lazy("column", "Made on"), sort_key="created_at"),
        Column("state", label=pgettext_lazy("column", "State"), accessor=state_of),
    ]
    export_headings = {column.name: column.label for column in columns}

    @cached_property
    def header_buttons(self):
        """Offer to send texts out, and to bring them back, to whoever may."""
        if not may_make(self.request.user):
            return []
        return [
            HeaderButton(_("Send texts out"), url=reverse("send_texts"), icon_name="plus", priority=10),
            HeaderButton(_("Bring translations back"), url=reverse("bring_back"), icon_name="upload", priority=20),
        ]

    def get_base_queryset(self):
        imports = Import.objects.filter(package=OuterRef("pk"))
        return (
            packages_of(self.request.user)
            .select_related("created_by")
            .annotate(
                came_back=Exists(imports),
                was_taken=Exists(imports.exclude(taken_at=None).filter(undone_at=None)),
                not_back=number_by_package(texts_not_back()),
                to_decide=number_to_decide(sent__package=OuterRef("pk")),
            )
        )

    def to_row_dict(self, item):
        """Return what is exported of a package: languages and people by name."""
        return {
            "name": item.name,
            "source": language_label(item.source),
            "target": language_label(item.target),
            "words": sum(item.words.values()),
            "deadline": item.deadline,
            "made_by": person_name(item.created_by),
            "created_at": item.created_at,
            "state": state_of(item),
        }
