"""A limit to how many answers come in a minute, for a page and for the site: no address of a visitor is needed for it."""

from delivery.throttle import counted, window

A_PAGE = 30
THE_SITE = 200
KEPT = 120  # seconds: a minute's count is of no use after it


def is_flood(page, now=None):
    """Count one more answer about `page`, and say whether there are too many of them in this minute."""
    minute, _left = window(60, now)
    of_page = counted(f"feedback:{page.pk}:{minute}", KEPT)
    of_site = counted(f"feedback:all:{minute}", KEPT)
    return of_page > A_PAGE or of_site > THE_SITE
