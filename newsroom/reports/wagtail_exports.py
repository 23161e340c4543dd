"""Wagtail's own lists that can be exported as spreadsheets, with the cells and the form of `reporting.spreadsheets`."""

from django.urls import path
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView

from newsroom.explorer import AgingPagesReport, LockedPagesReport
from newsroom.reports.site_history import SiteHistoryReport
from reporting.spreadsheets import SafeExportMixin

EXPORTED = {
    "reports/locked": LockedPagesReport,
    "reports/site-history": SiteHistoryReport,
    "reports/aging-pages": AgingPagesReport,
    "reports/page-types-usage": PageTypesUsageReportView,
}


def with_safe_exports(view):
    """Return Wagtail's view with our exports."""
    return type(f"Safe{view.__name__}", (SafeExportMixin, view), {})


urlpatterns = [
    path(f"{address}/{end}", with_safe_exports(view).as_view(**options))
    for address, view in EXPORTED.items()
    for end, options in (("", {}), ("results/", {"results_only": True}))
]
