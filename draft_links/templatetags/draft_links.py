"""What a shared draft shows below the page."""

from django import template

from draft_links.screens import comment_context

register = template.Library()


@register.inclusion_tag("draft_links/comment_form.html", takes_context=True)
def draft_comment_form(context, shared):
    """Print an empty form for comments on the draft."""
    return {**comment_context(shared), "site": context["site"]}
