"""A limit to how many answers come in a minute, for a page and for the site: no address of a visitor is needed for it."""

import logging

from django.core.cache import cache
from django.utils import timezone

logger = logging.getLogger(__name__)

A_PAGE = 30
THE_SITE = 200
KEPT = 120  # seconds: a minute's count is of no use after it


def is_flood(page, now=None):
    """Count one more answer about `page`, and say whether there are too many of them in this minute.

    Two processes may count at once and lose one, as caches of files cannot add; a flood is noticed all the same.
    """
    minute = int((now or timezone.now()).timestamp()) // 60
    of_page = counted(f"feedback:{page.pk}:{minute}")
    of_site = counted(f"feedback:all:{minute}")
    return of_page > A_PAGE or of_site > THE_SITE


def counted(key):
    """Add one to a count in the cache and return it; 0 where there is no cache to count in."""
    try:
        cache.add(key, 0, KEPT)
        return cache.incr(key)
    except Exception:  # each kind of cache fails in its own way, and no reader's answer is to be lost by it
        logger.exception("The limit to feedback could not be counted.")
        return 0
