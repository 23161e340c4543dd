"""What a page says of itself to machines, and how its HTML is kept short."""

import re

from django import template
from django.utils.safestring import mark_safe

from delivery import metadata, schema_org
from delivery.linked_data import to_json
from languages.typesetting import typeset

register = template.Library()
# Only where white space begins: otherwise each of many spaces without a line end would look for one through all that follow.
LINE_END = re.compile(r"(?P<kept><(textarea|pre)\b.*?</\2>)|(?<!\s)\s*\n\s*", re.DOTALL)


@register.simple_block_tag
def squeeze(content):
    """Return a page typeset, and without the empty lines and indents of its templates.

    What somebody typed into a form stays as it is.
    """
    return mark_safe(typeset(LINE_END.sub(lambda match: match["kept"] or "\n", content)))  # noqa: S308  (templates made it)


@register.simple_tag
def page_metadata(page, site, language, title=""):
    """Return the `Metadata` of a page, or of an error page, which is none and has a title instead."""
    return metadata.metadata(page or None, site, language, title)


@register.simple_tag
def linked_data(page, site, navigation, terms=()):
    """Print what the page says of itself to machines, as a block of JSON-LD; nothing where nobody can reach it."""
    graph = schema_org.page_graph(page, site, navigation, bool(terms))
    return mark_safe(f'<script type="application/ld+json">{to_json(graph)}</script>') if graph else ""  # noqa: S308  (escaped)
