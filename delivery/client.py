"""The network address of a client, which limits count by."""

import logging
import re
from functools import cache
from ipaddress import ip_address, ip_network

from django.conf import settings

logger = logging.getLogger(__name__)

WITH_PORT = re.compile(r"(?P<four>[\d.]+):\d+|\[(?P<six>[\da-fA-F:.]+)\](:\d+)?")  # as some proxies write an address
NETWORK_BITS = 64  # of an IPv6 address: what a home or an office shares; the device changes the other bits as it likes


def client_address(request):
    """Return the client's network address.

    Behind proxies only the last `TRUSTED_PROXIES` entries of X-Forwarded-For were written by machines we trust: the first of
    them is the client; whatever stands before it was sent by the client and may be a lie. What is no address counts as the last
    proxy's.
    """
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    trusted = settings.TRUSTED_PROXIES
    if len(forwarded) < trusted:
        warn_once(
            f"A request passed {len(forwarded)} proxies, fewer than TRUSTED_PROXIES={trusted}: it counts as the last one's."
        )
        return request.META.get("REMOTE_ADDR", "")
    client = without_port(forwarded[-trusted]) if trusted else request.META.get("REMOTE_ADDR", "")
    if trusted and not is_address(client):
        warn_once("A proxy names visitors by something that is no address: they count as the last proxy.")
        return request.META.get("REMOTE_ADDR", "")
    if is_private(client) and any(not is_private(part) for part in forwarded):
        warn_once(f"Visitors seem to have the address of a proxy: TRUSTED_PROXIES={trusted} may be too low.")
    return client


def client_network(request):
    """Return whom a limit counts: the network of a client with an IPv6 address, and any other address as it is."""
    client = client_address(request)
    try:
        ip = ip_address(client)
    except ValueError:
        return client
    if ip.version == 4:
        return client
    return str(ip.ipv4_mapped or ip_network((ip.packed, NETWORK_BITS), strict=False))


def without_port(text):
    """Return an address without the port of the client, which is another one at each connection."""
    match = WITH_PORT.fullmatch(text)
    return (match["four"] or match["six"]) if match else text


def is_address(text):
    """Say whether a text is an address that tables can hold: none names an interface, as in "fe80::1%eth0"."""
    try:
        return not getattr(ip_address(text), "scope_id", None)
    except ValueError:
        return False


def is_private(text):
    """Say whether an address belongs to a machine of a network of its own, such as a proxy of ours."""
    try:
        return ip_address(text).is_private
    except ValueError:
        return False


@cache
def warn_once(message):
    """Log a warning, once in the life of a process."""
    logger.warning(message)
