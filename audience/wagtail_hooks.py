"""Where this app extends Wagtail's admin."""

from wagtail import hooks

from audience.listing import FeedbackViewSet


@hooks.register("register_admin_viewset")
def list_feedback():
    return FeedbackViewSet("feedback")
