"""What the menus of the admin offer: this site's pages, and nothing of Wagtail's that does not work or says nothing here."""

from django.urls import reverse
from wagtail.admin.menu import SubmenuMenuItem, settings_menu
from wagtail.admin.ui.sidebar import PageExplorerMenuItem
from wagtail.admin.wagtail_hooks import ExplorerMenuItem
from wagtail.permissions import page_permission_policy

from pages.models import HomePage

# Hosts and ports come from SITE_URL, and all pages are below one home page.
HIDDEN_SETTINGS = {"sites"}
# The report of workflows says who has to act on which page; the number of pages of each type helps nobody.
HIDDEN_REPORTS = {"page-types-usage", "workflow-tasks"}


class SiteExplorerMenuItem(ExplorerMenuItem):
    """Wagtail's menu of pages, opened at the home page for those too who may see the root, where nothing else can stand."""

    def render_component(self, request):
        start = page_permission_policy.explorable_root_instance(request.user)
        home = HomePage.objects.only("pk").first() if start and start.is_root() else None
        if home is None:
            return super().render_component(request)
        url = reverse("wagtailadmin_explore", args=[home.pk])
        return PageExplorerMenuItem(self.name, self.label, url, home.pk, icon_name=self.icon_name, classname=self.classname)


def open_pages_at_the_home_page(request, items):
    """Replace Wagtail's items where theirs show the root of the tree, or Wagtail's version."""
    for index, item in enumerate(items):
        if item.name == "explorer":
            items[index] = copy_item(item, SiteExplorerMenuItem, item.url)
        elif item.name == "settings":
            items[index] = copy_item(item, SubmenuMenuItem, settings_menu)


def copy_item(item, kind, target):
    """Return a menu item of another kind that looks and stands like `item`, and leads to `target`."""
    return kind(item.label, target, name=item.name, icon_name=item.icon_name, order=item.order)


def leave_out_settings_without_effect(request, items):
    items[:] = [item for item in items if item.name not in HIDDEN_SETTINGS]


def leave_out_reports_that_say_nothing(request, items):
    items[:] = [item for item in items if item.name not in HIDDEN_REPORTS]


def leave_out_help_with_wagtail(request, items):
    """Keep what is of this site; Wagtail's news and guide are in English and about other screens."""
    items[:] = [item for item in items if item.name != "editor-guide" and not item.name.startswith("whats-new")]
