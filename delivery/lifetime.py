"""Keeps caches from showing an answer beyond the moment at which the clock makes it another."""

import re

from django.utils import timezone

LIFETIME = re.compile(r"\b(s-maxage|stale-while-revalidate)=(\d+)")


class LifetimeMiddleware:
    """Shortens how long a cache may show what soon turns (`request.turns_at`), such as a page whose notice ends."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        turns_at = getattr(request, "turns_at", None)
        if turns_at is not None and response.has_header("Cache-Control"):
            seconds = int((turns_at - timezone.now()).total_seconds())
            response.headers["Cache-Control"] = shorten(response.headers["Cache-Control"], seconds)
        return response


def shorten(cache_control, seconds):
    """Return a Cache-Control whose freshness, and what may be shown while a page is fetched anew, add up to `seconds` at most.

    What a cache may show while the application is down stays: a page of yesterday is better than none.
    """
    left = max(seconds, 0)

    def shorten_lifetime(lifetime):
        nonlocal left
        granted = min(int(lifetime[2]), left)
        left -= granted
        return f"{lifetime[1]}={granted}"

    return LIFETIME.sub(shorten_lifetime, cache_control)
