"""Public answers, kept ready compressed until something that they show has changed (`page_cache`)."""

import gzip
from dataclasses import dataclass
from functools import wraps
from hashlib import blake2s

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers

from delivery.compression import MIN_LENGTH, coding_for, compress
from page_cache.answers import answer
from page_cache.release import release

KEPT_STATUSES = {200, 302}


@dataclass(frozen=True, slots=True)
class KeptResponse:
    """What a view said: status, headers, and the content by coding, "" for one too short to compress.

    What the middleware adds to an answer, such as policies, it adds each time.
    """

    status: int
    headers: tuple
    bodies: dict


def keep_answers(by=None):
    """Keep the answers of a view to plain questions: without a query, one for each text that `by(request)` returns."""

    def decorate(view):
        @wraps(view)
        def view_of_kept(request, *args, **kwargs):
            if not settings.KEEP_PAGES or request.META.get("QUERY_STRING"):
                return view(request, *args, **kwargs)
            key = key_of(request.path_info, by(request) if by else "")
            content, request.turns_at, request.shown_until = answer(
                key,
                lambda: keep_response(view(request, *args, **kwargs)),
                lambda content: isinstance(content, KeptResponse),
            )
            if not isinstance(content, KeptResponse):
                return content
            request.kept = key, content
            return response_of(content, request)

        return view_of_kept

    return decorate


def key_of(path, kind=""):
    """Return the key of an answer: of this release, for a path, and of a kind where answers vary."""
    return blake2s("\0".join([release(), path, kind]).encode(errors="surrogatepass"), digest_size=20).hexdigest()


def keep_response(response):
    """Return a response as a `KeptResponse`; as it is where it cannot be kept."""
    is_for_all = "public" in response.get("Cache-Control", "") and not response.cookies
    if response.status_code not in KEPT_STATUSES or response.streaming or not is_for_all:
        return response
    content = response.content
    bodies = {"br": compress(content, response["Content-Type"]), "gzip": gzip.compress(content, mtime=0)}
    if len(content) < MIN_LENGTH or max(map(len, bodies.values())) >= len(content):
        bodies = {"": content}
    elif not response.has_header("ETag"):
        response.headers["ETag"] = f'W/"{blake2s(content, digest_size=16).hexdigest()}"'
    return KeptResponse(response.status_code, tuple(response.items()), bodies)


def response_of(content, request):
    """Return a `KeptResponse` in the coding that a reader takes."""
    coding, body = "", content.bodies.get("")
    if body is None:
        coding = coding_for(request.headers.get("Accept-Encoding", ""))
        body = content.bodies[coding] if coding else gzip.decompress(content.bodies["gzip"])
    response = HttpResponse(body, status=content.status, headers=dict(content.headers))
    if coding:
        response.headers["Content-Encoding"] = coding
    if "" not in content.bodies:  # for whoever takes no coding too, so that a 304 says it as well
        patch_vary_headers(response, ["Accept-Encoding"])
    return response
