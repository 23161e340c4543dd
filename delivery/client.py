"""Who asks: the network address of a client, for limits to how often somebody may."""

import logging
from functools import cache
from ipaddress import ip_address

from django.conf import settings

logger = logging.getLogger(__name__)


def address(request):
    """Return the client's network address.

    Behind proxies only the last `TRUSTED_PROXIES` entries of X-Forwarded-For were written by machines we trust: the first of
    them is the client; whatever stands before it was sent by the client and may be a lie.
    """
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    trusted = settings.TRUSTED_PROXIES
    if len(forwarded) < trusted:
        warn(f"A request passed {len(forwarded)} proxies, fewer than TRUSTED_PROXIES={trusted}: it counts as the last one's.")
        return request.META.get("REMOTE_ADDR", "")
    seen = forwarded[-trusted] if trusted else request.META.get("REMOTE_ADDR", "")
    if is_private(seen) and any(not is_private(one) for one in forwarded):
        warn(f"Visitors seem to have the address of a proxy: TRUSTED_PROXIES={trusted} may be too low.")
    return seen


def is_private(text):
    """Say whether an address belongs to a machine of a network of its own, such as a proxy of ours."""
    try:
        return ip_address(text).is_private
    except ValueError:
        return False


@cache
def warn(words):
    """Log a warning, once in the life of a process."""
    logger.warning(words)
