"""Counting how often something happens in a while. Nothing is stored: a count lives in a cache for that while."""

import logging
from ipaddress import ip_address, ip_network

from django.core.cache import caches
from django.utils import timezone
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

HOUSEHOLD = 64  # bits of an IPv6 address that a household or an office shares: the others it changes as it likes


def window(seconds, now=None):
    """Return the number of the present window of so many seconds, and how many seconds are left of it."""
    moment = int((now or timezone.now()).timestamp())
    return moment // seconds, seconds - moment % seconds


def key(kind, who, number):
    """Return under which name somebody is counted: it can neither be read back nor told apart in the next window."""
    return f"{kind}:" + salted_hmac(f"throttle.{kind}", f"{number} {who}", algorithm="sha256").hexdigest()


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
        cache = caches["throttles"]
        cache.add(name, 0, left)
        number = cache.incr(name)
        cache.touch(name, left)  # some caches give a number that grows a life of their own
        return number
    except Exception:  # each kind of cache fails in its own way, and nobody is to lose anything by it
        logger.exception("A limit could not be counted.")
        return 0


def count_so_far(name):
    """Return a count without adding to it; 0 where there is none."""
    try:
        return caches["throttles"].get(name, 0)
    except Exception:
        logger.exception("A limit could not be read.")
        return 0
