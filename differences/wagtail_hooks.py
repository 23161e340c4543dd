"""Where differences between languages extend the admin: report, screen, notes beside texts, the log's words, a job."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from differences import accepting
from differences.object_view import DifferencesView
from differences.report import DifferencesReport
from differences.text_notes import difference_notes
from languages.text_notes import HOOK as TEXT_NOTES
from schedule.jobs import JOBS, Every, Job

hooks.register("register_admin_urls", DifferencesReport.urlpatterns)
hooks.register("register_reports_menu_item", DifferencesReport.menu_item)
hooks.register(TEXT_NOTES, difference_notes)


@hooks.register("register_admin_urls")
def register_urls_of_differences():
    view = DifferencesView.as_view()
    return [path("differences/of/<slug:app>/<slug:model>/<int:pk>/", view, name="differences_of")]


@hooks.register("register_log_actions")
def name_log_actions(actions):
    actions.register_action(accepting.ACCEPTED)(accepting.AcceptedFormatter)
    actions.register_action(accepting.TAKEN_BACK)(accepting.TakenBackFormatter)


@hooks.register(JOBS)
def compare_what_was_saved():
    label = _("Comparing the languages of what was saved")
    return [Job("rebuild_differences", label, Every(minutes=5), {"missing": True}, is_long=True)]
