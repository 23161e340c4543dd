"""Where this app extends Wagtail's admin."""

from wagtail import hooks

from audience import specimens
from audience.listing import FeedbackViewSet
from pages import design


@hooks.register("register_admin_viewset")
def list_feedback():
    return FeedbackViewSet("feedback")


@hooks.register(design.HOOK)
def show_our_components():
    return specimens.components()
