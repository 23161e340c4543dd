"""What all public views have in common."""

from functools import partial, wraps

from django.db import transaction
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from delivery.kept import keep_answers

STALE_SECONDS = 24 * 60 * 60  # for which a cache may show a page while the application is down
# A page cache in front keeps a page for a second, and may show it while it fetches a new one or the application is down.
CACHE_CONTROL = f"public, s-maxage=1, stale-while-revalidate=60, stale-if-error={STALE_SECONDS}"


def read_only(view):
    """Mark a view as one that only reads, outside of transactions: it answers 405 to whatever would write.

    Django's protection of forms stands aside, which would talk of a form that nobody sent before the method is looked at.
    """
    return csrf_exempt(transaction.non_atomic_requests(require_safe(view)))


def public(view=None, *, by=None, is_kept=True):
    """Mark a view as public: read only, outside of transactions, kept by the cache in front for a second.

    Here its answers are kept until they are others (`is_kept`), for each text that `by(request)` returns. Not of a view that
    looks at files, which change without a word. What a view says of caching stays, which Django's decorator would add to.
    """
    if view is None:
        return partial(public, by=by, is_kept=is_kept)

    @wraps(view)
    def view_with_caching(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        return response

    return read_only(keep_answers(by)(view_with_caching) if is_kept else view_with_caching)
