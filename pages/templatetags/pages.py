"""What every template of a page needs: the settings of the site, paths, anchors, the list of contents, and drawings.

No tag makes a query but `site_settings` and `contents`, which make one a page each.
"""

import re

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from directory.glossary.explanations import explain_terms
from languages.codes import OWN_NAMES, current_language
from languages.templatetags.languages import text
from languages.texts import ShownText
from languages.units import shown_text
from pages.models import GlossaryPage, SiteSettings
from pages.series import series
from pages.templatetags.page_texts import external_link, translations

register = template.Library()
# What the design system shows as a specimen is no section of its page.
HEADING = re.compile(r'<h2 id="(?!specimen-)([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)
MIN_CONTENTS = 4  # a shorter page needs no list of its contents
MAX_UNFOLDED = 4  # items of a list that a reader may well not need


@register.simple_tag(takes_context=True)
def site_settings(context):
    """Return the settings of the site, fetched once a request; empty ones where there are none yet."""
    return SiteSettings.current(context.get("request"))


@register.filter
def path(page):
    """Return the path of a page for the reader: in the active language, or in the next in which the page exists."""
    return page.path_for(current_language())[0] if page else None


@register.simple_tag
def link_to(page):
    """Return the path of a page as a `ShownText`: with its language, and whether that is another than the reader's."""
    address, language = page.path_for(current_language()) if page else (None, current_language())
    return ShownText(address or "", language or current_language(), bool(address) and language != current_language())


@register.filter
def lookup(mapping, key):
    """Return `mapping[key]`, "" where there is none."""
    return (mapping or {}).get(key) or ""


@register.simple_block_tag(takes_context=True)
def contents(context, content, *opening):
    """Print what is between the tags, with what helps to read it.

    It begins with the templates named in `opening`: in one column with the text, as the reader modes of browsers keep only one.
    Beside it stands a list of its sections where there are many (each `<h2 id>` is one), below it the glossary's definitions of
    the terms it uses.
    """
    headings = [(anchor, mark_safe(heading.strip())) for anchor, heading in HEADING.findall(content)]  # noqa: S308  (safe)
    headings = headings if len(headings) >= MIN_CONTENTS else []
    words, page = [], context.get("page")
    if getattr(page, "explains_terms", False):
        content, words = explain_terms(content, page, current_language(), GlossaryPage, page.preloaded and page.preloaded.terms)
        content = mark_safe(content)  # noqa: S308  (it was safe, and only links were put around words of it)
    shared = {"page": page, "request": context.get("request")}
    opening = mark_safe("".join(render_to_string(name, shared) for name in opening))  # noqa: S308  (templates made it)
    parts = {"opening": opening, "headings": headings, "content": content, "words": words}
    return render_to_string("includes/contents.html", parts)


@register.simple_tag
def sections(page):
    """Return the sections of a page's body that readers of this language see, as `(anchor, heading)`."""
    headings = [block for block in page.body if block.block_type == "heading" and block.value["level"] == "2"]
    return [
        (anchor(block), block.value["text"])
        for block in headings
        if not block.value["only_in"] or current_language() in block.value["only_in"]
    ]


@register.simple_block_tag
def fold(content, count, label):
    """Print a list that stands last on a page: folded, under its `label`, where it has more than a few items."""
    return (
        content
        if count <= MAX_UNFOLDED
        else render_to_string("includes/folded_list.html", {"label": label, "content": content})
    )


@register.filter
def anchor(block):
    """Return the anchor of a block of a stream, the same in all languages: "s-7c1f42ab"."""
    return f"s-{block.id[:8]}" if getattr(block, "id", None) else "s-preview"


@register.simple_tag
def figure_series(figure):
    """Return the `Series` of a figure that has earlier values, None where there are none."""
    return series(figure)


@register.filter
def coordinate(length):
    """Write a length in a drawing with one decimal at most, whatever the active language."""
    return f"{length:.1f}".removesuffix(".0")


@register.simple_tag
def organisation(entry):
    """Return the HTML that names an organisation and leads to its site where that is known."""
    if not entry:
        return ""
    url, name, abbreviation = shown_text(entry, "url"), text(entry, "name"), entry.abbreviation
    html = external_link(url, name) if url.text else conditional_escape(name)
    if abbreviation and abbreviation != shown_text(entry, "name").text:
        return format_html("{} ({})", html, abbreviation)
    return mark_safe(html.strip())  # noqa: S308  (escaped)


@register.simple_tag
def glossary_term(term):
    """Print a term with its definition, the page about it, other words for it, and what it is called in other languages."""
    lines = [f"<dt><dfn>{conditional_escape(text(term, 'term'))}</dfn>{in_brackets(term.abbreviation)}</dt>"]
    if shown_text(term, "definition").text:
        lines.append(f"<dd>{conditional_escape(text(term, 'definition'))}</dd>")
    topic = link_to(term.topic)
    if topic.text and not topic.fell_back:
        words = _("Read more: %(topic)s") % {"topic": conditional_escape(text(term.topic, "heading"))}
        lines.append(f'<dd><a href="{escape(topic.text)}">{words}</a></dd>')
    if term.synonyms:
        lines.append(format_html('<dd class="note">{} {}</dd>', _("Also:"), term.synonyms))
    for code, other, abbreviation in translations(term):
        name = f"<small>{OWN_NAMES[code]}</small> {escape(other)}"
        lines.append(f'<dd lang="{code}">{name}{in_brackets(abbreviation)}</dd>')
    entry = f'<div class="entry-content" id="{escape(term.anchor)}">{"".join(lines)}</div>'
    return mark_safe(f"\n{entry}\n")  # noqa: S308  (escaped)


@register.simple_tag
def explanation(word, back):
    """Print a term that a page explains, with what it means and the way back to the text, called `back`."""
    name = f'<a href="{escape(word.path)}">{escape(word.term)}</a>' if word.path else escape(word.term)
    parts = [f'<div class="entry-content" id="term-{escape(word.anchor)}">\n<dt>{name}{in_brackets(word.abbreviation)}</dt>']
    parts.append(f"\n<dd>{escape(word.definition)}")
    if word.topic:
        words = _("Read more: %(topic)s") % {"topic": escape(word.topic_heading)}
        parts.append(f' <a href="{escape(word.topic)}">{words}</a>')
    hidden = f'<span class="visually-hidden"> ({escape(word.term)})</span>'
    parts.append(f' <a href="#use-{escape(word.anchor)}">{back}{hidden}</a></dd>\n</div>')
    return mark_safe("".join(parts))  # noqa: S308  (escaped)


def in_brackets(abbreviation):
    return f" ({escape(abbreviation)})" if abbreviation else ""


@register.simple_tag
def person(entry, organisation_of_then=None):
    """Return the HTML that names a person, with an organisation."""
    within = format_html(" ({})", organisation(organisation_of_then)) if organisation_of_then else ""
    return format_html("<strong>{}</strong>{}", entry.name, within)
