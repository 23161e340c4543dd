"""Texts of pages and the languages they are in, for templates. No tag makes a query."""

import re
from html import unescape

from django import template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from languages.blocks import TranslatedBlock
from languages.codes import LANGUAGES, current_language, language_name
from languages.enumeration import join_texts
from languages.link_language import language_of_url
from languages.templatetags.languages import rich, text
from languages.texts import ShownText, text_for_reader
from languages.units import field_texts, kind_of, shown_text, stream_leaves, translated_fields

register = template.Library()
EXTERNAL_LINK = re.compile(r'<a href="(https?://[^"]+)">(.*?)</a>', re.DOTALL)
MAX_WORD_LENGTH = 21
UNSEEN_KINDS = {"url", "slug", "own"}
UNSEEN_FIELDS = {"meta_title", "meta_description", "change_note"}


@register.simple_tag
def fallback_languages(page):
    """Return, as words, the languages in which parts of `page` are shown for want of the reader's; "" mostly. No query."""
    language = current_language()
    shown = (text_for_reader(texts, language) for texts in (seen_texts(page, language) if page else ()))
    languages = {text.language for text in shown if text.fell_back}
    return join_texts(language_name(code) for code in LANGUAGES if code in languages) if languages else ""


def seen_texts(page, language):
    """Yield the texts by language that readers of `language` may see on `page`, as they are stored."""
    own = getattr(page, "own_to_each_language", ())
    for name in translated_fields(type(page)):
        if name not in own and name not in UNSEEN_FIELDS and kind_of(page._meta.get_field(name)) not in UNSEEN_KINDS:
            yield field_texts(page, name)
    for leaf in page.preloaded.leaves if page.preloaded else stream_leaves(page):
        if isinstance(leaf.block, TranslatedBlock) and language in leaf.languages and leaf.block.kind not in UNSEEN_KINDS:
            yield leaf.raw


def translations(term):
    """Return `(language, term, abbreviation)` of a glossary term in the languages that are not the reader's and have it."""
    texts, abbreviations = field_texts(term, "term"), field_texts(term, "abbreviation")
    return [(code, texts[code], abbreviations[code]) for code in LANGUAGES if code != current_language() and texts[code]]


@register.simple_tag
def prose(source, field=None):
    """Print a rich text like `rich`, with the links that leave the site, or its language, marked as such."""
    return mark_safe(EXTERNAL_LINK.sub(mark_external, rich(source, field)))  # noqa: S308  (`rich` made it, we add a constant)


def mark_external(link):
    """Return a matched link as `external_link` prints one, but for the name of the language, which the text says."""
    url, label = link.groups()
    return outside_link(url, target_language(ShownText(unescape(url), current_language())), label)


# The smallest parts of a page stand on it by the hundred: they are put together here, as a template for each would cost five
# times as much. A line ends behind them, as behind a template.


@register.simple_tag
def external_link(url, label, kind=""):
    """Print a link to a `ShownText` address elsewhere, with its language where that is not the reader's; `kind` is a class."""
    language = target_language(url)
    link = outside_link(escape(url.text), language, conditional_escape(label), f' class="{escape(kind)}"' if kind else "")
    return mark_safe(f"{link} {in_language(language)}" if language else f"{link}\n")  # noqa: S308  (escaped)


def outside_link(url, language, label, attributes=""):
    """Return the HTML of a link that leaves the site, from an address and a label that are escaped."""
    hreflang = f' hreflang="{language}"' if language else ""
    words = _("external link")
    return f'<a href="{url}" rel="external"{hreflang}{attributes}>{label}<span class="visually-hidden"> ({words})</span></a>'


@register.simple_tag
def in_language(code):
    """Print the name of the language of a link, for those who would not expect it."""
    return format_html('<span class="note">{}</span>\n', _("(in %(language)s)") % {"language": language_name(code)})


@register.simple_tag
def source(value):
    """Print the source of a block's value, with a link to it where there is one; nothing without a source."""
    if not shown_text(value["source"]).text:
        return ""
    url, label = shown_text(value["source_url"]), text(value["source"])
    return format_html('\n<span class="source">{} {}</span>\n', _("Source:"), external_link(url, label) if url.text else label)


def target_language(url):
    """Return the language of what a `ShownText` address leads to, where that is not the reader's; "" otherwise.

    What the address itself says counts for more than the field in which somebody put it.
    """
    language = language_of_url(url.text) or url.language
    return language if language != current_language() else ""


@register.filter
def has_long_word(heading):
    """Say whether a heading has a word that a narrow screen cannot hold at full size: "Toegankelijkheidsverklaring"."""
    return any(len(word) > MAX_WORD_LENGTH for word in (heading or "").split())
