"""Where the search extends Wagtail's admin."""

from django.contrib.auth.models import Permission
from django.contrib.postgres.functions import TransactionNow
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from languages.numbers import format_number
from schedule.jobs import JOBS, Every, Job
from search.indexing import number_behind
from search.models import Promotion, Synonym
from search.search_report import SearchesReport

hooks.register("register_admin_urls", SearchesReport.urlpatterns)
hooks.register("register_reports_menu_item", SearchesReport.menu_item)


@hooks.register(JOBS)
def jobs_of_the_search():
    """What was searched for waits in a cache, which may be lost: it is written down every hour."""
    return [
        Job(
            "rebuild_search",
            _("Indexing pages that wait for the search"),
            Every(minutes=5),
            {"missing": True},
            count_waiting=number_behind,
        ),
        Job("write_searches", _("Counting what is searched for"), Every(minutes=60), cache="searches"),
    ]


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
@hooks.register("after_delete_snippet")
@hooks.register("after_edit_page")
@hooks.register("after_move_page")
@hooks.register("after_unpublish_page")
def say_what_follows(request, *saved):
    """Say how many pages the search still has to follow on, where this request touched more than it waits for."""
    if number := number_behind(since=TransactionNow()):
        text = ngettext(
            "The search still has to follow on %(number)s page; that takes a few minutes.",
            "The search still has to follow on %(number)s pages; that takes a few minutes.",
            number,
        )
        messages.info(request, text % {"number": format_number(number)})


@hooks.register("register_permissions")
def permission_to_see_searches():
    return Permission.objects.filter(content_type__app_label="search", codename="view_searchcount")


class PromotionViewSet(SnippetViewSet):
    """The recommended pages, filtered by language."""

    model = Promotion
    icon = "pick"
    list_display = ["queries", "language", "page", "reason"]
    list_filter = ["language"]


class SynonymViewSet(SnippetViewSet):
    """The words of readers, with the pages that answer them."""

    model = Synonym
    icon = "comment"
    list_display = ["__str__", "page"]


register_snippet(PromotionViewSet)
register_snippet(SynonymViewSet)
