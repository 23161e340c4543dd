"""What readers told us, for staff: a list to read, filter and export, in which comments can be deleted and nothing else."""

from django.db.models import Count, Q
from django.urls import path
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic

from audience.models import Feedback
from audience.report_filters import FeedbackFilterSet
from languages.codes import LANGUAGES, current_language
from languages.texts import text_for_reader
from reporting.spreadsheets import SafeExportMixin
from reporting.viewsets import ListViewSet

COMMENT_LENGTH = 300  # characters of a comment in the list
PAGES_IN_SUMMARY = 20  # pages in the summary


class FeedbackIndex(SafeExportMixin, generic.IndexView):
    """The list, newest first, with the share of "yes" of each page above it."""

    results_template_name = "audience/feedback_results.html"
    table_classname = "listing feedback"

    def get_base_queryset(self):
        """The feedback with just what the list shows of page and revision, whose contents are large."""
        page = ("title", "draft_title", *(f"heading_{code}" for code in LANGUAGES))
        fields = ("language", "was_useful", "comment", "moment", "revision__created_at", *(f"page__{name}" for name in page))
        return Feedback.objects.select_related("page", "revision").only(*fields)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context if self.is_export else {**context, **summarize_by_page(self.object_list)}


def summarize_by_page(queryset):
    """Return the pages with the most answers among the feedback of `queryset`, and the sum of all, with one query."""
    headings = {code: f"page__heading_{code}" for code in LANGUAGES}
    feedback_by_page = queryset.order_by().values("page_id", *headings.values())
    rows = [
        {
            "page": row["page_id"],
            "heading": text_for_reader({code: row[name] for code, name in headings.items()}, current_language()).text,
            **share_of_yes(row["yes"], row["total"]),
        }
        for row in feedback_by_page.annotate(total=Count("pk"), yes=Count("pk", filter=Q(was_useful=True))).order_by(
            "-total", "page_id"
        )
    ]
    everything = share_of_yes(sum(row["yes"] for row in rows), sum(row["total"] for row in rows))
    return {"shares": rows[:PAGES_IN_SUMMARY], "left_out": len(rows[PAGES_IN_SUMMARY:]), "everything": everything}


def share_of_yes(yes, total):
    return {"yes": yes, "no": total - yes, "total": total, "percentage": round(100 * yes / total) if total else 0}


class FeedbackInspection(generic.InspectView):
    """One answer with its whole comment."""

    def get_page_subtitle(self):
        return str(self.object)

    def get_field_display_value(self, field_name, field=None):
        value = super().get_field_display_value(field_name, field)
        return "–" if value is None else value


class FeedbackViewSet(ListViewSet):
    """View and delete; nobody adds feedback by hand or edits what readers said, so those views do not exist."""

    model = Feedback
    icon = "comment"
    menu_label = _("Reader feedback")
    menu_name = "feedback"
    menu_order = 250
    absent_views = ("edit", *ListViewSet.absent_views)
    inspect_view_enabled = True
    index_view_class = FeedbackIndex
    inspect_view_class = FeedbackInspection
    index_results_template_name = FeedbackIndex.results_template_name
    filterset_class = FeedbackFilterSet
    search_fields = ["comment"]
    ordering = "-moment"
    list_display = [
        "page",
        "language",
        "was_useful",
        Column(
            "comment",
            label=pgettext_lazy("column", "Comment"),
            accessor=lambda one: Truncator(one.comment).chars(COMMENT_LENGTH),
        ),
        DateColumn("moment", label=pgettext_lazy("column", "Date and time"), sort_key="moment"),
        DateColumn("version_of", label=_("Version read")),
    ]
    list_export = ["page", "get_language_display", "get_was_useful_display", "comment", "moment", "version_of"]
    export_headings = {
        "page": pgettext_lazy("column", "Page"),
        "get_language_display": pgettext_lazy("column", "Language"),
        "get_was_useful_display": pgettext_lazy("column", "Useful"),
        "comment": pgettext_lazy("column", "Comment"),
        "moment": pgettext_lazy("column", "Date and time"),
        "version_of": _("Version read"),
    }
    export_filename = "feedback"
    inspect_view_fields = ["page", "language", "was_useful", "comment", "moment", "version_of"]

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("delete/<int:pk>/", self.delete_view, name="delete"),
        ]

    def register_admin_url_finder(self):
        """Register none: there is no view in which feedback is edited."""
