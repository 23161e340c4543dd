"""What the reports for staff have in common: a table that can be exported, its two addresses, its item in the menu."""

from django.urls import path, reverse
from django.utils.functional import cached_property
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView

from reporting.spreadsheets import SafeExportMixin


class Report(SafeExportMixin, ReportView):
    """A report that exports its columns; `header_icon` and `page_title` stand in the menu too.

    It is served at `reports/<slug>/` under the name `<slug>_report`; its spreadsheet is named after its slug.
    """

    slug = None
    menu_order = None
    any_permission_required = ["view"]

    @property
    def index_url_name(self):
        return self.url_name()

    @property
    def index_results_url_name(self):
        return self.url_name("_results")

    @property
    def export_filename(self):
        return self.slug

    @cached_property
    def export_headings(self):
        """The columns by what is exported of a row: the attribute that a column names, else what has the column's own name."""
        return {column.accessor if isinstance(column.accessor, str) else column.name: column.label for column in self.columns}

    @cached_property
    def list_export(self):
        return list(self.export_headings)

    @cached_property
    def filter_values(self):
        """What the filters ask for; nothing where they make no sense."""
        return self.filters.form.cleaned_data if self.filters.is_valid() else {}

    @classmethod
    def url_name(cls, suffix=""):
        return f"{cls.slug}_report{suffix}"

    @classmethod
    def urlpatterns(cls):
        return [
            path(f"reports/{cls.slug}/", cls.as_view(), name=cls.url_name()),
            path(f"reports/{cls.slug}/results/", cls.as_view(results_only=True), name=cls.url_name("_results")),
        ]

    @classmethod
    def menu_item(cls):
        return ReportMenuItem(cls)


class ReportMenuItem(MenuItem):
    """The item of a report, shown to anyone who may see it."""

    def __init__(self, report):
        url = reverse(report.url_name())
        super().__init__(report.page_title, url, name=report.slug, icon_name=report.header_icon, order=report.menu_order)
        self.report = report

    def is_shown(self, request):
        policy, actions = self.report.permission_policy, self.report.any_permission_required
        return policy.user_has_any_permission(request.user, actions)
