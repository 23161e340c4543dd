"""What a request says of itself: where its form was sent from, which protects a form that has no cookie to compare, and how."""

from urllib.parse import urlsplit


def is_same_origin(request):
    """Say whether a form was sent from a page of this very host.

    Browsers set these headers themselves and pages cannot forge them. `Origin` says it best, and all browsers of today send it
    with a form; `Sec-Fetch-Site` and `Referer` stand in where something in between took it out.
    """
    origin = request.headers.get("Origin")
    if origin is not None and origin != "null":
        return host_of(origin) == request.get_host()
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return host_of(request.headers.get("Referer", "")) == request.get_host()


def has_no_origin(request):
    """Say whether a request says nothing of where it comes from: an old browser, or one from which all of it was taken out.

    A page of another site cannot make a browser of today do this.
    """
    said = (request.headers.get(name) for name in ("Sec-Fetch-Site", "Referer"))
    return request.headers.get("Origin", "null") == "null" and not any(said)


def is_by_hand(request):
    """Say whether the browser says that somebody pressed a key or a button to send this: only then it sets this header.

    Every current browser does; a program that posts without one does not.
    """
    return request.headers.get("Sec-Fetch-User") == "?1"


def host_of(address):
    """Return the host, with its port, of an absolute address; "" where it is none."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def content_length(request):
    """Return how many bytes a request says it has; 0 where it does not say, as nothing is read of it then."""
    text = request.headers.get("content-length") or ""
    return int(text) if text.isascii() and text.isdigit() else 0
