"""Where this app extends the admin: the home, the table of everything, the bar above texts, its own screens."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from languages import way_on
from languages.language_bar import BAR_ITEMS
from schedule.jobs import JOBS, Daily, Job
from worklists import leaving, views, waiting
from worklists.account_panel import DailyMailPanel
from worklists.ask_view import AskView
from worklists.bar_item import requests_item
from worklists.home_panels import panels_for
from worklists.languages_table import WorkReport
from worklists.requests_report import TranslationRequestsReport

# Wagtail's panels that say what ours say, or what no role needs.
REPLACED = {"locked_pages", "recent_edits", "workflow_objects_to_moderate", "user_objects_in_workflow_moderation"}

hooks.register(BAR_ITEMS, requests_item)
hooks.register(way_on.HOOK, waiting.next_to_edit)
hooks.register("register_account_settings_panel", DailyMailPanel)
for report in (WorkReport, TranslationRequestsReport):
    hooks.register("register_admin_urls", report.urlpatterns)
    hooks.register("register_reports_menu_item", report.menu_item)


@hooks.register("register_admin_urls")
def register_urls_of_requests():
    return [
        path("translation-requests/ask/", AskView.as_view(), name="ask_for_translation"),
        path("translation-requests/<int:pk>/", views.RequestView.as_view(), name="translation_request"),
        path("translation-requests/<int:pk>/take/", views.take, name="take_request"),
        path("translation-requests/<int:pk>/give-back/", views.give_back, name="give_back_request"),
        path("translation-requests/<int:pk>/withdraw/", views.withdraw, name="withdraw_request"),
    ]


@hooks.register(JOBS)
def mail_what_waits():
    return [Job("send_digests", _("Daily mails about what waits"), Daily(6))]


@hooks.register("construct_homepage_panels")
def show_what_waits(request, panels):
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in REPLACED]
    panels += panels_for(request.user)


@hooks.register("construct_homepage_summary_items", order=1000)
def leave_out_how_much_there_is(request, items):
    """How many pages, pictures and documents there are is nobody's work."""
    items.clear()


@hooks.register("after_bulk_action")
def return_requests_of_people(request, action_type, objects, action):
    """Give back what people had whose accounts were closed in bulk, which Wagtail does without a signal."""
    if action_type == "set_active_state":
        leaving.return_requests()
