"""For the screens of staff."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def drawn(context, component, *numbers):
    """Print a component of the design system, within the context of the page; `numbers` tell it from all others there."""
    return component.drawn(context.flatten(), "specimen-" + "-".join(map(str, numbers)))
