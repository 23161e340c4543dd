"""The chapters that explain the screen that somebody looks at."""

from django import template
from django.urls import reverse

from guide.chapters import chapter_text, plain_text
from guide.contents import chapters_about
from languages.codes import current_language

register = template.Library()


@register.simple_tag(takes_context=True)
def chapters_about_this_screen(context):
    """Return `(title, address)` of each chapter about the screen of a request; those about one's own tasks, where any is."""
    request = context.request
    if request is None or not (chapters := chapters_about(request.path)):
        return []
    own = [chapter for chapter in chapters if chapter.audience.includes(request.user)]
    return [
        (plain_text(chapter_text(chapter.slug, current_language()).title), reverse("guide:chapter", args=[chapter.slug]))
        for chapter in own or chapters
    ]
