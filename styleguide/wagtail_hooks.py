"""Where the design system stands in the admin."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from styleguide import views


@hooks.register("register_admin_urls")
def show_the_design_system():
    return [path("_design/", views.index), path("_design/<slug:language>/", views.design, name="design")]


@hooks.register("register_help_menu_item")
def lead_to_the_design_system():
    return MenuItem(_("Design system"), "/admin/_design/", icon_name="view", order=900)
