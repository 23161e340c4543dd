"""Who asks: the network address of a client, for limits to how often somebody may."""

from django.conf import settings


def address(request):
    """Return the client's network address.

    Behind proxies only the last `TRUSTED_PROXIES` entries of X-Forwarded-For were written by machines we trust: the first of
    them is the client; whatever stands before it was sent by the client and may be a lie.
    """
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    trusted = settings.TRUSTED_PROXIES
    return forwarded[-trusted] if trusted and len(forwarded) >= trusted else request.META.get("REMOTE_ADDR", "")
