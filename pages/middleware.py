"""Paths that no page can have, and redirects that keep the reader's language."""

from wagtail.contrib.redirects.middleware import RedirectMiddleware as WagtailsOwn

from languages.codes import LANGUAGES
from pages.errors import bad_request

LONGEST_PATH = 2000


class SanePathMiddleware:
    """Answer 400 to what is no address at all, before anything asks the database: NUL bytes and endless paths."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", "") or len(request.path_info) > LONGEST_PATH:
            return bad_request(request, None)
        return self.get_response(request)


class RedirectMiddleware(WagtailsOwn):
    """Wagtail's redirects, but never from one language to another: no page silently shows another language."""

    def process_response(self, request, response):
        found = super().process_response(request, response)
        asked, led = (path.lstrip("/").partition("/")[0] for path in (request.path_info, getattr(found, "url", "") or ""))
        changes_language = asked in LANGUAGES and led in LANGUAGES and asked != led
        return response if changes_language else found
