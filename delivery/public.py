"""What all public views have in common."""

from functools import wraps

from django.db import transaction
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

STALE_SECONDS = 24 * 60 * 60  # for which a cache may show a page while the application is down
# A page cache in front keeps a page for a second, and may show it while it fetches a new one or the application is down.
CACHE_CONTROL = f"public, s-maxage=1, stale-while-revalidate=60, stale-if-error={STALE_SECONDS}"


def read_only(view):
    """Mark a view as one that only reads, outside of transactions: it answers 405 to whatever would write.

    Django's protection of forms stands aside, which would talk of a form that nobody sent before the method is looked at.
    """
    return csrf_exempt(transaction.non_atomic_requests(require_safe(view)))


def public(view):
    """Mark a view as public: read only, outside of transactions, and kept for a second by the cache in front.

    What a view says itself of caching stays, which the decorator of Django for it would add to.
    """

    @wraps(view)
    def view_with_caching(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        return response

    return read_only(view_with_caching)
