"""Where the search extends Wagtail's admin."""

from django.contrib.auth.models import Permission
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from search.models import Promotion
from search.search_report import SearchesReport


@hooks.register("register_admin_urls")
def searches_addresses():
    return [
        path("reports/searches/", SearchesReport.as_view(), name=SearchesReport.index_url_name),
        path(
            "reports/searches/results/", SearchesReport.as_view(results_only=True), name=SearchesReport.index_results_url_name
        ),
    ]


class SearchesMenuItem(MenuItem):
    """Shown to who may see the report."""

    def is_shown(self, request):
        return SearchesReport.permission_policy.user_has_any_permission(request.user, SearchesReport.any_permission_required)


@hooks.register("register_reports_menu_item")
def searches_menu_item():
    url = reverse(SearchesReport.index_url_name)
    return SearchesMenuItem(_("Searches"), url, name="searches", icon_name="search", order=110)


@hooks.register("register_permissions")
def permission_to_see_searches():
    return Permission.objects.filter(content_type__app_label="search", codename="view_searchcount")


class PromotionViewSet(SnippetViewSet):
    """The recommended pages, filtered by language."""

    model = Promotion
    icon = "pick"
    list_display = ["queries", "language", "page", "reason"]
    list_filter = ["language"]


register_snippet(PromotionViewSet)
