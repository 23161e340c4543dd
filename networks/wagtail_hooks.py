"""Where this app extends Wagtail: its components on the page of the design system."""

from wagtail import hooks

from networks import specimens
from pages import design


@hooks.register(design.HOOK)
def show_our_components():
    return specimens.components()
