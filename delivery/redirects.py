"""Where a path leads that no page has: by a redirect, or to the page whose address was meant."""

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.db.models import Q
from django.http import HttpResponseRedirect
from wagtail.contrib.redirects.models import Redirect

from languages.codes import LANGUAGES
from languages.paths import path_of
from pages.addresses import SLASHES, tidied
from pages.models import SitePage


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a path leads, and whether it always will."""

    url: str
    is_permanent: bool


MOST_STEPS = 5  # from redirect to redirect


def destination(path, query=""):
    """Return where a path that no page has leads, None where nowhere: with two queries, and two more for each further step."""
    meant = tidied(path)
    language, address = split(meant)
    if meant != path and is_a_page(meant):
        return Destination(path_of(language, address) + (f"?{query}" if query else ""), True)
    redirect = redirect_from(path, meant, query)
    try:
        return None if redirect is None or leads_in_a_circle(redirect) else target(redirect, language)
    except ValueError:  # a link that is none, such as "//[x"
        return None


def split(meant):
    """Return the language and the address of a tidied path: ("nl", "onze-netwerken/eures")."""
    language, _slash, address = meant.strip("/").partition("/")
    return language, address


def is_a_page(meant):
    """Say whether a page answers at a tidied path."""
    language, address = split(meant)
    return language in LANGUAGES and SitePage.objects.filter(**{f"address_{language}": address}).exists()


def redirect_from(path, meant="", query="", instead=None):
    """Return the redirect from a path, whatever its capitals, the newest; one that names the query comes first.

    `instead` is a redirect that stands for what is stored of it, or is not stored yet.
    """
    path = quote(SLASHES.sub("/", path))  # as browsers send it: what it holds is no host, query or parameter
    paths = [Redirect.normalise_path(f"{path}?{query}")] if query else []
    paths += [Redirect.normalise_path(one) for one in (path, quote(meant)) if one]
    found = {}
    matching = Q()
    for one in paths:
        matching |= Q(old_path__iexact=one)
    for redirect in Redirect.objects.filter(matching).select_related("redirect_page__sitepage").order_by("pk"):
        if instead is None or redirect.pk != instead.pk:
            found[redirect.old_path.lower()] = redirect
    if instead is not None:
        found[instead.old_path.lower()] = instead
    return next((found[one.lower()] for one in paths if one.lower() in found), None)


def target(redirect, language):
    """Return the `Destination` of a redirect for a path in a language, or in none: then the page lets the reader choose."""
    if redirect.redirect_page_id is None:
        link = redirect.redirect_link
        led = own_path(link)[0].lstrip("/").partition("/")[0]
        is_foreign = language in LANGUAGES and led in LANGUAGES and led != language
        is_web = (urlsplit(link).scheme or "http") in HttpResponseRedirect.allowed_schemes
        return None if not link or is_foreign or not is_web else Destination(link, redirect.is_permanent)
    page = getattr(redirect.redirect_page, "sitepage", None)
    paths = page.paths() if page else {}
    if language not in LANGUAGES:
        return Destination(page.neutral_path, redirect.is_permanent) if paths else None
    return Destination(paths[language], redirect.is_permanent) if language in paths else None


def leads_in_a_circle(redirect):
    """Say whether following a redirect, stored or not, and those from where it leads, comes back to one of them.

    Raises ValueError for a link that is none.
    """
    first, seen = redirect, set()
    while redirect is not None and redirect.redirect_page_id is None:
        if redirect.old_path.lower() in seen or len(seen) == MOST_STEPS:
            return True
        seen.add(redirect.old_path.lower())
        path, query = own_path(redirect.redirect_link)
        meant = tidied(path)
        redirect = redirect_from(path, meant, query, instead=first) if path and not is_a_page(meant) else None
    return False


def own_path(link):
    """Return the path and the query of a link to this site, absolute or not; two "" for one that leads elsewhere."""
    parts = urlsplit(link)
    is_own = not parts.netloc or parts.hostname in {urlsplit(settings.SITE_URL).hostname, *settings.ALLOWED_HOSTS}
    return (unquote(parts.path), parts.query) if is_own else ("", "")
