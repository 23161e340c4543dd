"""Keeps caches from showing an answer beyond the moment at which the clock makes it another, or nobody shows it any more."""

import re

from django.utils import timezone

LIFETIME = re.compile(r"\b(s-maxage|stale-while-revalidate)=(\d+)")
IF_ERROR = re.compile(r"\b(stale-if-error)=(\d+)")


class LifetimeMiddleware:
    """Shortens how long a cache may show what soon turns (`request.turns_at`), such as a page whose notice ends.

    What is shown without a database is shown for a day in all (`request.shown_until`), by whomever.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, lifetime in (("turns_at", LIFETIME), ("shown_until", IF_ERROR)):
            moment = getattr(request, name, None)
            if moment is not None and response.has_header("Cache-Control"):
                seconds = int((moment - timezone.now()).total_seconds())
                response.headers["Cache-Control"] = shorten(response.headers["Cache-Control"], seconds, lifetime)
        return response


def shorten(cache_control, seconds, lifetime=LIFETIME):
    """Return a Cache-Control whose freshness, and what may be shown while a page is fetched anew, add up to `seconds` at most.

    What a cache may show while the application is down stays: a page of yesterday is better than none. With `IF_ERROR` that
    alone is shortened.
    """
    left = max(seconds, 0)

    def shorten_one(match):
        nonlocal left
        granted = min(int(match[2]), left)
        left -= granted
        return f"{match[1]}={granted}"

    return lifetime.sub(shorten_one, cache_control)
