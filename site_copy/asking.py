"""Asks the site's own views, in this process, as a reader does who is nobody in particular."""

from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest


class Asker:
    """Asks for paths, with all middleware around. No signal of a request is sent: the connection stays open between two."""

    def __init__(self):
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def ask(self, path):
        """Return the answer at a path, unquoted and without a query; 500 where its view failed, as readers get it."""
        return self.handler.get_response(WSGIRequest(environ_of(path)))


def environ_of(path):
    """Return what a server would say of a plain request for a path at the site's public address (PEP 3333)."""
    site = urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": "",
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or {"http": 80, "https": 443}[site.scheme]),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        "HTTP_X_FORWARDED_FOR": ", ".join(["127.0.0.1"] * settings.TRUSTED_PROXIES),
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
    }
