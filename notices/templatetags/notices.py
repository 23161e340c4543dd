"""The notices at the top of every page."""

import logging

from django import template
from django.core.exceptions import ValidationError
from django.db import DataError
from django.utils import timezone

from notices.models import Notice
from page_cache.recording import turn_at

logger = logging.getLogger(__name__)
register = template.Library()
UNREADABLE = (DataError, ArithmeticError, ValidationError, ValueError)  # what reading a stored moment may raise


@register.inclusion_tag("notices/notices.html", takes_context=True)
def notices(context):
    """Print the notices of now, with one query, and note when there are others.

    Where they cannot be read, there are none: no notice may take down the page, or the error page, that it stands on.
    """
    try:
        shown = Notice.shown_at(timezone.now())
    except UNREADABLE:
        logger.exception("The notices could not be read")
        return {"notices": []}
    turn_at(shown.changes_at)
    if (request := context.get("request")) is not None:
        request.turns_at = shown.changes_at
    return {"notices": shown.notices}
