"""An id for each request: in every line that is logged meanwhile, in nginx's line, and in answers of errors."""

import re
from random import getrandbits

import structlog
from django.conf import settings
from django_structlog.middlewares import RequestMiddleware

HEADER, NAME_IN_META = "X-Request-ID", "HTTP_X_REQUEST_ID"
ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestIdMiddleware(RequestMiddleware):
    """Binds the id to what is logged. Who asks, with which browser and for what, it does not log."""

    def prepare(self, request):
        give_id(request)
        structlog.contextvars.bind_contextvars(request_id=request.request_id)

    def handle_response(self, request, response):
        super().handle_response(request, response)
        if response.status_code >= 400:
            response.headers[HEADER] = request.request_id

    def process_got_request_exception(self, sender, request, **kwargs):
        """Leave it to Django, which logs an error with its traceback."""

    @staticmethod
    def format_request(request):
        """Return the method and the path, without what was asked for."""
        return f"{request.method} {request.path}"

    @staticmethod
    def bind_user_id(request):
        """Leave out who asks: reading it would ask the database."""


def give_id(request):
    """Give a request the id that a proxy of ours sent, or one of its own, for gunicorn's line too."""
    sent = request.META.get(NAME_IN_META, "")
    is_ours = settings.TRUSTED_PROXIES and ID.fullmatch(sent)
    request.request_id = request.META[NAME_IN_META] = sent if is_ours else f"{getrandbits(128):032x}"
