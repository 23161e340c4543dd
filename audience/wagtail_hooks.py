"""Where this app extends Wagtail's admin."""

from django.contrib.auth.models import Permission
from wagtail import hooks

from audience.feedback_list import FeedbackViewSet
from audience.message_list import MessageViewSet
from audience.visits_report import VisitsReport

hooks.register("register_admin_urls", VisitsReport.urlpatterns)
hooks.register("register_reports_menu_item", VisitsReport.menu_item)


@hooks.register("register_admin_viewset")
def feedback_viewset():
    return FeedbackViewSet("feedback")


@hooks.register("register_admin_viewset")
def message_viewset():
    return MessageViewSet("messages")


@hooks.register("register_permissions")
def permission_to_see_visits():
    """Offer it to groups; those on feedback and messages are offered with their lists."""
    return Permission.objects.filter(content_type__app_label="audience", codename="view_visit")
