"""The table of everything: how each page, snippet and setting stands in each language, where it is mended, and by whom."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, F, IntegerField, Value, When, Window
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from languages.codes import LANGUAGES, OFFICIAL, current_language
from languages.standing_values import standing_models
from newsroom.reports import standing_rows
from newsroom.reports.languages_columns import ChangeColumn, NameColumn, ResponsibleColumn, ReviewColumn, StandingColumn
from newsroom.reports.languages_filters import LanguagesFilterSet, kind_choices
from newsroom.reports.review_steps import add_review_steps
from newsroom.reports.sent_out import with_texts_sent_out
from reporting.views import Report

NAMES = {code: capfirst(name) for code, name in settings.LANGUAGES}  # lazily, in the language of the admin
TO_DO = ("missing", "behind")
MAX_PAGE_NUMBER = 1_000_000
NUMBERS = {
    "missing": _("texts missing"),
    "behind": _("texts behind"),
    "open": _("texts in translation"),
    "words": _("words to translate"),
}
PERSON_FIELDS = ("first_name", "last_name", "username")


class CountingPaginator(WagtailPaginator):
    """Counts all rows along with fetching those of a page: one query instead of two."""

    def get_page(self, number):
        page_number = int(number) if str(number).isdecimal() and 0 < int(number) < MAX_PAGE_NUMBER else 1
        first = (page_number - 1) * self.per_page
        rows = list(self.object_list.annotate(total=Window(Count("*")))[first : first + self.per_page])
        if not rows and page_number > 1:
            return super().get_page(number)
        self.count = rows[0].total if rows else 0
        return self._get_page(rows, page_number, self)


def page_type_keys():
    """Return the keys of the content types of pages that have a standing."""
    content_types = ContentType.objects.get_for_models(*(model for model in standing_models() if issubclass(model, Page)))
    return [content_type.pk for content_type in content_types.values()]


class LanguagesReport(Report):
    """One row an object, those that somebody may work on."""

    slug = "languages"
    page_title = _("Languages")
    header_icon = "globe"
    menu_order = 10
    results_template_name = "newsroom/languages_report_results.html"
    filterset_class = LanguagesFilterSet
    permission_policy = page_permission_policy
    any_permission_required = standing_rows.WITH_PAGES
    default_ordering = "work"  # until somebody sorts by a column
    is_searchable = True
    search_fields = [f"names__{code}" for code in LANGUAGES]
    paginator_class = CountingPaginator
    table_classname = "listing standings"
    columns = [
        NameColumn("name", label=pgettext_lazy("column", "Name"), sort_key="name", classname="title", width="22%"),
        Column("kind", label=pgettext_lazy("column", "Kind"), accessor=standing_rows.kind_of, sort_key="kind", width="13%"),
        *(StandingColumn(code, label=name, sort_key=code, width="11%") for code, name in NAMES.items()),
        ChangeColumn("changed", label=pgettext_lazy("column", "Changed"), sort_key="changed"),
        ResponsibleColumn("responsible", label=_("Person responsible"), sort_key="responsible"),
        ReviewColumn("review", label=_("Review date"), sort_key="review"),
    ]
    export_headings = {
        "name": pgettext_lazy("column", "Name"),
        "kind": pgettext_lazy("column", "Kind"),
        "status": pgettext_lazy("column", "Status"),
        **{
            f"languages.{code}.{number}": format_lazy("{}: {}", NAMES[code], label)
            for code in LANGUAGES
            for number, label in NUMBERS.items()
        },
        "steps": pgettext_lazy("column", "Approval"),
        "changed_at": pgettext_lazy("column", "Changed"),
        "changed_by": pgettext_lazy("column", "By"),
        "responsible": _("Person responsible"),
        "review_on": _("Review date"),
    }

    def get_base_queryset(self):
        rows = standing_rows.visible_to(self.request.user).select_related("changed_by", "responsible")
        return with_texts_sent_out(rows)

    def order_queryset(self, queryset):
        """Sort by a column, and until then by how much there is to do in the official languages: pages first, then by name."""
        name = self.ordering.removeprefix("-")
        is_descending = name != self.ordering
        return queryset.order_by(
            *(one.desc(nulls_last=True) if is_descending else one.asc(nulls_last=True) for one in self.sorted_by(name)),
            F(f"order__{current_language()}").asc(),
            "pk",
        )

    def sorted_by(self, name):
        """Return the expressions by which a column sorts: of a language, first what is missing, then behind, then open."""
        if name == "work":
            return [
                -sum(Cast(F(f"languages__{code}__{what}"), IntegerField()) for code in OFFICIAL for what in TO_DO),
                Case(When(content_type__in=page_type_keys(), then=Value(0)), default=Value(1)),
            ]
        if name in LANGUAGES:
            return [F(f"languages__{name}__{number}") for number in NUMBERS]
        if name == "kind":
            kind = ContentType.objects.get_by_natural_key
            return [
                Case(
                    *(
                        When(content_type=kind(*label.split(".")), then=Value(index))
                        for index, (label, _name) in enumerate(kind_choices())
                    )
                )
            ]
        if name == "responsible":
            return [F(f"responsible__{part}") for part in PERSON_FIELDS]
        return [F({"name": f"order__{current_language()}", "changed": "changed_at", "review": "review_on"}[name])]

    @cached_property
    def header_more_buttons(self):
        """Offer the statement before the exports of the table itself."""
        statement = Button(_("Dated statement"), url=reverse("languages_statement"), icon_name="calendar-check", priority=80)
        return [statement, *super().header_more_buttons]

    def decorate_paginated_queryset(self, object_list):
        """Add how far the pages among the rows are in their review."""
        kinds = set(page_type_keys())
        return add_review_steps(object_list, lambda row: row.object_id if row.content_type_id in kinds else None)

    def to_row_dict(self, item):
        """Return what is exported of a row: names and kinds in the language of the admin, people by name."""
        people = {
            name: get_user_display_name(person) if (person := getattr(item, name)) else ""
            for name in ("changed_by", "responsible")
        }
        item.name, item.kind, item.status, item.steps = (
            item.names.get(current_language(), ""),
            standing_rows.kind_of(item),
            standing_rows.status_of(item),
            "; ".join(f"{step.name}: {step.words}" for step in item.review.values()),
        )
        return {**super().to_row_dict(item), **people}
