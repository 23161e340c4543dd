"""Where the search of the admin stands: behind the field of the menu, and its key."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.search import SearchArea

from staff_search.views import SearchView


@hooks.register("register_admin_urls")
def search_everything():
    return [path("search/", SearchView.as_view(), name="staff_search")]


@hooks.register("register_admin_search_area")
def ask_everything_first():
    """The field of the menu, and the key that leads to it, ask the first area."""
    return SearchArea(_("Everything"), reverse("staff_search"), name="everything", icon_name="search", order=0)
