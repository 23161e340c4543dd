"""Keeps caches from showing a page beyond the moment at which its notices change."""

import re

from django.utils import timezone

LIFETIME = re.compile(r"\b(s-maxage|stale-while-revalidate)=(\d+)")


class NoticeEndMiddleware:
    """Shortens how long a cache may show a page on which a notice begins or ends soon (`notices.templatetags.notices`)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        changes_at = getattr(request, "notices_change_at", None)
        if changes_at is not None and response.has_header("Cache-Control"):
            seconds = int((changes_at - timezone.now()).total_seconds())
            response.headers["Cache-Control"] = shorten(response.headers["Cache-Control"], seconds)
        return response


def shorten(cache_control, seconds):
    """Return a Cache-Control whose freshness, and what may be shown while a page is fetched anew, add up to `seconds` at most.

    What a cache may show while the application is down stays: a page with an old notice is better than none.
    """
    left = max(seconds, 0)

    def shorten_lifetime(lifetime):
        nonlocal left
        granted = min(int(lifetime[2]), left)
        left -= granted
        return f"{lifetime[1]}={granted}"

    return LIFETIME.sub(shorten_lifetime, cache_control)
