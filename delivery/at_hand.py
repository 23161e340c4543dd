"""Answers as they left this process a moment ago, given again before anything else is asked: the same bytes, the same headers.

The outermost of three places in which an answer is looked for. Here is the whole response of this process; `page_cache.memory`
has what the view said, in this process too, and `page_cache.store` has it for all processes. What all other middleware and the
view would say was said when the response was first made, to a request with the same cache key. It is given while it is
remembered and true, and not when a reader sets other conditions than a cache does.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse, HttpResponseNotModified
from django.middleware.http import ConditionalGetMiddleware
from django.urls import ResolverMatch
from django.utils import timezone

from delivery.compression import coding_for
from delivery.lifetime import shorten
from monitoring import counts
from monitoring.request_ids import give_id
from page_cache.answers import Answer
from page_cache.changes import KnownChanges, watcher
from page_cache.memory import Memory, memory

# As WSGI has them: to make Django's `headers` of all that a browser sends takes longer than the rest.
TAG = "HTTP_IF_NONE_MATCH"
CONDITIONS = {"HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE", "HTTP_RANGE"}  # of which few readers know
ALIKE = {"", "Accept-Encoding"}  # what `Vary` says of answers that the cache key tells apart
VALIDATING = ("Cache-Control", "Content-Location", "ETag", "Expires", "Last-Modified", "Vary")  # of a 304: RFC 9110, 15.4.5
# What `SecurityMiddleware` adds to whatever is answered; it stands around what makes a 304.
OF_ALL = ("Strict-Transport-Security", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy")


@dataclass(slots=True)
class RememberedResponse:
    """A response as it left, the 304 in its place, the answer that it holds, with the key of that, and its route.

    The two responses are shared by all who are given them: their headers must not be changed. `known` is what was known of
    changes when the answer was last found true.
    """

    response: HttpResponse
    of_304: HttpResponse
    answer_key: str
    answer: Answer
    route: ResolverMatch
    known: KnownChanges | None = None

    def is_true(self):
        """Say whether it is still what is remembered under its key, and true as far as is known."""
        known = watcher.look()
        if known is self.known:  # within the second
            return self.answer.is_as_known()
        if memory.get(self.answer_key) is not self.answer or not self.answer.is_true(known):
            return False
        self.known = known
        return True

    def again(self, is_had):
        """Return the response again, or the 304 to whoever has it, with headers that are lent: nobody changes them."""
        lent = self.of_304 if is_had else self.response
        response = HttpResponseNotModified() if is_had else HttpResponse(self.response.content)
        response.headers = lent.headers
        if (turns_at := self.answer.turns_at) is not None:
            left = shorten(lent["Cache-Control"], int((turns_at - timezone.now()).total_seconds()))
            if left != lent["Cache-Control"]:
                response.headers = HttpResponse(headers=lent.headers).headers
                response.headers["Cache-Control"] = left
        return response


class AtHandMiddleware:
    """Stands around all that makes answers, within what counts them and what follows the edited strings."""

    def __init__(self, get_response):
        self.get_response, self.responses, self.conditional = get_response, Memory(), ConditionalGetMiddleware(get_response)

    def __call__(self, request):
        cache_key = cache_key_of(request) if settings.KEEP_PAGES else None
        remembered = self.responses.get(cache_key) if cache_key else None
        if remembered and remembered.is_true():
            return self.give(request, remembered)
        response = self.get_response(request)
        if cache_key and hasattr(request, "kept") and response.status_code == 200:
            self.remember(cache_key, request, response)
        return response

    def give(self, request, remembered):
        """Return a remembered response, or 304 to whoever has it."""
        give_id(request)
        request.resolver_match = remembered.route
        counts.kept_hits.inc()
        return remembered.again(self.is_had(request, remembered))

    def is_had(self, request, remembered):
        """Say whether a reader has a response already: by the very tag that it had, or as Django says."""
        tag = request.META.get(TAG)
        if tag is None or tag == remembered.of_304.get("ETag"):
            return tag is not None
        return self.conditional.process_response(request, HttpResponse(headers=remembered.of_304.headers)).status_code == 304

    def remember(self, cache_key, request, response):
        """Remember a response if it is that of the answer which is remembered, and the same for all who ask with this key."""
        key, content = request.kept
        answer = memory.get(key)
        if answer is None or answer.content is not content or response.get("Vary", "") not in ALIKE or response.cookies:
            return
        headers = dict(response.items()) | {"Cache-Control": dict(content.headers)["Cache-Control"]}  # where nothing turns soon
        of_304 = {name: headers[name] for name in (*VALIDATING, *OF_ALL) if name in headers}
        lent = HttpResponse(response.content, headers=headers), HttpResponseNotModified(headers=of_304)
        self.responses.put(cache_key, RememberedResponse(*lent, key, answer, request.resolver_match))


def cache_key_of(request):
    """Return what tells a request from others that may be answered otherwise; None for one that is no plain one.

    No answer depends on which of the allowed hosts was named, or with which port, nor on more of the codings than which of them
    is chosen: so nobody fills the memory by naming many.
    """
    headers = request.META
    if request.method != "GET" or headers.get("QUERY_STRING") or getattr(request, "is_dummy", False):  # of a preview
        return None
    if not CONDITIONS.isdisjoint(headers.keys()):
        return None
    try:
        request.get_host()
    except DisallowedHost:  # which the others answer
        return None
    return request.scheme, coding_for(headers.get("HTTP_ACCEPT_ENCODING", "")), request.path_info
