"""Where the guide stands in the admin: in the menu, at its addresses and in the search."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from guide.home_panel import GuidePanel
from guide.search_area import GuideArea
from staff_search.area import HOOK


@hooks.register("register_admin_urls")
def show_the_guide():
    return [path("guide/", include("guide.urls"))]


@hooks.register("register_help_menu_item")
def lead_to_the_guide():
    return MenuItem(_("Guide"), reverse_lazy("guide:contents"), name="guide", icon_name="help", order=100)


@hooks.register("construct_homepage_panels")
def lead_from_home_to_the_guide(request, panels):
    panels.append(GuidePanel())


@hooks.register(HOOK)
def find_chapters_in_the_admin():
    return GuideArea()
