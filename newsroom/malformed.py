"""A request to the admin that nobody's browser would send is answered with a word, and never with an error page."""

import json
import logging

from django.core.exceptions import FieldError, SuspiciousOperation
from django.db import DataError
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from modelsearch.backends.base import FieldError as SearchFieldError

from pages.scheduling import language_of

logger = logging.getLogger(__name__)
NUL = "\0"


class MalformedRequestMiddleware:
    """Answer 400 where a view of the admin failed over what was sent; all else stays an error of ours.

    The transaction of the request has been taken back by then, so nothing was written.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not request.path_info.startswith("/admin/") or not is_malformed(request, exception):
            return None
        logger.warning("Malformed request to %s: %s", request.path_info, type(exception).__name__, exc_info=exception)
        with translation.override(language_of(request.user)):
            text = _("The site cannot do anything with what was sent. Go back, open the page again and try once more.")
            if request.headers.get("X-Requested-With") == "XMLHttpRequest":
                return JsonResponse({"success": False, "error_message": text}, status=400)
            return render(request, "newsroom/malformed.html", {"text": text}, status=400)


def is_malformed(request, exception):
    """Say whether an exception is about something that was sent, rather than about something that we did.

    A field that is missing is, and anything where a form came without a single one; so is a value that is no number, date or
    JSON, where the message quotes what was sent; and what the database can neither store nor sort by, when somebody only looks.
    """
    if isinstance(exception, (MultiValueDictKeyError, SuspiciousOperation, json.JSONDecodeError)):
        return True
    if request.method == "POST" and not request.POST.keys() - {"csrfmiddlewaretoken"}:  # a form without a single field
        return isinstance(exception, (AttributeError, KeyError, TypeError, ValueError))
    values = [value for sent in (request.GET, request.POST) for _name, several in sent.lists() for value in several]
    if isinstance(exception, (ValueError, DataError)) and any(NUL in value for value in values):
        return True
    if isinstance(exception, (ValueError, TypeError)):
        return any(value and repr(value) in str(exception) for value in values)
    return isinstance(exception, (DataError, FieldError, SearchFieldError)) and request.method == "GET"
