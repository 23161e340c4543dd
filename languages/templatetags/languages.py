"""Showing texts honestly: a text that fell back stands in an element with the `lang` of what is shown."""

import re

from django import template
from django.utils.html import format_html, linebreaks
from django.utils.safestring import mark_safe
from wagtail.rich_text import expand_db_html

from languages.codes import OWN_NAMES, language_name
from languages.units import shown_text

register = template.Library()
register.simple_tag(shown_text)
BLOCK_KEY = re.compile(r'(<[a-z][a-z0-9]*) data-block-key="[^"]*"')


@register.simple_tag
def text(source, field=None):
    """Print a plain text, escaped; in `<span lang>` where it fell back."""
    shown = shown_text(source, field)
    return format_html('<span lang="{}">{}</span>', shown.language, shown.text) if shown.fell_back else shown.text


@register.simple_tag
def rich(source, field=None):
    """Print a rich text; in `<div lang>` where it fell back."""
    shown = shown_text(source, field)
    if not shown.text:
        return ""
    html = mark_safe(reader_html(shown.text))  # noqa: S308  (the converter let only its own in)
    return format_html('<div lang="{}">{}</div>', shown.language, html) if shown.fell_back else html


def reader_html(text):
    """Return a stored rich text as HTML for readers of the active language.

    The editor stores line ends as XML does, and names paragraphs for itself; neither means anything to them.
    """
    expanded = expand_db_html(text) if "<a" in text or "<embed" in text else text
    return BLOCK_KEY.sub(r"\1", expanded).replace("<br/>", "<br>")


@register.simple_tag
def paragraphs(source, field=None):
    """Print a plain text of several lines as paragraphs."""
    shown = shown_text(source, field)
    html = mark_safe(linebreaks(shown.text, autoescape=True)) if shown.text else ""  # noqa: S308  (just escaped)
    return format_html('<div lang="{}">{}</div>', shown.language, html) if shown.fell_back else html


register.filter(language_name)


@register.filter
def own_name(code):
    """Return a language's name in that language: "Nederlands"."""
    return OWN_NAMES[code]
