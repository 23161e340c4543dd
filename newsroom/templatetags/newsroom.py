"""Template tags for the admin."""

from django import template
from django.utils.translation import pgettext

from newsroom.editing import deletion

register = template.Library()


@register.simple_tag(takes_context=True)
def deletion_warnings(context, page):
    """Return what goes with a page that is to be taken offline or deleted, for the page that asks for confirmation."""
    return deletion.deletion_warnings(context["request"].user, [page])


@register.simple_tag(takes_context=True)
def bulk_deletion_warnings(context, items):
    """The same for the items of a bulk action."""
    return deletion.deletion_warnings(context["request"].user, [item["item"] for item in items]) if items else []


@register.filter(is_safe=True)
def with_own_colon(title):
    """Return a title that Wagtail joined to what it is of, with the colon of the reader's language: in French after a space."""
    return str(title).replace(": ", f"{pgettext('after a heading', ':')} ", 1)
