"""Where this app extends Wagtail: its components on the page of the design system."""

from wagtail import hooks

from pages import design
from partnerships import specimens


@hooks.register(design.HOOK)
def show_our_components():
    return specimens.components()
