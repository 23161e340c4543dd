"""What templates of pages compute: names of languages, dates, numbers, anchors, contents, and what a page refers to.

No tag makes a query but `site_settings` and `contents`, which make one a page each.
"""

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from html import unescape
from pathlib import PurePath

from babel import Locale
from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from directory import dates
from directory.glossary.explanations import explain_terms
from languages import numbers
from languages.codes import LANGUAGES, current_language
from languages.link_language import language_of_url
from languages.templatetags.languages import rich, shown_text, text
from languages.texts import ShownText, text_for_reader
from languages.units import field_texts, units
from pages import date_phrases, pictures
from pages.models import GlossaryPage, SiteSettings
from pages.series import series

register = template.Library()
HEADING = re.compile(r'<h2 id="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)
LEAVING = re.compile(r'<a href="(https?://[^"]+)">(.*?)</a>', re.DOTALL)
LONGEST_WORD = 21
FEWEST_CONTENTS = 4  # a shorter page needs no list of its contents
UNSEEN_KINDS = {"url", "slug", "own"}
UNSEEN_FIELDS = {"meta_title", "meta_description", "change_note"}


# --- The site


@register.simple_tag(takes_context=True)
def site_settings(context):
    """Return the settings of the site, fetched once a request; empty ones where there are none yet."""
    request = context.get("request")
    found = getattr(request, "_site_settings", None)
    if found is None:
        found = SiteSettings.objects.select_related("regional_signature").first() or SiteSettings()
        if request is not None:
            request._site_settings = found
    return found


@register.filter
def path(page):
    """Return the path of a page for the reader: in the active language, or in the next in which the page exists."""
    return page.path_for(current_language())[0] if page else None


@register.simple_tag
def link_to(page):
    """Return the path of a page as a `Shown` text: with its language, and whether that is another than the reader's."""
    found, language = page.path_for(current_language()) if page else (None, current_language())
    return ShownText(found or "", language or current_language(), bool(found) and language != current_language())


# --- Languages


@register.filter
def in_words(code):
    """Return the name of a language for the middle of a sentence in the active language: "français", "Frans", "French"."""
    return Locale.parse(current_language()).languages.get(code, code)


@register.simple_tag
def fallen_back(page):
    """Return, as words, the languages in which parts of `page` are shown for want of the reader's; "" mostly. No query."""
    language = current_language()
    found = {
        instead.language
        for unit in (units(page) if page else ())
        if language in unit.languages and unit.kind not in UNSEEN_KINDS and unit.address not in UNSEEN_FIELDS
        if (instead := text_for_reader(unit.texts, language)).fell_back
    }
    return date_phrases.listed(in_words(code) for code in LANGUAGES if code in found) if found else ""


@register.simple_tag
def translations(term):
    """Return `(language, term, abbreviation)` of a glossary term in the languages that are not the reader's and have it."""
    texts, abbreviations = field_texts(term, "term"), field_texts(term, "abbreviation")
    return [(code, texts[code], abbreviations[code]) for code in LANGUAGES if code != current_language() and texts[code]]


@register.filter
def at(mapping, key):
    """Return `mapping[key]`, "" where there is none."""
    return (mapping or {}).get(key) or ""


# --- Texts


@register.simple_tag
def prose(source, field=None):
    """Print a rich text like `rich`, with the links that leave the site, or its language, marked as such."""
    return mark_safe(LEAVING.sub(leaving, rich(source, field)))  # noqa: S308  (`rich` made it, we add a constant)


def leaving(link):
    """Return a link of `LEAVING` as `includes/link_external.html` prints one, but for the language, which the text says."""
    url, label = link.groups()
    there = language_there(ShownText(unescape(url), current_language()))
    hreflang = f' hreflang="{there}"' if there else ""
    outside = f'<span class="visually-hidden"> ({escape(_("external link"))})</span>'
    return f'<a href="{url}" rel="external"{hreflang}>{label}{outside}</a>'


@register.simple_tag
def language_there(url):
    """Return the language of what a `Shown` address leads to, where that is not the reader's; "" otherwise.

    What the address itself says counts for more than the field in which somebody put it.
    """
    there = language_of_url(url.text) or url.language
    return there if there != current_language() else ""


@register.filter
def has_long_word(heading):
    """Say whether a heading has a word that a narrow screen cannot hold at full size: "Toegankelijkheidsverklaring"."""
    return any(len(word) > LONGEST_WORD for word in (heading or "").split())


@register.simple_block_tag(takes_context=True)
def contents(context, content, *opening):
    """Print what is between the tags, with what helps to read it.

    It begins with the templates named in `opening`: in one column with the text, as the reader modes of browsers keep only one.
    Beside it stands a list of its sections where there are many (each `<h2 id>` is one), below it the glossary's definitions of
    the terms it uses.
    """
    headings = [(anchor, mark_safe(heading.strip())) for anchor, heading in HEADING.findall(content)]  # noqa: S308
    headings = headings if len(headings) >= FEWEST_CONTENTS else []
    words, page = [], context.get("page")
    if getattr(page, "explains_terms", False):
        content, words = explain_terms(content, page, current_language(), GlossaryPage)
        content = mark_safe(content)  # noqa: S308  (it was safe, and only links were put around words of it)
    opening = mark_safe("".join(render_to_string(name, {"page": page}) for name in opening))  # noqa: S308  (templates made it)
    found = {"opening": opening, "headings": headings, "content": content, "words": words}
    return render_to_string("includes/contents.html", found)


@register.filter
def anchor(block):
    """Return the anchor of a block of a stream, the same in all languages: "s-7c1f42ab"."""
    return f"s-{block.id[:8]}" if getattr(block, "id", None) else "s-preview"


# --- Numbers and dates


@register.filter
def number(value):
    """Write a stored plain number as the active language does: "9500" is "9.500" in Dutch and "9,500" in English."""
    try:
        return numbers.format_number(Decimal(str(value)))
    except InvalidOperation:
        return value


@register.filter
def years(value):
    """Write a stored year or span of years with an en dash: "2014–2020"."""
    return str(value or "").replace("-", "–")


@register.filter
def written(date):
    """Write a stored partial date in the active language: "juin 2025"."""
    return dates.format_partial_date(date, current_language()) if date else ""


@register.simple_tag
def period(start, end):
    """Write the period between two partial dates: "2021–2027" for years, "July 2023 – June 2025" for others."""
    if start and end:
        gap = "–" if len(start) == len(end) == len("2021") else " – "
        return (
            f"{dates.format_partial_date(start, current_language())}{gap}{dates.format_partial_date(end, current_language())}"
        )
    if start or end:
        return date_phrases.phrase("since" if start else "until", start or end)
    return ""


@register.filter
def day(moment):
    """Write a day, or a moment (also in ISO form), as a date in the active language: "23 November 2026"."""
    moment = parse_datetime(moment) if isinstance(moment, str) and moment else moment
    moment = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return dates.format_day(moment, current_language()) if moment else ""


# --- Drawings


@register.simple_tag
def figure_series(figure):
    """Return the `Series` of a figure that has earlier values, None where there are none."""
    return series(figure)


@register.filter
def coordinate(length):
    """Write a length in a drawing with one decimal at most, whatever the active language."""
    return f"{length:.1f}".removesuffix(".0")


# --- What pages hold


@register.simple_tag
def organisation(entry):
    """Return the HTML that names an organisation and leads to its site where that is known."""
    return mark_safe(render_to_string("includes/organisation.html", {"organisation": entry}).strip()) if entry else ""  # noqa: S308


@register.simple_tag
def act_phrases(act):
    """Return the phrases on a legal act's days, in the right tense of today: "valid until 31 December 2027"."""
    return date_phrases.act_phrases(act, timezone.localdate())


@register.simple_tag(takes_context=True)
def terms_of_office(context, terms):
    """Return the terms to show, those that run first. What is to be confirmed and has no source is for previews only."""
    is_preview = getattr(context.get("request"), "is_preview", False)
    values = [term.value for term in terms]
    visible = [value for value in values if is_preview or not value["to_confirm"] or shown_text(value["source"]).text]
    return date_phrases.in_order(visible, timezone.localdate())


@register.simple_tag
def term_sentence(term):
    """Return the sentence on a term of office, in the right tense of today."""
    person = render_to_string("includes/person.html", {"person": term["person"], "organisation": term["organisation"]})
    start, end = term["from_date"], term["until"]
    return date_phrases.term_sentence(mark_safe(person.strip()), text(term["office"]), start, end, timezone.localdate())  # noqa: S308


@register.simple_tag
def term_is_over(term):
    """Say whether a term of office is over, so that the post of then is not taken for the post of today."""
    return date_phrases.term_tense(term["from_date"], term["until"], timezone.localdate()) == "past"


@register.simple_tag
def elected(term):
    """Return "elected on 8 June 2023", "" where that is not known."""
    return date_phrases.phrase("elected", term["elected_on"]) if term["elected_on"] else ""


@register.simple_tag
def sources(image):
    """Return the renditions of a picture by format, smallest first; empty where none were made yet (in a preview)."""
    return pictures.sources(image)


@register.simple_tag
def largest_picture(image):
    """Return the rendition that every browser shows, the picture itself where none was made, None where its file is lost."""
    return pictures.largest(image)


@register.simple_tag
def alternative(picture):
    """Return the alternative text of a picture block as `Shown`: its own, else the library's."""
    if picture["decorative"]:
        return ShownText("", current_language())
    own = shown_text(picture["alternative"])
    return own if own.text else shown_text(picture["image"], "alternative")


@register.simple_tag(takes_context=True)
def edition(context, document):
    """Return what a reader gets of a document: address, language ("" when unknown), kind ("PDF") and size in bytes or None.

    In a preview the address is the one for staff, as readers may have none yet.
    """
    file, language = document.for_reader(current_language())
    try:
        size = file.size
    except OSError:
        size = None
    is_preview = getattr(context.get("request"), "is_preview", False)
    address = file.url if is_preview else document.address_of(file)
    return {"url": address, "language": language, "kind": PurePath(file.name).suffix[1:].upper(), "size": size}
