"""All drafts that are shared, for those who publish."""

from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import BaseColumn, Column, TitleColumn
from wagtail.permissions import page_permission_policy

from draft_links.link_lists import links_url
from draft_links.models import DraftLink
from draft_links.permissions import links_of_pages_to_publish
from reporting.columns import MomentColumn, NumberColumn
from reporting.filters import ReportFilterSet, choice_filter
from reporting.views import Report

OPEN, ENDED, WITH_COMMENTS = "open", "ended", "new"


class DraftLinksFilterSet(ReportFilterSet):
    """Links by whether they work, and those that brought comments nobody has decided about."""

    state = choice_filter(
        label=pgettext_lazy("filter", "State"),
        choices=[
            (OPEN, pgettext_lazy("links", "Open")),
            (ENDED, pgettext_lazy("links", "Ended")),
            (WITH_COMMENTS, _("With new comments")),
        ],
        method="filter_state",
    )

    class Meta:
        model = DraftLink
        fields = ["state"]

    def filter_state(self, queryset, name, state):
        if state == WITH_COMMENTS:
            return queryset.filter(new_comments__gt=0)
        return queryset.open() if state == OPEN else queryset.ended()


class RevokeColumn(BaseColumn):
    """A button that ends the link, where it still works."""

    cell_template_name = "draft_links/revoke_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "csrf_token": get_token(parent_context["request"]), "back": reverse(DraftLinksReport.url_name())}


class DraftLinksReport(Report):
    """One row a link, those that work unless somebody asks for others; each leads to the screen of its page."""

    slug = "shared-drafts"
    page_title = _("Shared drafts")
    header_icon = "link"
    menu_order = 30
    filterset_class = DraftLinksFilterSet
    permission_policy = page_permission_policy
    any_permission_required = ["publish"]
    columns = [
        TitleColumn("page", label=pgettext_lazy("column", "Page"), width="25%", get_url=lambda link: links_url(link.page)),
        Column("shows", label=pgettext_lazy("column", "Shows")),
        Column("for_whom", label=_("For whom")),
        Column("author_name", label=_("Shared by")),
        MomentColumn("expires_at", label=_("Works until"), sort_key="expires_at"),
        NumberColumn("openings_number", label=pgettext_lazy("links", "Opened"), sort_key="openings_number"),
        NumberColumn("new_comments", label=_("New comments"), sort_key="new_comments"),
        RevokeColumn("revoke", label=""),
    ]

    def get_base_queryset(self):
        return links_of_pages_to_publish(self.request.user).with_counts().select_related("page", "author")

    def filter_queryset(self, queryset):
        """Leave out what has ended, unless somebody asks for it."""
        filtered = super().filter_queryset(queryset)
        return filtered if self.filter_values.get("state") else filtered.open()

    @cached_property
    def list_export(self):
        """What the columns say, but for the button."""
        return [field for field in self.export_headings if field != "revoke"]
