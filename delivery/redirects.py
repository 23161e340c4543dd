"""Where a path leads that no page has: by a redirect, or to the page whose address was meant."""

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.db.models import Q
from django.http import HttpResponseRedirect
from wagtail.contrib.redirects.models import Redirect

from languages.codes import LANGUAGES
from languages.paths import path_of, split_path
from pages.addresses import SLASHES, tidy_path
from pages.models import SitePage

MAX_STEPS = 5  # from redirect to redirect


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a path leads, and whether it always will."""

    url: str
    is_permanent: bool


def find_destination(path, query=""):
    """Return the `Destination` of a path that no page has, or None; two queries, and two more for each further step."""
    tidied = tidy_path(path)
    language, address = split_path(tidied)
    if tidied != path and is_page(tidied):
        return Destination(path_of(language, address) + (f"?{query}" if query else ""), True)
    redirect = find_redirect(path, tidied, query)
    try:
        return None if redirect is None or is_circular(redirect) else destination_of(redirect, language)
    except ValueError:  # not a valid URL, such as "//[x"
        return None


def is_page(tidied):
    """Say whether a page answers at a tidied path."""
    language, address = split_path(tidied)
    return language in LANGUAGES and SitePage.objects.filter(**{f"address_{language}": address}).exists()


def find_redirect(path, tidied="", query="", replacement=None):
    """Return the redirect from a path, whatever its capitals, the newest; one that names the query comes first.

    `replacement` is a redirect that stands for what is stored of it, or is not stored yet.
    """
    path = quote(SLASHES.sub("/", path))  # as browsers send it: what it holds is no host, query or parameter
    paths = [Redirect.normalise_path(f"{path}?{query}")] if query else []
    paths += [Redirect.normalise_path(one) for one in (path, quote(tidied)) if one]
    redirects = {}
    matching = Q()
    for one in paths:
        matching |= Q(old_path__iexact=one)
    for redirect in Redirect.objects.filter(matching).select_related("redirect_page__sitepage").order_by("pk"):
        if replacement is None or redirect.pk != replacement.pk:
            redirects[redirect.old_path.lower()] = redirect
    if replacement is not None:
        redirects[replacement.old_path.lower()] = replacement
    return next((redirects[one.lower()] for one in paths if one.lower() in redirects), None)


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


def is_circular(redirect):
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
        redirect = find_redirect(path, tidied, query, replacement=first) if path and not is_page(tidied) else None
    return False


def split_own_link(link):
    """Return the path and the query of a link to this site, absolute or not; two "" for one that leads elsewhere."""
    parts = urlsplit(link)
    return (unquote(parts.path), parts.query) if is_on_this_site(parts) else ("", "")


def is_on_this_site(parts):
    """Say whether the parts of an address, as `urlsplit` returns them, are of one on this site, absolute or not."""
    return not parts.netloc or parts.hostname in {urlsplit(settings.SITE_URL).hostname, *settings.ALLOWED_HOSTS}
