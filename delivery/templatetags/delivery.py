"""What a page says of itself to machines, and how its HTML is kept short."""

import re

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from delivery import metadata, schema_org
from delivery.linked_data import to_json
from languages.made_once import made_once
from languages.typesetting import typeset

register = template.Library()
KEPT = re.compile(r"(<textarea\b.*?</textarea>|<pre\b.*?</pre>)", re.DOTALL)


@register.simple_block_tag
def squeeze(content):
    """Return a page typeset, and without the empty lines and indents of its templates.

    What somebody typed into a form stays as it is.
    """
    parts = KEPT.split(content)
    parts[::2] = map(without_empty_lines, parts[::2])
    return mark_safe(typeset("".join(parts)))  # noqa: S308  (templates made it)


def without_empty_lines(text):
    """Return a text with no white space around its line ends, and one of them where there were several."""
    first, *lines = text.split("\n")
    if not lines:
        return text
    *lines, last = lines
    return "\n".join([first.rstrip(), *filter(None, map(str.strip, lines)), last.lstrip()])


@register.simple_tag
def site_assets(language):
    """Print what every page of a language loads: style sheet, font and icons."""
    return made_once(("assets", language), lambda: render_to_string("includes/assets.html", {"language": language}))


@register.simple_tag
def page_metadata(page, site, navigation, title=""):
    """Return the `Metadata` of a page, or of an error page, which is none and has a title instead."""
    return metadata.metadata(page or None, site, navigation, title)


@register.simple_tag
def sharing(meta):
    """Print what is shown of a page where somebody shares it (the Open Graph protocol, ogp.me)."""
    picture = meta.picture
    properties = [
        ("site_name", meta.site_name),
        ("type", meta.kind),
        ("title", meta.name),
        ("description", meta.description),
        ("url", meta.url),
        ("locale", meta.locale),
        *(("locale:alternate", locale) for locale in meta.other_locales),
        ("image", picture.url),
        ("image:width", picture.width),
        ("image:height", picture.height),
        ("image:alt", picture.alternative),
    ]
    optional = ("description", "image:alt")
    shown = [(name, value) for name, value in properties if value or name not in optional]
    return format_html_join("\n", '<meta property="og:{}" content="{}">', shown)


@register.simple_tag
def linked_data(page, site, navigation, terms=()):
    """Print what the page says of itself to machines, as a block of JSON-LD; nothing where nobody can reach it."""
    graph = schema_org.page_graph(page, site, navigation, bool(terms))
    return mark_safe(f'<script type="application/ld+json">{to_json(graph)}</script>') if graph else ""  # noqa: S308  (escaped)
