"""Where differences between languages extend the admin: their report, and the job that compares what was saved."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from differences.report import DifferencesReport
from schedule.jobs import JOBS, Every, Job

hooks.register("register_admin_urls", DifferencesReport.urlpatterns)
hooks.register("register_reports_menu_item", DifferencesReport.menu_item)


@hooks.register(JOBS)
def compare_what_was_saved():
    return [Job("rebuild_differences", _("Comparing the languages of what was saved"), Every(minutes=5), {"missing": True})]
