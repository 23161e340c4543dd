"""A limit to how often an address may ask in a minute. Nothing is stored: a count lives in the cache for that minute."""

from delivery.client import address
from delivery.throttle import counted, household, key, window

A_MINUTE = 60  # questions of programs
ON_THE_PAGE = 120  # of readers: whole offices and classes share an address
WHILE_TYPING = 600  # several suggestions come with each question


def seconds_to_wait(request, now=None):
    """Count one more question of a program; return how many seconds are left to wait if those are too many, else 0."""
    return seconds_left(request, "search", A_MINUTE, now)


def readers_wait(request, is_typing=False):
    """Count one more question of a reader, or one more suggestion; return as `seconds_to_wait` does."""
    if is_typing:
        return seconds_left(request, "suggestions", WHILE_TYPING)
    return seconds_left(request, "search-page", ON_THE_PAGE)


def seconds_left(request, kind, most, now=None):
    minute, left = window(60, now)
    # Two at least: the sentence that names them is in the plural.
    return max(left, 2) if counted(key(kind, household(address(request)), minute), left) > most else 0
