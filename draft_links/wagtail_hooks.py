"""Where shared drafts extend Wagtail's admin: a panel above the form of a page, their screens, a report, the log's words."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from draft_links import staff_views
from draft_links.panels import DraftLinksPanel
from draft_links.report import DraftLinksReport
from draft_links.sharing_log import REVOKED, SHARED, RevokedFormatter, SharedFormatter
from pages.panels import ABOVE_THE_TABS
from schedule.jobs import JOBS, Daily, Job

hooks.register(ABOVE_THE_TABS, DraftLinksPanel)
hooks.register("register_admin_urls", DraftLinksReport.urlpatterns)
hooks.register("register_reports_menu_item", DraftLinksReport.menu_item)


@hooks.register("register_admin_urls")
def register_urls_of_links():
    return [
        path("shared-drafts/of/<int:page_id>/", staff_views.DraftLinksView.as_view(), name="draft_links"),
        path("shared-drafts/of/<int:page_id>/revoke/<int:pk>/", staff_views.revoke, name="revoke_draft_link"),
        path(
            "shared-drafts/of/<int:page_id>/comments/<int:pk>/",
            staff_views.take_over_or_delete,
            name="take_over_or_delete_draft_comment",
        ),
    ]


@hooks.register(JOBS)
def forget_links_every_day():
    return [Job("forget_draft_links", _("Deleting old links to drafts, with their comments"), Daily(3, 25))]


@hooks.register("register_log_actions")
def name_log_actions(actions):
    actions.register_action(SHARED)(SharedFormatter)
    actions.register_action(REVOKED)(RevokedFormatter)
