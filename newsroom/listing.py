"""The page explorer, with the languages in which each page exists."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from languages.codes import LANGUAGES
from pages.models import SitePage


class LanguagesColumn(Column):
    """The languages of a page: a full badge where readers find it, an outlined one where a draft has a heading."""

    cell_template_name = "newsroom/languages_cell.html"

    def get_value(self, instance):
        page = instance.specific_deferred if not isinstance(instance, SitePage) else instance
        if not isinstance(page, SitePage):
            return []
        return [
            (
                code,
                "live"
                if getattr(page, f"address_{code}") is not None
                else "draft"
                if getattr(page, f"heading_{code}")
                else "none",
            )
            for code in LANGUAGES
        ]


COLUMNS = [
    *ExplorableIndexView.base_columns[:2],
    LanguagesColumn("languages", label=_("Languages"), width="12%"),
    *ExplorableIndexView.base_columns[2:],
]


class PageExplorer(PageViewSet):
    """The explorer of every kind of page."""

    model = Page
    columns = COLUMNS
