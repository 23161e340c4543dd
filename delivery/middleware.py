"""Paths that no page can have, and redirects that keep the reader's language."""

from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect

from delivery.errors import bad_request
from delivery.public import CACHE_CONTROL
from delivery.redirects import find_destination

MAX_PATH_LENGTH = 2000  # characters
REDIRECTS = {True: HttpResponsePermanentRedirect, False: HttpResponseRedirect}
NO_PAGE = {404, 410}
PERMANENT = {301, 308}


class SanePathMiddleware:
    """Answer 400 to what is no address at all, before anything asks the database: NUL bytes and endless paths."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        has_nul = "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", "")
        if has_nul or len(request.path_info) > MAX_PATH_LENGTH:
            return bad_request(request, None)
        return self.get_response(request)


class RedirectMiddleware:
    """Redirects requests that match no page: by a stored redirect, or to the page that was meant. Never to another language.

    In place of Wagtail's, which is case-sensitive, knows one language, and follows circles.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            return response
        if response.status_code in NO_PAGE:
            destination = find_destination(request.path_info, request.META.get("QUERY_STRING", ""))
            response = response if destination is None else REDIRECTS[destination.is_permanent](destination.url)
        return ask_again(response) if response.status_code in PERMANENT else response


def ask_again(response):
    """Let browsers ask again before they follow a permanent redirect once more: they would keep it for ever otherwise.

    Whoever turns a redirect round would send them in a circle from which nothing but clearing the browser's cache leads.
    """
    cache_control = response.get("Cache-Control", CACHE_CONTROL)
    if "no-store" not in cache_control and "max-age" not in cache_control.replace("s-maxage", ""):
        response.headers["Cache-Control"] = f"{cache_control}, max-age=0"
    return response
