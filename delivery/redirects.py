"""Where a path leads that no page has: by a redirect, or to the page whose address was meant."""

import re
from dataclasses import dataclass
from functools import reduce
from operator import or_
from urllib.parse import quote, unquote, unquote_plus, urlsplit

from django.conf import settings
from django.db.models import Q
from django.http import HttpResponseRedirect
from wagtail.contrib.redirects.models import Redirect

from delivery import views
from delivery.own_addresses import match_of
from languages.codes import LANGUAGES
from languages.paths import path_of, split_path
from pages.addresses import SLASHES, tidy_path
from pages.former_paths import was_deleted
from pages.list_parts import part_path, split_part
from pages.models import SitePage

MAX_STEPS = 5  # from redirect to redirect
# What mails, advertisements and Matomo add to a link to count who came by it.
TRACKING = re.compile(
    r"(utm|pk|mtm)_.+|(fb|g|d|tw|y|tt)clid|msclkid|gclsrc|[gw]braid|li_fat_id|igsh(id)?|mc_[ce]id|_g[al]|_hs(enc|mi)|srsltid",
    re.IGNORECASE,
)


class StoredPaths:
    """What is asked of the database to know where a path leads."""

    def has_address(self, language, address):
        return SitePage.objects.filter(**{f"address_{language}": address}).exists()

    def has_part(self, language, address, number):
        """Say whether a list is at an address that has so many parts."""
        page = SitePage.objects.filter(**{f"address_{language}": address}).first()
        return page is not None and page.specific_class.is_list and number <= page.specific.totals()[language]

    def has_slug(self, slug):
        return SitePage.objects.existing().filter(slug=slug).exists()

    def redirects_from(self, paths):
        """Return the redirects from some paths, whatever their capitals, the newest last."""
        matching = reduce(or_, (Q(old_path__iexact=path) for path in paths))
        return Redirect.objects.filter(matching).select_related("redirect_page__sitepage").order_by("pk")


STORED_PATHS = StoredPaths()


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a path leads, and whether it always will."""

    url: str
    is_permanent: bool


def find_destination(path, query="", stored=STORED_PATHS):
    """Return the `Destination` of a path that no page has, or None; two queries, and two more for each further step.

    For very many paths `stored` holds what is asked for them (`delivery.many_redirects`).
    """
    tidied = tidy_path(path)
    language = split_path(tidied)[0]
    meant = [] if is_own(match_of(path)) else [one for one in (tidied, tidied.rstrip("/")) if one != path]
    if meant := next((one for one in meant if is_meant(one, stored)), None):
        return Destination(quote(meant) + (f"?{query}" if query else ""), True)
    redirect = find_redirect(path, tidied, query, stored=stored)
    if redirect is None:
        return find_list_part(tidied, stored)
    try:
        return None if is_circular(redirect, stored) else destination_of(redirect, language)
    except ValueError:  # not a valid URL, such as "//[x"
        return None


def find_list_part(tidied, stored=STORED_PATHS):
    """Return where a part leads whose list was at another address: to the same part there, or to the list if it has fewer."""
    language, address = split_path(tidied)
    list_address, number = split_part(language, address) or (None, 1)
    if list_address is None or split_part(language, list_address) or is_page(path_of(language, list_address), stored):
        return None
    there = find_destination(path_of(language, list_address), stored=stored)
    leads_to_itself = there and there.url.removeprefix(settings.SITE_URL) == tidied
    if there is None or leads_to_itself or was_deleted(tidied):  # a page that was called like a part
        return None
    new_address = split_path(there.url)[1]
    has_part = new_address and there.url == path_of(language, new_address) and stored.has_part(language, new_address, number)
    return Destination(part_path(language, there.url, number), there.is_permanent) if has_part else there


def is_meant(tidied, stored=STORED_PATHS):
    """Say whether a page answers at a tidied path, its neutral address included, or the site itself, such as its search.

    What somebody was given, such as a shared draft or a file, has capitals that count: it is not what was meant.
    """
    match = match_of(tidied)
    if match is None or tidied == "/" or tidied.startswith("/admin/"):
        return False
    if match.func is views.page:
        return tidied.endswith("/") and is_page(tidied, stored)
    if "slug" in match.kwargs:
        return stored.has_slug(match.kwargs["slug"])
    return is_own(match)


def is_own(match):
    """Say whether what a path matches is no page and takes nothing from it but the language, such as the search or a feed."""
    is_page = match is not None and match.func in (views.page, views.choose_language)
    return match is not None and not is_page and not match.args and match.kwargs.keys() <= {"language"}


def is_page(tidied, stored=STORED_PATHS):
    """Say whether a page answers at a tidied path, or a list with that part of it."""
    language, address = split_path(tidied)
    if language not in LANGUAGES:
        return False
    part = split_part(language, address)
    return stored.has_address(language, address) or (part is not None and stored.has_part(language, *part))


def find_redirect(path, tidied="", query="", replacement=None, stored=STORED_PATHS):
    """Return the redirect from a path, whatever its capitals, the newest; one that names the query comes first.

    `replacement` is a redirect that stands for what is stored of it, or is not stored yet.
    """
    paths = paths_of_redirects(path, tidied, query)
    redirects = {}
    for redirect in stored.redirects_from(paths):
        if replacement is None or redirect.pk != replacement.pk:
            redirects[redirect.old_path.lower()] = redirect
    if replacement is not None:
        redirects[replacement.old_path.lower()] = replacement
    return next((redirects[one.lower()] for one in paths if one.lower() in redirects), None)


def paths_of_redirects(path, tidied, query):
    """Return the paths by which a redirect may be stored that leads on from a path, the first one before the others."""
    path = quote(SLASHES.sub("/", path))  # as browsers send it: what it holds is no host, query or parameter
    paths = [Redirect.normalise_path(f"{path}?{one}") for one in spellings(query)]
    return paths + [Redirect.normalise_path(one) for one in (path, quote(tidied)) if one]


def spellings(query):
    """Return the ways in which a redirect may name a query: as it came, then without what only counts who came by a link."""
    ways = [query, *(tidy_query(query, spell) for spell in (str, encode_alike, unquote_plus))]
    return [one for one in dict.fromkeys(ways) if one]


def tidy_query(query, spell=None):
    """Return a query without what only counts who came by a link, its names and values each spelt in one way."""
    spell = spell or encode_alike
    parts = [part for part in query.split("&") if part and not TRACKING.fullmatch(unquote_plus(part.partition("=")[0]))]
    return "&".join("=".join(map(spell, part.split("=", 1))) for part in parts)


def encode_alike(text):
    """Return a name or value of a query encoded in one way: "é", "%c3%a9" and "%C3%A9" are the same, as are "+" and "%20"."""
    return quote(unquote_plus(text), safe="")


def destination_of(redirect, language):
    """Return the `Destination` of a redirect for a path in a language, or in none: then the page lets the reader choose."""
    if redirect.redirect_page_id is None:
        link = redirect.redirect_link
        link_language = split_path(split_own_link(link)[0])[0]
        is_foreign = language in LANGUAGES and link_language in LANGUAGES and link_language != language
        is_web = (urlsplit(link).scheme or "http") in HttpResponseRedirect.allowed_schemes
        return None if not link or is_foreign or not is_web else Destination(link, redirect.is_permanent)
    page = getattr(redirect.redirect_page, "sitepage", None)
    paths = page.paths() if page else {}
    if language not in LANGUAGES:
        return Destination(page.neutral_path, redirect.is_permanent) if paths else None
    return Destination(paths[language], redirect.is_permanent) if language in paths else None


def is_circular(redirect, stored=STORED_PATHS):
    """Say whether following a redirect, stored or not, and those from where it leads, comes back to where it began.

    Raises ValueError for a link that cannot be parsed.
    """
    first, seen = redirect, set()
    while redirect is not None and redirect.redirect_page_id is None:
        if redirect.old_path.lower() in seen or len(seen) == MAX_STEPS:
            return True
        seen.add(redirect.old_path.lower())
        path, query = split_own_link(redirect.redirect_link)
        tidied = tidy_path(path)
        leads_on = path and not is_page(tidied, stored)
        redirect = find_redirect(path, tidied, query, replacement=first, stored=stored) if leads_on else None
    return False


def split_own_link(link):
    """Return the path and the query of a link to this site, absolute or not; two "" for one that leads elsewhere."""
    parts = urlsplit(link)
    return (unquote(parts.path), parts.query) if is_on_this_site(parts) else ("", "")


def is_on_this_site(parts):
    """Say whether the parts of an address, as `urlsplit` returns them, are of one on this site, absolute or not."""
    return not parts.netloc or parts.hostname in {urlsplit(settings.SITE_URL).hostname, *settings.ALLOWED_HOSTS}
