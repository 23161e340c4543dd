"""The notices at the top of every page."""

from django import template
from django.utils import timezone

from notices.models import Notice

register = template.Library()


@register.inclusion_tag("notices/notices.html", takes_context=True)
def notices(context):
    """Print the notices of now, with one query, and tell `NoticeEndMiddleware` when they change."""
    shown, request = Notice.objects.shown_at(timezone.now()), context.get("request")
    if request is not None:
        request.notices_change_at = shown.changes_at
    return {"notices": shown.notices}
