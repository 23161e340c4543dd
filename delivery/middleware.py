"""Paths that no page can have, and redirects that keep the reader's language."""

from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect

from delivery.errors import bad_request
from delivery.redirects import find_destination

MAX_PATH_LENGTH = 2000  # characters
REDIRECTS = {True: HttpResponsePermanentRedirect, False: HttpResponseRedirect}
NO_PAGE = {404, 410}


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
        if response.status_code not in NO_PAGE or request.path_info.startswith("/admin/"):
            return response
        destination = find_destination(request.path_info, request.META.get("QUERY_STRING", ""))
        return response if destination is None else REDIRECTS[destination.is_permanent](destination.url)
