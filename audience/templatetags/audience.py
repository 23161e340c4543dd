"""The question at the end of a page, and the way to the contact form."""

from django import template
from django.template.loader import render_to_string

from audience.feedback_form import HONEYPOT
from audience.paths import contact_path, feedback_path
from languages.codes import current_language
from languages.made_once import made_once

register = template.Library()


@register.inclusion_tag("audience/feedback_question.html", takes_context=True)
def question(context):
    """Print the question for the page shown, without a database query; nothing on what is no page, and in previews."""
    page, request = context.get("page"), context.get("request")
    if not page or getattr(request, "is_preview", False):
        return {}
    return {"path": feedback_path(current_language(), page.slug)}


@register.simple_tag
def question_fields():
    """Print what the question holds: the same on every page."""
    return made_once("question", lambda: render_to_string("audience/feedback_fields.html", {"honeypot": HONEYPOT}))


@register.simple_tag(takes_context=True)
def contact_form_path(context, page="", kind=""):
    """Return the path of the contact form about the page at a path; "" while the settings name no mailbox."""
    return contact_path(current_language(), page=page, kind=kind) if context["site"].contact_email else ""
