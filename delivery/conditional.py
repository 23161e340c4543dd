"""ETags for all responses, including pages with the feedback form."""

import re
from hashlib import blake2s

from django.middleware import http
from django.utils import timezone

from delivery.public import STALE_SECONDS

STAMP = re.compile(rb'name="stamp" value="[^"]*"')
PERIOD = STALE_SECONDS // 4  # seconds


class ConditionalGetMiddleware(http.ConditionalGetMiddleware):
    """Django's middleware, for which two answers that differ in the stamp of their form are the same one for six hours.

    The stamp says at which second the page was made: without this no page would ever be the one that a browser has. The
    validator changes with the period, so that a form that a browser kept is still good for most of a day.
    """

    def process_response(self, request, response):
        is_kept = "no-store" not in response.get("Cache-Control", "")
        if response.status_code == 200 and is_kept and not response.streaming and not response.has_header("ETag"):
            content, count = STAMP.subn(b"", response.content)
            if count:
                period = int(timezone.now().timestamp()) // PERIOD
                response.headers["ETag"] = f'W/"{blake2s(content, digest_size=16).hexdigest()}-{period}"'
        return super().process_response(request, response)
