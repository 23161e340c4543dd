"""A limit to how often an address may ask in a minute. Nothing is stored: a count lives in the cache for that minute."""

import logging
from ipaddress import ip_address, ip_network

from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac

from pages.client import address

logger = logging.getLogger(__name__)

A_MINUTE = 60  # questions
SALT = "search.limits"
HOUSEHOLD = 64  # bits of an IPv6 address that a household or an office shares: the others it changes as it likes


def seconds_to_wait(request, now=None):
    """Count one more question of whoever asks; return how many seconds are left to wait if those are too many, else 0."""
    moment = int((now or timezone.now()).timestamp())
    left = 60 - moment % 60
    return left if counted(key(address(request), moment // 60), left) > A_MINUTE else 0


def key(client, minute):
    """Return under which name an address is counted: it can neither be read back nor told apart in the next minute."""
    return "search:" + salted_hmac(SALT, f"{minute} {household(client)}", algorithm="sha256").hexdigest()


def household(client):
    """Return the network of an IPv6 address, and any other address as it is."""
    try:
        found = ip_address(client)
    except ValueError:
        return client
    if found.version == 4:
        return client
    return str(found.ipv4_mapped or ip_network((found.packed, HOUSEHOLD), strict=False))


def counted(name, left):
    """Add one to a count that lives for `left` seconds and return it; 0 where there is no cache to count in.

    Two processes may count at once and lose one, as caches of files cannot add; who asks too much is noticed all the same.
    """
    try:
        cache.add(name, 0, left)
        number = cache.incr(name)
        cache.touch(name, left)  # some caches give a number that grows a life of their own
        return number
    except Exception:  # each kind of cache fails in its own way, and no question is to be lost by it
        logger.exception("The limit to questions could not be counted.")
        return 0
