"""Texts of pages and the languages they are in, for templates. No tag makes a query."""

import re
from html import unescape

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from languages.codes import LANGUAGES, current_language, language_name
from languages.enumeration import join_texts
from languages.link_language import language_of_url
from languages.templatetags.languages import rich
from languages.texts import ShownText, text_for_reader
from languages.units import field_texts, units

register = template.Library()
EXTERNAL_LINK = re.compile(r'<a href="(https?://[^"]+)">(.*?)</a>', re.DOTALL)
MAX_WORD_LENGTH = 21
UNSEEN_KINDS = {"url", "slug", "own"}
UNSEEN_FIELDS = {"meta_title", "meta_description", "change_note"}


@register.simple_tag
def fallback_languages(page):
    """Return, as words, the languages in which parts of `page` are shown for want of the reader's; "" mostly. No query."""
    language = current_language()
    languages = {
        text.language
        for unit in (units(page) if page else ())
        if language in unit.languages and unit.kind not in UNSEEN_KINDS and unit.address not in UNSEEN_FIELDS
        if (text := text_for_reader(unit.texts, language)).fell_back
    }
    return join_texts(language_name(code) for code in LANGUAGES if code in languages) if languages else ""


@register.simple_tag
def translations(term):
    """Return `(language, term, abbreviation)` of a glossary term in the languages that are not the reader's and have it."""
    texts, abbreviations = field_texts(term, "term"), field_texts(term, "abbreviation")
    return [(code, texts[code], abbreviations[code]) for code in LANGUAGES if code != current_language() and texts[code]]


@register.simple_tag
def prose(source, field=None):
    """Print a rich text like `rich`, with the links that leave the site, or its language, marked as such."""
    return mark_safe(EXTERNAL_LINK.sub(mark_external, rich(source, field)))  # noqa: S308  (`rich` made it, we add a constant)


def mark_external(link):
    """Return a matched link as `includes/link_external.html` prints one, but for the language, which the text says."""
    url, label = link.groups()
    language = target_language(ShownText(unescape(url), current_language()))
    hreflang = f' hreflang="{language}"' if language else ""
    outside = f'<span class="visually-hidden"> ({escape(_("external link"))})</span>'
    return f'<a href="{url}" rel="external"{hreflang}>{label}{outside}</a>'


@register.simple_tag
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
