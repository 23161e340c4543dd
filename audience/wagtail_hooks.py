"""Where this app extends Wagtail's admin."""

from django.conf import settings
from django.contrib.auth.models import Permission
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from audience.feedback_list import FeedbackViewSet
from audience.message_list import MessageViewSet
from audience.visits_report import VisitsReport
from schedule.jobs import JOBS, Daily, Every, Job

hooks.register("register_admin_urls", VisitsReport.urlpatterns)
hooks.register("register_reports_menu_item", VisitsReport.menu_item)


@hooks.register("register_admin_viewset")
def feedback_viewset():
    return FeedbackViewSet("feedback")


@hooks.register("register_admin_viewset")
def message_viewset():
    return MessageViewSet("messages")


@hooks.register(JOBS)
def jobs_of_what_readers_leave():
    """Visits are counted where there is a log of them; the others keep what the privacy page promises."""
    jobs = [
        Job("mail_messages", _("Mails about messages that could not be sent at once"), Every(minutes=5)),
        Job("forget_feedback", _("Deleting old feedback"), Daily(3, 10)),
        Job("forget_messages", _("Deleting old messages"), Daily(3, 15)),
    ]
    return [*jobs, Job("count_visits", _("Counting visits"), Daily(3, 30))] if settings.VISITS_LOGS else jobs


@hooks.register("register_permissions")
def permission_to_see_visits():
    """Offer it to groups; those on feedback and messages are offered with their lists."""
    return Permission.objects.filter(content_type__app_label="audience", codename="view_visit")
