"""Lists of pages: the explorer, with the languages in which each page exists and what there is to do in each, and others."""

from functools import wraps

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.reports.aging_pages import AgingPagesView
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.admin.viewsets.pages import PageViewSet, base_page_viewset
from wagtail.models import Page, Task, TaskState

from languages.codes import LANGUAGES
from languages.standing import Standing
from newsroom.editing.deletion import say_what_is_deleted
from newsroom.ordering import OrderColumn
from newsroom.reports.review_steps import add_review_steps
from newsroom.reports.standing_rows import standing_parts
from pages.models import HomePage, SitePage


class LanguagesColumn(Column):
    """The languages of a page: a full badge where readers find it, an outlined one where a draft has a heading.

    Beside it stands what is missing and what is behind, from the annotation of `ExplorerView`, and how far its approval is.
    """

    cell_template_name = "newsroom/languages_cell.html"

    def get_value(self, instance):
        page = instance.specific_deferred if not isinstance(instance, SitePage) else instance
        if not isinstance(page, SitePage):
            return []
        standing, review = getattr(instance, "standing", None) or {}, getattr(instance, "review", {})
        return [
            (
                code,
                existence_in(page, code),
                [part for part in standing_parts(code, standing.get(code)) if part.number],
                review.get(code),
            )
            for code in LANGUAGES
        ]


def existence_in(page, code):
    """Say whether a page is "live" in a language, has a "draft" of a heading in it, or "none"."""
    if getattr(page, f"address_{code}") is not None:
        return "live"
    return "draft" if getattr(page, f"heading_{code}") else "none"


COLUMNS = [
    *ExplorableIndexView.base_columns[:2],
    LanguagesColumn("languages", label=_("Languages"), width="12%"),
    *ExplorableIndexView.base_columns[2:],
]


class ExplorerView(ExplorableIndexView):
    """Wagtail's listing, with how each page stands as part of its one query; in pages where it shows the tree's order, too.

    There Wagtail shows all at once, so that rows can be dragged to any place: further than a page goes by number.
    """

    first_row = 0

    def get(self, request, parent_page_id=None):
        if self.is_export and not self.list_export:  # `ExportMiddleware` knows views by their address, and this one by its page
            raise Http404
        if Page.objects.filter(pk=parent_page_id, depth=1).exists():
            return explore_root(request)
        response = super().get(request, parent_page_id)
        if not self.results_only:
            say_what_is_deleted(request, self.parent_page)
        return response

    def get_paginate_by(self, queryset):
        return self.paginate_by

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, is_paginated = super().paginate_queryset(queryset, page_size)
        self.first_row = max(page.start_index() - 1, 0)
        return paginator, page, rows, is_paginated

    @property
    def may_reorder(self):
        return self.show_ordering_column and self.permissions.can_reorder_children()

    def get_reorder_url(self):
        return reverse("set_position_from", args=[999999, self.first_row]) if self.may_reorder else None

    @cached_property
    def explorable_columns(self):
        columns = super().explorable_columns
        return [OrderColumn("place", label=_("No."), width="5%"), *columns] if self.may_reorder else columns

    def get_table(self, object_list):
        fetch_steps(object_list)
        for number, page in enumerate(object_list, self.first_row + 1):
            page.place = number
        return super().get_table(add_review_steps(object_list, lambda page: page.pk))

    def annotate_queryset(self, pages):
        rows = Standing.objects.filter(content_type=OuterRef("content_type"), object_id=OuterRef("pk"))
        return super().annotate_queryset(pages).annotate(standing=Subquery(rows.values("languages")[:1]))


def fetch_steps(pages):
    """Fetch for which step each page in a workflow waits: Wagtail asks page by page, who may do what with it."""
    current = [state.current_task_state for page in pages if (state := page.current_workflow_state)]
    states = {state.pk: state for state in filter(None, current)}
    tasks = {task.pk: task for task in Task.objects.filter(pk__in={state.task_id for state in states.values()}).specific()}
    for state in TaskState.objects.filter(pk__in=states).specific():
        state.task = tasks[state.task_id]
        states[state.pk].specific = state


class ExplorerViewSet(PageViewSet):
    """The explorer of every kind of page."""

    model = Page
    index_view_class = ExplorerView
    columns = COLUMNS


class PageSearchView(SearchView):
    """Wagtail's search, with the noun for what its table counts, which Wagtail leaves out."""

    verbose_name = Page._meta.verbose_name
    verbose_name_plural = Page._meta.verbose_name_plural


NAME = "specific_deferred.get_admin_display_title"  # of a page, in the language of whoever reads it


def with_names(columns):
    """Return columns of an export with that name where Wagtail has a page's title, which is in the site's first language."""
    return [NAME if column == "title" else column for column in columns]


class LockedPagesReport(LockedPagesView):
    """Wagtail's report of locked pages; its rows know their headings."""

    list_export = with_names(LockedPagesView.list_export)
    export_headings = {**LockedPagesView.export_headings, NAME: _("Page")}

    def get_queryset(self):
        pages = super().get_queryset().prefetch_related("locked_by", "content_type")
        return pages.prefetch_workflow_states().annotate_approved_schedule()

    def decorate_paginated_queryset(self, queryset):
        return fetch_headings(super().decorate_paginated_queryset(queryset))


class AgingPagesReport(AgingPagesView):
    """Wagtail's report of old pages; where nobody published one, such as one that was loaded, it has a dash and no "None"."""

    list_export = with_names(AgingPagesView.list_export)
    export_headings = {**AgingPagesView.export_headings, NAME: _("Page")}

    def add_last_publisher_name_to_page(self, username_mapping, page):
        super().add_last_publisher_name_to_page(username_mapping, page)
        page.last_published_by_user = page.last_published_by_user or "—"

    def decorate_paginated_queryset(self, queryset):
        return fetch_headings(super().decorate_paginated_queryset(queryset))


def fetch_headings(pages):
    """Return pages of a list that know their headings, fetched with one query: by itself each would ask for its own."""
    names = [f"heading_{code}" for code in LANGUAGES]
    headings = {row.pop("pk"): row for row in SitePage.objects.filter(pk__in=[page.pk for page in pages]).values("pk", *names)}
    for page in pages:
        for name, heading in headings.get(page.pk, {}).items():
            setattr(page.specific_deferred, name, heading)
    return pages


def fetch_status(pages, request):
    """Return the pages of a chooser with what their status says: by itself each would ask for its own."""
    return pages.prefetch_workflow_states().annotate_approved_schedule()


def explore_root(request):
    """Lead to the pages below the home page: nothing else can stand at the root of the tree."""
    query = request.GET.urlencode()
    home = HomePage.objects.first()
    if home is None:  # a site whose content could not be loaded: the home page is made here
        return base_page_viewset.index_view(request)
    return redirect(reverse("wagtailadmin_explore", args=[home.pk]) + (f"?{query}" if query else ""))


def except_root(view):
    """Return a view of Wagtail's that fails for the root of the tree, which nothing is above or beside: it is not there."""

    @wraps(view)
    def view_unless_root(request, **keys):
        if Page.objects.filter(pk__in=keys.values(), depth=1).exists():
            raise Http404
        return view(request, **keys)

    return view_unless_root


def raise_not_found(request, **kwargs):
    """Stand at an address of Wagtail's that this site does not have."""
    raise Http404
