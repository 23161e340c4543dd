"""The chapters that explain the screen that somebody looks at."""

from django import template

from guide.own_chapters import chapter_links

register = template.Library()


@register.simple_tag(takes_context=True)
def chapters_about_this_screen(context):
    """Return `(title, address)` of each, as `chapter_links` does; Wagtail's header is drawn with no more than a request."""
    return chapter_links(context.request.path, context.request.user) if context.request else []
