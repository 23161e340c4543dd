"""The page of the admin's search: a few of each area, or all of one."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from languages.numbers import format_number
from staff_search.areas import all_areas
from staff_search.matching import telling_texts, words_of

FEW = 5  # of each area, where all areas are shown
MANY = 25  # of one area, a page
GUIDE = "guide"  # the area of an app above this one


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found: what it is called, in which language, where it is changed, and which texts say why."""

    title: str
    language: str
    url: str
    detail: str
    telling: list


@dataclass(frozen=True, slots=True)
class AreaHits:
    """What was found in one area: the first few or one page of them, of `total`."""

    area: object
    hits: list
    total: int
    url: str = ""  # of all of them, where these are not all

    @property
    def number(self):
        return format_number(self.total)


class SearchView(WagtailAdminTemplateMixin, TemplateView):
    """One question to everything that somebody may change; a query an area, however much there is."""

    page_title = _("Search")
    header_icon = "search"
    template_name = "staff_search/search.html"

    @cached_property
    def question(self):
        return " ".join(self.request.GET.get("q", "").split())

    @cached_property
    def words(self):
        return words_of(self.question)

    @cached_property
    def area(self):
        """The one area that is asked for, None for all."""
        return next((area for area in all_areas() if area.name == self.request.GET.get("area")), None)

    @property
    def guide_url(self):
        """The address of the guide, "" where no app registered its area."""
        return next((area.contents_url for area in all_areas() if area.name == GUIDE), "")

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        context = {**super().get_context_data(**kwargs), "question": self.question, "words": self.words, "area": self.area}
        context["guide_url"] = self.guide_url
        if not self.words:
            return {**context, "groups": []}
        if self.area is None:
            return {**context, "groups": [group for area in all_areas() if (group := self.first_hits(area))]}
        return {**context, **self.all_hits(self.area)}

    def first_hits(self, area):
        """Return the `AreaHits` of the first few, None where there is nothing or no right to it; one query."""
        rows, total = area.first(self.words, self.request.user, FEW)
        if not rows:
            return None
        query = urlencode({"q": self.question, "area": area.name})
        url = f"{reverse('staff_search')}?{query}" if total > FEW else ""
        return AreaHits(area, [self.hit(area, row) for row in rows], total, url)

    def all_hits(self, area):
        """Return what the template needs for one page of everything in an area."""
        rows = area.find(self.words, self.request.user)
        if rows is None:
            return {"groups": []}
        page = WagtailPaginator(rows, MANY).get_page(self.request.GET.get("p"))
        hits = [self.hit(area, row) for row in page]
        numbers = page.paginator.get_elided_page_range(page.number)
        groups = [AreaHits(area, hits, page.paginator.count)] if hits else []
        return {"groups": groups, "page": page, "elided_page_range": numbers}

    def hit(self, area, row):
        title = area.title(row)
        telling = telling_texts(area.texts(row), title.text, self.words)
        return Hit(title.text, title.language, area.url(row, self.request.user), area.detail(row), telling)
