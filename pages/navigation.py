"""Everything around a page's content: menu, breadcrumbs, footer and the switch of languages, with one query."""

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.models import Page

from languages.codes import LANGUAGES, OWN_NAMES
from languages.paths import path_of
from pages.addresses import HOME_DEPTH, SECTION_DEPTH


def site_pages():
    """Return all pages of the site; their model stands on this module."""
    return apps.get_model("pages", "SitePage").objects.all()


def statements():
    """Return the keys of the accessibility statement: the law asks for a link to it on every page."""
    return apps.get_model("pages", "AccessibilityStatementPage").objects.values("pk")


def statement_paths():
    """Return the paths of the accessibility statement by language, with one query; empty where there is none."""
    statement = site_pages().filter(pk__in=statements()).for_links().first()
    return statement.paths() if statement else {}


def places_above(page):
    """Return where the ancestors of a page stand in the tree, from the home page on; nowhere for what is no page."""
    return [page.path[: depth * Page.steplen] for depth in range(HOME_DEPTH, page.depth)] if page else []


def navigation_pages(language, is_above):
    """Return the pages that stand around another one for readers of a language; `is_above` holds for its ancestors.

    What is asked of two tables is asked apart: in one condition, PostgreSQL would read all pages of the site for it.
    """
    existing = site_pages().filter(**{f"address_{language}__isnull": False}).values("pk")
    around = existing.filter(Q(depth=HOME_DEPTH) | is_above | Q(depth=SECTION_DEPTH, show_in_menus=True))
    wanted = around.union(existing.filter(show_in_footer=True), statements())
    return site_pages().filter(pk__in=wanted).for_links().order_by("path")


class Navigation:
    """The pages around `page` (None on an error page) for a reader of `language`; `query` goes along when languages switch."""

    part = None  # of the list that the page is, a `ListPart`

    def __init__(self, language, page=None, query=""):
        self.language = language
        self.page = page
        self.query = query

    @cached_property
    def pages(self):
        """The home page, the page's ancestors, and the pages of the menu and the footer, in the order of the tree."""
        preloaded = getattr(self.page, "preloaded", None)
        if preloaded:
            return preloaded.navigation
        return list(navigation_pages(self.language, Q(path__in=places_above(self.page))))

    @cached_property
    def home(self):
        return next((page for page in self.pages if page.depth == HOME_DEPTH), None)

    @cached_property
    def menu(self):
        sections = (page for page in self.pages if page.depth == SECTION_DEPTH and page.show_in_menus)
        return [page for page in sections if self.language in page.paths()]

    @cached_property
    def footer(self):
        """The pages of the footer; the accessibility statement is there whatever languages it exists in."""
        return [page for page in self.pages if page.show_in_footer and page.paths()]

    @cached_property
    def breadcrumbs(self):
        """The page's ancestors, the home page first; empty for the home page itself."""
        if self.page is None:
            return []
        return [page for page in self.pages if page.depth < self.page.depth and self.page.path.startswith(page.path)]

    @cached_property
    def section(self):
        """The page of the menu in whose section the reader is, None outside of any."""
        return next((page for page in self.menu if self.page and self.page.path.startswith(page.path)), None)

    @property
    def paths(self):
        """Where the switch of languages leads: to this page in the languages it exists in, home from what is no page.

        From a part of a list it leads to the same part or, where there are fewer, to the last one.
        """
        if self.page is None:
            return {code: path_of(code, "") for code in LANGUAGES}
        return self.part.nearest_paths(self.page.paths()) if self.part else self.page.paths()

    @property
    def languages(self):
        """One entry a language for the switch: its name in itself, and the address of this page, None where it has none."""
        paths = self.paths
        tail = f"?{self.query}" if self.query else ""
        return [
            {
                "code": code,
                "name": OWN_NAMES[code],
                "path": paths[code] + tail if code in paths else None,
                "is_current": code == self.language,
            }
            for code in LANGUAGES
        ]

    @cached_property
    def alternates(self):
        """Absolute addresses of this page by language, itself included, for hreflang; of an alias, those of its source."""
        paths = self.page.alias_source.paths() if self.page else {}
        paths = self.part.paths(paths) if self.part else paths
        return {code: settings.SITE_URL + path for code, path in paths.items()}

    @property
    def canonical(self):
        return self.alternates.get(self.language)

    @property
    def neutral(self):
        """The absolute address that chooses a language with the reader (`hreflang="x-default"`); no further part has one."""
        is_further = self.part is not None and self.part.number > 1
        return settings.SITE_URL + self.page.alias_source.neutral_path if self.page and not is_further else None
