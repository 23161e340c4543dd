"""A request to the admin that nobody's browser would send gets a short message, and never an error page."""

import json
import logging
import re
from traceback import walk_tb

from django.conf import settings
from django.core.exceptions import FieldError, SuspiciousOperation, ValidationError
from django.db import DataError
from django.forms import BaseForm
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from modelsearch.backends.base import FieldError as SearchFieldError

logger = logging.getLogger(__name__)
UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # NUL, and a half of a character of which JSON gives the halves
ESCAPED = re.compile(r"\\u(?:0000|d[89a-f])", re.IGNORECASE)  # as they stand in JSON; browsers write no whole character so
JSON = "application/json"
VALUE_ERRORS = (AttributeError, KeyError, TypeError, ValueError)  # what code raises that meets another value than it expects
OWN_PACKAGES = {folder.parent.name for folder in settings.BASE_DIR.glob("*/__init__.py")}


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
        text = _("The site cannot do anything with what was sent. Go back, open the page again and try once more.")
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return JsonResponse({"success": False, "error_message": text}, status=400)
        return render(request, "newsroom/malformed_request.html", {"text": text}, status=400)


def is_malformed(request, exception):
    """Say whether an exception is about something that was sent, rather than about something that we did.

    It is about what was sent where
    - a field is missing, or Django's or Wagtail's code meets a form without a single one;
    - a value is no number, date, JSON or part of an address, and the message quotes what was sent;
    - a value holds what the database cannot store; JSON is another value than the one that is asked for, or too deep;
    - a page that is only looked at asks the database for a value or an order that it does not know. What the database
      answers and Python cannot read was stored, and not sent: such an error has no code of the database's.
    """
    if isinstance(exception, (MultiValueDictKeyError, SuspiciousOperation, json.JSONDecodeError)):
        return True
    if isinstance(exception, VALUE_ERRORS) and (
        failed_over_an_empty_form(request, exception) or failed_over_a_missing_field(exception)
    ):
        return True
    values = sent_values(request)
    if isinstance(exception, (ValueError, DataError)) and any(not is_storable(one) or ESCAPED.search(one) for one in values):
        return True
    if isinstance(exception, RecursionError):
        return any(map(is_too_deep, values))
    if isinstance(exception, (ValueError, TypeError)) and not isinstance(sent_json(request), dict):
        return True
    if isinstance(exception, NoReverseMatch):  # where it was to lead on to no address; empty fields are in every form
        return any(value and repr(value) in str(exception) for value in values)
    if isinstance(exception, (ValueError, TypeError)):
        return any(repr(value) in str(exception) for value in values)
    if isinstance(exception, ValidationError):
        quoted = [(one.params or {}).get("value") for one in getattr(exception, "error_list", ())]
        return any(value is not None and str(value) in values for value in quoted)
    if isinstance(exception, DataError) and not (any(values) and getattr(exception.__cause__, "sqlstate", None)):
        return False
    return isinstance(exception, (DataError, FieldError, SearchFieldError)) and request.method == "GET"


def is_storable(text):
    """Say whether the database can store a text."""
    return not UNSTORABLE.search(text)


def is_too_deep(text):
    """Say whether a text is JSON with more lists within lists than Python reads."""
    try:
        json.loads(text)
    except RecursionError:
        return True
    except ValueError:
        pass
    return False


def sent_json(request):
    """Return what is sent as JSON and no form, None where it cannot be read, {} of other requests."""
    try:
        return json.loads(request.body) if request.content_type == JSON else {}
    except (ValueError, RecursionError):
        return None


def sent_values(request):
    """Return all texts that a request holds: of its address, its question, its form, or its JSON."""
    matched = request.resolver_match
    of_address = [*matched.args, *matched.kwargs.values()] if matched else []
    of_forms = [value for sent in (request.GET, request.POST) for _name, several in sent.lists() for value in several]
    of_json = [request.body.decode(errors="replace")] if request.content_type == JSON else []
    return [str(value) for value in of_address] + of_forms + of_json


def failed_over_an_empty_form(request, exception):
    """Say whether code of Django's or Wagtail's, and not our own, failed over a form without a single field."""
    is_empty = request.method == "POST" and not request.POST.keys() - {"csrfmiddlewaretoken"} and not request.FILES
    frames = [frame for frame, _line in walk_tb(exception.__traceback__)]
    return is_empty and not (frames and is_own_code(frames[-1]))


def failed_over_a_missing_field(exception):
    """Say whether a form of Django's or Wagtail's failed while it read what was sent, and lacked a field that browsers send."""
    frames = [frame for frame, _line in walk_tb(exception.__traceback__)]
    reading = [index for index, frame in enumerate(frames) if frame.f_code is BaseForm.full_clean.__code__]
    if not reading or any(is_own_code(frame) for frame in frames[reading[-1] :]):
        return False
    form = frames[reading[-1]].f_locals["self"]
    return any(
        field.widget.value_omitted_from_data(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    )


def is_own_code(frame):
    """Say whether a frame of a traceback belongs to code of this site."""
    return frame.f_globals["__name__"].partition(".")[0] in OWN_PACKAGES
