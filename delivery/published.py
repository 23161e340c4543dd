"""The addresses at which anybody reads something that the site makes: pages in each language, and the files for machines."""

from django.db.models import F
from django.urls import reverse

from delivery.feeds import latest_changes
from delivery.machine_files import security_contacts
from delivery.sitemap import paths_by_language, sitemap_paths
from languages.codes import LANGUAGES
from pages.addresses import HOME_DEPTH, neutral_path
from pages.models import GlossaryPage, SitePage, list_models

ROWS = 1000  # that are read at a time


def page_paths():
    """Yield the path of every page in each language in which it exists, and its neutral one; what was published last first.

    Last come the further parts of lists, but for those at whose address a page is.
    """
    parts = dict.fromkeys(part_paths())
    newest = SitePage.objects.existing().order_by(F("last_published_at").desc(nulls_last=True), "pk")
    rows = newest.values_list("depth", "slug", *(f"address_{code}" for code in LANGUAGES))
    for depth, slug, *addresses in rows.iterator(chunk_size=ROWS):
        for path in paths_by_language(addresses).values():
            parts.pop(path, None)
            yield path
        yield neutral_path(slug, depth == HOME_DEPTH)
    yield from parts


def part_paths():
    """Yield the paths of all parts of lists but the first, with one query for each type of list and one for each long list."""
    for model in list_models():
        for page in model.objects.existing().filter(numchild__gt=model.CARDS_A_PAGE).for_links():
            yield from page.further_paths()


def machine_paths():
    """Yield the paths of the files for browsers and programs."""
    yield from ("/robots.txt", "/favicon.ico", reverse("manifest"), *sitemap_paths())
    yield from ("/.well-known/security.txt", "/security.txt") if security_contacts() else ()
    for code in LANGUAGES:
        yield from (reverse(name, args=[code]) for name in ("manifest", "opensearch"))
        if latest_changes(code).exists():
            yield reverse("feed", args=[code])
        if GlossaryPage.objects.existing_in(code).exists():
            yield reverse("terms", args=[code])
