"""Where this app extends Wagtail's admin."""

from django.contrib.auth.models import Permission
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from audience.feedback_list import FeedbackViewSet
from audience.visits_report import VisitsReport


@hooks.register("register_admin_viewset")
def list_feedback():
    return FeedbackViewSet("feedback")


@hooks.register("register_admin_urls")
def visits_addresses():
    return [
        path("reports/visits/", VisitsReport.as_view(), name=VisitsReport.index_url_name),
        path("reports/visits/results/", VisitsReport.as_view(results_only=True), name=VisitsReport.index_results_url_name),
    ]


class VisitsMenuItem(MenuItem):
    """Shown to who may see the report."""

    def is_shown(self, request):
        return VisitsReport.permission_policy.user_has_any_permission(request.user, VisitsReport.any_permission_required)


@hooks.register("register_reports_menu_item")
def visits_menu_item():
    return VisitsMenuItem(_("Visits"), reverse(VisitsReport.index_url_name), name="visits", icon_name="view", order=100)


@hooks.register("register_permissions")
def permission_to_see_visits():
    """Offer it to groups; the permissions on feedback are offered with its list."""
    return Permission.objects.filter(content_type__app_label="audience", codename="view_visit")
