"""Where this app extends the admin: a report, and two panels of the home."""

from wagtail import hooks

from schedule.home_panel import CachesPanel, LateJobsPanel
from schedule.report import ScheduleReport

hooks.register("register_admin_urls", ScheduleReport.urlpatterns)
hooks.register("register_reports_menu_item", ScheduleReport.menu_item)


@hooks.register("construct_homepage_panels")
def say_what_does_not_work(request, panels):
    panels += [CachesPanel(), LateJobsPanel()]
