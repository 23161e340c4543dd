"""A draft is for whoever has its link: no cache keeps it, no search engine lists it, no log or referrer hands the link on."""

import re

from draft_links.paths import DRAFT_SEGMENTS
from monitoring.logs import register_hidden

METHODS = ("GET", "HEAD", "POST")
# A log is read by more people than a draft.
register_hidden(re.compile(rf"(/(?:{'|'.join(DRAFT_SEGMENTS.values())})/)[^/\s\"']+"), r"\1…")


def keep_secret(response):
    """Mark a response as one for whoever has the link alone. For its forms browsers then name no origin but "null"."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
