"""How the application compresses its answers: brotli for public ones where the reader takes it, else gzip as Django does."""

import re

import brotli
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

# Up to 8, a page takes some tenths of a millisecond, as with gzip; from 9 on, ten times as long. That is worth it where
# a page would otherwise not fit a first round trip: the glossary, asked for once a second at most behind a cache.
QUALITY, QUALITY_OF_LONG_PAGES = 8, 11
LONG = 30_000  # bytes
# How far back brotli looks, in bits: a page is seen whole in 64 KB. Where more is allowed, it clears tables of megabytes first,
# which takes up to eight times as long and makes hardly a byte less.
WINDOW, WINDOW_OF_LARGE = 16, 22
MIN_LENGTH = 200  # as Django has it: less is not worth the work
TAKEN = r"(?:^|,)\s*{}\s*(?:;\s*q=(?:1|0\.0*[1-9])[\d.]*\s*)?(?:,|$)"  # RFC 9110, 12.5.3: a weight of 0 refuses
TAKES_BROTLI, TAKES_GZIP = (re.compile(TAKEN.format(coding), re.IGNORECASE) for coding in ("br", "(?:x-)?gzip"))


def coding_for(taken):
    """Return the coding of an answer to whoever sends this as Accept-Encoding: "br", "gzip", or "" for none."""
    if TAKES_BROTLI.search(taken):
        return "br"
    return "gzip" if TAKES_GZIP.search(taken) else ""


class CompressionMiddleware(GZipMiddleware):
    """Django's middleware, with brotli, and without random bytes in gzip, where nothing is secret.

    Whoever can make somebody else's browser ask for pages, and see how long the answers are, can guess a secret in them (the
    attack is called BREACH). Django's gzip adds random bytes against that, so all below `/admin/` is left to it: only there
    anybody is logged in. Public pages are the same for everybody. What is streamed, or compressed already, is Django's too.
    """

    def __init__(self, get_response):
        super().__init__(get_response)
        self.of_public = GZipMiddleware(get_response)
        self.of_public.max_random_bytes = 0

    def process_response(self, request, response):
        if not self.is_for_brotli(request, response):
            return self.use_gzip(request, response)
        content = compress(response.content, response.get("Content-Type", ""))
        if len(content) >= len(response.content):
            return self.use_gzip(request, response)
        patch_vary_headers(response, ["Accept-Encoding"])
        response.content = content
        response.headers["Content-Encoding"] = "br"
        response.headers["Content-Length"] = str(len(content))
        if response.get("ETag", "").startswith('"'):  # weak, since the bytes are others (RFC 9110, 8.8.1)
            response.headers["ETag"] = f"W/{response.headers['ETag']}"
        return response

    def use_gzip(self, request, response):
        """Compress as Django does, but not for whoever refuses that: Django only looks whether the word is there."""
        if TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")):
            middleware = self.of_public if is_public(request) else super()
            return middleware.process_response(request, response)
        if response.streaming or len(response.content) >= MIN_LENGTH:
            patch_vary_headers(response, ["Accept-Encoding"])
        return response

    @staticmethod
    def is_for_brotli(request, response):
        return (
            is_public(request)
            and not response.streaming
            and len(response.content) >= MIN_LENGTH
            and not response.has_header("Content-Encoding")
            and bool(TAKES_BROTLI.search(request.headers.get("Accept-Encoding", "")))
        )


def is_public(request):
    return not request.path_info.startswith("/admin/")


def compress(content, content_type="text/html"):
    """Return bytes in brotli: long pages are compressed harder, but no other files, such as the sitemap."""
    is_long_page = content_type.startswith("text/html") and len(content) >= LONG
    window = WINDOW if len(content) < 1 << WINDOW else WINDOW_OF_LARGE
    return brotli.compress(content, quality=QUALITY_OF_LONG_PAGES if is_long_page else QUALITY, lgwin=window)
