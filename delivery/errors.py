"""Clear answers to what cannot be served, in the language of the address, or in all where it has none."""

import sys

from django.db.models import Q
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from languages.codes import LANGUAGES, current_language
from languages.paths import path_of, split_path
from monitoring.outages import is_away
from pages import former_paths
from pages.addresses import ADDRESS
from pages.models import SitePage
from pages.navigation import Navigation

CACHE_BRIEFLY = "public, s-maxage=1"
# For pages that may ask nothing of the database: the addresses of the starting content, from which redirects lead on when slugs
# change. 500.html has them too.
STATEMENT = {
    "nl": "/nl/toegankelijkheidsverklaring/",
    "fr": "/fr/declaration-d-accessibilite/",
    "en": "/en/accessibility-statement/",
}
NOT_FOUND = (
    404,
    gettext_lazy("Page not found"),
    gettext_lazy("There is no page at this address. Search for what you need, or start from the home page."),
)
GONE = (
    410,
    gettext_lazy("Page removed"),
    gettext_lazy("This page was removed. Search for what you need, or start from the home page."),
)

SECONDS_TO_WAIT = 120  # as deploy/nginx.conf says on its own pages


def error_page(request, status, title, text, **more):
    """Return an error page with the site's navigation, and what `more` its template knows; no cache keeps it for long."""
    language = current_language()
    context = {
        "language": language,
        "navigation": Navigation(language),
        "status": status,
        "title": title,
        "text": text,
        **more,
    }
    response = render(request, "error.html", context, status=status)
    response.headers["Cache-Control"] = CACHE_BRIEFLY
    return response


def bare_error(request, status, title, text, languages=LANGUAGES):
    """Return an error page in these languages, made without the database. `title` and `text` are lazy translations."""
    context = {"languages": languages, "status": status, "title": title, "text": text, "statement": STATEMENT}
    return render(request, "bare_error.html", context, status=status)


def bad_request(request, exception=None):
    """400: what was sent is no request we understand; it may be hostile."""
    title = gettext_lazy("We do not understand this request")
    text = gettext_lazy("Check the address, or start from the home page.")
    return bare_error(request, 400, title, text)


def too_many_attempts(request, response=None, credentials=None):
    """429: whoever guesses passwords has to wait (django-axes asks for this answer)."""
    title = gettext_lazy("Too many attempts")
    text = gettext_lazy("There were too many attempts to log in. Wait a quarter of an hour, then try again.")
    return bare_error(request, 429, title, text)


def permission_denied(request, exception):
    return error_page(request, 403, _("No access"), _("You do not have access to this page."))


def page_not_found(request, exception, pages_meant=None):
    """404, or 410 where a page was deleted: with the nearest page above, and the languages in which this very path exists.

    `pages_meant` may say more, from the request and the nearest page or None.
    """
    status, title, text = NOT_FOUND
    if former_paths.was_deleted(request.path_info):
        status, title, text = GONE
    if split_path(request.path_info)[0] not in LANGUAGES:
        response = bare_error(request, status, title, text)
        response.headers["Cache-Control"] = CACHE_BRIEFLY
        return response
    near = nearest_pages(request.path_info)
    meant = pages_meant(request, near.get("nearest")) if pages_meant else {}
    return error_page(request, status, str(title), text, **near, **meant)


def nearest_pages(path):
    """Return what helps a reader who came to a path that leads nowhere, with one query.

    `nearest` is the page closest above it in its language; `elsewhere` are languages in which this very path exists, as
    (code, path): many a link has only its language wrong.
    """
    language, address = split_path(path)
    if language not in LANGUAGES or not address or not ADDRESS.match(address):
        return {}
    steps = address.split("/")
    paths_above = ["/".join(steps[:length]) for length in range(1, len(steps))]
    has_this_path = Q()
    for code in LANGUAGES:
        has_this_path |= Q(**{f"address_{code}": address})
    pages = SitePage.objects.filter(has_this_path | Q(**{f"address_{current_language()}__in": paths_above})).for_links()
    nearest = max(
        (page for page in pages if getattr(page, f"address_{current_language()}") in paths_above),
        key=lambda page: page.depth,
        default=None,
    )
    elsewhere = [
        (code, path_of(code, address)) for page in pages for code in LANGUAGES if getattr(page, f"address_{code}") == address
    ]
    return {"nearest": nearest, "elsewhere": elsewhere}


def csrf_failure(request, reason=""):
    text = _("This form was open for too long, or was not sent from this site. Go back, reload the page and try again.")
    return error_page(request, 403, _("The form could not be accepted"), text)


def server_error(request):
    """500: nothing may be assumed to work, so the page asks nothing of database, templates' context or translations.

    503 where the error that Django is handling says that the database does not answer: that goes by, and whoever stands in
    front may show what it kept, or that there is no such page.
    """
    # By what is logged of it; nobody keeps such an answer.
    response = render(request, "500.html", {"reference": getattr(request, "request_id", "")}, status=500)
    if is_away(sys.exception()):
        response.status_code = 503
        response.headers["Retry-After"] = str(SECONDS_TO_WAIT)
    return response
