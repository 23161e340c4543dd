"""A draft is for whoever has its link: no cache keeps it, no search engine lists it, no log or referrer hands the link on."""

import logging
import re

from draft_links.paths import DRAFT_SEGMENTS
from monitoring.logs import hide, register_hidden

METHODS = ("GET", "HEAD", "POST")
TOKEN_IN_PATH = re.compile(rf"(/(?:{'|'.join(DRAFT_SEGMENTS.values())})/)[^/\s\"']+")
register_hidden(TOKEN_IN_PATH, r"\1…")


def keep_secret(response):
    """Mark a response as one for whoever has the link alone. For its forms browsers then name no origin but "null"."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


class TokenFilter(logging.Filter):
    """Takes the tokens, as all else that stands in no log, out of what is logged: a log is read by more people than a draft."""

    def filter(self, record):
        record.msg = hide(record.getMessage())
        record.args = ()
        return True
