"""Template tags for the admin."""

from django import template

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
