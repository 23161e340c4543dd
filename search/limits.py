"""A limit to how often an address may ask in a minute. Nothing is stored: a count lives in the cache for that minute."""

from pages.client import address
from pages.throttle import counted, household, key, window

A_MINUTE = 60  # questions


def seconds_to_wait(request, now=None):
    """Count one more question of whoever asks; return how many seconds are left to wait if those are too many, else 0."""
    minute, left = window(60, now)
    return left if counted(key("search", household(address(request)), minute), left) > A_MINUTE else 0
