"""The search for programs: the same question and the same results as on the page, as JSON. docs/search-api.md describes it."""

from django.conf import settings
from django.db import transaction
from django.http import HttpResponsePermanentRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from pages.navigation import Navigation
from search.answers import answer
from search.limits import A_MINUTE, seconds_to_wait
from search.question import LONGEST
from search.results import PAGE_SIZE

PARAMETERS = {"q", "section", "page"}
# No cookie is read, so whichever site asks learns no more than anybody may. As with the page, what somebody looks for is
# kept by no cache and listed by no search engine.
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Retry-After",
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
}


class Refused(Exception):
    """A request that is not answered: with a status, a short code for programs, a message for people, and headers."""

    def __init__(self, status, code, message, **headers):
        super().__init__(code)
        self.status, self.code, self.message, self.headers = status, code, message, headers


# It only reads, so a POST needs no token to be told that it is none of its business here.
@csrf_exempt
@transaction.non_atomic_requests
def api(request, language):
    """Answer a question in `language`: with what was found, or with an error that says what is wrong."""
    request.encoding = "utf-8"  # as on the page
    try:
        return answered(request, language)
    except Refused as refused:
        content = {"error": {"code": refused.code, "message": refused.message}}
        return as_json(content, refused.status, refused.headers)


def answered(request, language):
    """Return the answer to a request that may be answered; raises `Refused`."""
    if request.method not in ("GET", "HEAD"):
        raise Refused(405, "method", _("Only GET and HEAD are possible here."), Allow="GET, HEAD")
    if not request.path_info.endswith("/"):
        query = request.META.get("QUERY_STRING")
        return HttpResponsePermanentRedirect(f"{request.path_info}/" + (f"?{query}" if query else ""), headers=HEADERS)
    if wait := seconds_to_wait(request):
        message = _("That was more than %(number)s questions in a minute. Wait %(seconds)s seconds, then go on.")
        raise Refused(429, "too_many", message % {"number": A_MINUTE, "seconds": wait}, **{"Retry-After": str(wait)})
    if unknown := sorted(set(request.GET) - PARAMETERS):
        message = _("Unknown parameter: %(name)s. You can use %(known)s.")
        raise Refused(400, "parameter", message % {"name": unknown[0][:LONGEST], "known": ", ".join(sorted(PARAMETERS))})
    query = request.GET.get("q", "")
    if not query.strip():
        raise Refused(400, "q", _("What are you looking for? The parameter q is missing or empty."))
    section = section_of(request.GET.get("section", ""), language)
    outcome, pages = answer(request, query, language, section, number(request.GET.get("page", "")))
    return as_json(content_of(outcome, pages, language, section))


def as_json(content, status=200, headers=None):
    return JsonResponse(content, status=status, headers=HEADERS | (headers or {}), json_dumps_params={"ensure_ascii": False})


def number(text):
    """Return the number of a page of results."""
    if not text:
        return 1
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text)):
        raise Refused(400, "page", _("The parameter page must be a whole number, 1 or higher."))
    return int(text)


def section_of(key, language):
    """Return the page of the menu with a key, None where none is asked for."""
    if not key:
        return None
    menu = {page.slug: page for page in Navigation(language).menu}
    if key not in menu:
        known = ", ".join(menu) or "–"
        raise Refused(400, "section", _("There is no such section. The sections are: %(known)s.") % {"known": known})
    return menu[key]


def content_of(outcome, pages, language, section):
    """Return what was `Found`, and the pages that we recommend, as plain values."""
    return {
        "query": outcome.question.text,
        "query_was_cut": outcome.question.was_cut,
        "language": language,
        "section": section.slug if section else None,
        "total": outcome.total,
        "page": outcome.number,
        "pages": outcome.pages,
        "page_size": PAGE_SIZE,
        "has_all_words": not outcome.is_loose,
        "did_you_mean": outcome.better or None,
        "recommended": [content_of_promoted(page) for page in pages],
        "results": [content_of_result(result) for result in outcome.results],
        "elsewhere": {code: [content_of_result(result) for result in results] for code, results in outcome.elsewhere},
    }


def content_of_promoted(page):
    return {"heading": page.heading, "url": settings.SITE_URL + page.path, "reason": page.reason or None}


def content_of_result(result):
    return {
        "heading": result.heading,
        "summary": result.summary,
        "url": settings.SITE_URL + result.path,
        "language": result.language,
        "section": result.section or None,
        "changed": result.changed_at.isoformat() if result.changed_at else None,
        "passage": [{"text": text, "marked": is_marked} for text, is_marked in result.passage],
    }
