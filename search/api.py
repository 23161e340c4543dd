"""The search for programs: the same question and the same results as on the page, as JSON. docs/search-api.md describes it."""

from django.conf import settings
from django.db import transaction
from django.http import HttpResponsePermanentRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from pages.navigation import Navigation
from search.answers import answer
from search.limits import REQUESTS_PER_MINUTE, wait_after_request
from search.question import MAX_LENGTH
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


class RequestRefused(Exception):
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
        return answer_request(request, language)
    except RequestRefused as refused:
        content = {"error": {"code": refused.code, "message": refused.message}}
        return json_response(content, refused.status, refused.headers)


def answer_request(request, language):
    """Return the answer to a request that may be answered; raises `RequestRefused`."""
    if request.method not in ("GET", "HEAD"):
        raise RequestRefused(405, "method", _("Only GET and HEAD are possible here."), Allow="GET, HEAD")
    if not request.path_info.endswith("/"):
        query = request.META.get("QUERY_STRING")
        return HttpResponsePermanentRedirect(f"{request.path_info}/" + (f"?{query}" if query else ""), headers=HEADERS)
    if wait := wait_after_request(request):
        message = _("That was more than %(number)s questions in a minute. Wait %(seconds)s seconds, then go on.")
        raise RequestRefused(
            429, "too_many", message % {"number": REQUESTS_PER_MINUTE, "seconds": wait}, **{"Retry-After": str(wait)}
        )
    if unknown := sorted(set(request.GET) - PARAMETERS):
        message = _("Unknown parameter: %(name)s. You can use %(known)s.")
        raise RequestRefused(
            400, "parameter", message % {"name": unknown[0][:MAX_LENGTH], "known": ", ".join(sorted(PARAMETERS))}
        )
    query = request.GET.get("q", "")
    if not query.strip():
        raise RequestRefused(400, "q", _("What are you looking for? The parameter q is missing or empty."))
    section = find_section(request.GET.get("section", ""), language)
    page_number = parse_page_number(request.GET.get("page", ""))
    search_results, promotions = answer(request, query, language, section, page_number, page_number == 1)
    return json_response(serialize_answer(search_results, promotions, language, section))


def json_response(content, status=200, headers=None):
    return JsonResponse(content, status=status, headers=HEADERS | (headers or {}), json_dumps_params={"ensure_ascii": False})


def parse_page_number(text):
    """Return the number of a page of results."""
    if not text:
        return 1
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text)):
        raise RequestRefused(400, "page", _("The parameter page must be a whole number, 1 or higher."))
    return int(text)


def find_section(key, language):
    """Return the page of the menu with a key, None where none is asked for."""
    if not key:
        return None
    menu = {page.slug: page for page in Navigation(language).menu}
    if key not in menu:
        known = ", ".join(menu) or "–"
        raise RequestRefused(400, "section", _("There is no such section. The sections are: %(known)s.") % {"known": known})
    return menu[key]


def serialize_answer(search_results, promotions, language, section):
    """Return `SearchResults`, and the pages that we recommend, as plain values."""
    return {
        "query": search_results.question.text,
        "query_was_cut": search_results.question.was_cut,
        "language": language,
        "section": section.slug if section else None,
        "total": search_results.total,
        "page": search_results.page_number,
        "pages": search_results.page_count,
        "page_size": PAGE_SIZE,
        "has_all_words": not search_results.is_loose,
        "did_you_mean": search_results.correction or None,
        "recommended": [serialize_promotion(promotion) for promotion in promotions],
        "results": [serialize_result(result) for result in search_results.results],
        "elsewhere": {code: [serialize_result(result) for result in results] for code, results in search_results.elsewhere},
    }


def serialize_promotion(promotion):
    url = settings.SITE_URL + promotion.path
    return {"heading": promotion.heading, "url": url, "reason": promotion.reason or None}


def serialize_result(result):
    return {
        "heading": result.heading,
        "summary": result.summary,
        "url": settings.SITE_URL + result.path,
        "language": result.language,
        "section": result.section or None,
        "changed": result.changed_at.isoformat() if result.changed_at else None,
        "passage": [{"text": text, "marked": is_marked} for text, is_marked in result.passage],
    }
