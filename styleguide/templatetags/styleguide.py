"""Drawing components on the page of the design system."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def draw_component(context, component, *numbers):
    """Print a component within the context of the page; `numbers` tell it from all others there."""
    return component.render(context.flatten(), "specimen-" + "-".join(map(str, numbers)))
