"""Texts in several languages as plain mappings, apart from Django models: what is empty, and what a reader is shown.

A *texts* mapping goes from language code to text: `{"nl": "Netwerk", "fr": "Réseau", "en": ""}`.
"""

import re
import unicodedata
from dataclasses import dataclass
from html import unescape

from django.conf import settings

from languages.codes import LANGUAGES

TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")  # brackets around anything else are seen
LINE_END = re.compile(r"</(?:p|li|h[1-6]|blockquote)>|<br\s*/?>|<hr\s*/?>")
# What most texts begin with, behind their tags: whoever sees it need not look at the rest.
SEEN_AT_ONCE = re.compile(r"(?:<[a-z][^<>]*>)*[0-9A-Za-z\u00c0-\u024f]")
# Elements that show something although they hold no text.
EMBEDDED = re.compile(r"<(embed|hr|img)\b", re.IGNORECASE)
# What shows nothing by itself: spaces, joiners, marks of direction, fillers.
INVISIBLE = [0xA0, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x202F, 0x2800, 0x3164, 0xFEFF, 0xFFA0]
INVISIBLE += [*range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
SPACES = dict.fromkeys(INVISIBLE, " ")
# What turns the direction of a line, or ends it: nothing of that belongs into a heading.
NOT_IN_A_LINE = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "")


def to_one_line(text):
    """Return a text without overrides of direction, and with a space for every line end and control character."""
    return "".join(
        " " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter for letter in text.translate(NOT_IN_A_LINE)
    )


def is_filled(text):
    """Say whether `text`, plain or rich, shows anything: the editor stores an empty rich text as `<p></p>`."""
    if not text:
        return False
    if SEEN_AT_ONCE.match(text):
        return True
    if "<" not in text and "&" not in text:
        return bool(text.translate(SPACES).strip())
    visible = TAG.sub("", text).replace("&nbsp;", " ").translate(SPACES)
    return bool(visible.strip()) or bool(EMBEDDED.search(text))


def rich_lines(html):
    """Return the lines of a rich text without markup: its paragraphs, items and headings, and what a break parts."""
    lines = (" ".join(unescape(TAG.sub("", line)).split()) for line in LINE_END.split(html or ""))
    return [line for line in lines if line]


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text as a reader gets it: the text, its language, and whether that is another than the one asked for."""

    text: str
    language: str
    fell_back: bool = False


def text_for_reader(texts, language):
    """Return the `ShownText` of `texts` for a reader of `language`.

    A missing text falls back in the order of `settings.LANGUAGE_FALLBACKS`; where no language has one, the text is "".
    """
    if is_filled(own := texts.get(language)):
        return ShownText(own, language)
    for candidate in settings.LANGUAGE_FALLBACKS[language]:
        if is_filled(texts.get(candidate)):
            return ShownText(texts[candidate], candidate, True)
    return ShownText("", language)


def texts_by_language(texts):
    """Return `texts` with every language of the site as a key and "" for what is missing."""
    return {code: texts.get(code) or "" for code in LANGUAGES}
