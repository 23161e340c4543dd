"""Texts in the form in which they are compared: two between which nobody could see or hear a difference are equal.

The editor, imports and the database each write the same text in their own way: other white space, other order of attributes,
keys of blocks, `b` for `strong`. None of that is a change to somebody who translates. Facts (dates, choices, references) have
digests as well.
"""

import json
import re
import unicodedata
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2s
from html import escape

from languages.markup_reading import MarkupReader
from languages.texts import is_filled

SPACE = re.compile(r"[\s\u00a0\u202f\u200b\ufeff]+")
ALIASES = {"strong": "b", "em": "i"}
VOID = {"br", "hr", "img", "embed"}
# What ends a line wherever it begins or ends: white space beside it shows nothing.
BLOCKS = {"p", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "br", "hr", "div", "embed"}
IGNORED_ATTRIBUTES = {"data-block-key"}


@lru_cache(maxsize=20_000)
def normalise(text, kind="plain"):
    """Return `text` as it is compared; `kind` is that of its unit. Two texts that read alike are equal; "" shows nothing."""
    text = unicodedata.normalize("NFC", text or "")
    if kind != "rich":
        return SPACE.sub(" ", text).strip()
    reader = _Reader()
    reader.read(text)
    return reader.result()


@lru_cache(maxsize=20_000)
def digest(text, kind="plain"):
    """Return 16 hexadecimal digits that stand for a text as it is compared, "" for one that shows nothing."""
    normalised = normalise(text, kind) if is_filled(text) else ""
    return blake2s(normalised.encode(), digest_size=8).hexdigest() if normalised else ""


def fact_digest(value):
    """Return a digest of anything that is no text in a language; "" for nothing, however it is written."""
    if isinstance(value, datetime):  # forms show no seconds
        value = value.astimezone(UTC).replace(second=0, microsecond=0)
    value = getattr(value, "pk", value)
    if value in (None, "", False, [], ()):
        return ""
    if isinstance(value, (list, tuple)):  # which were chosen, in no order
        value = sorted(fact_digest(part) for part in value)
    text = value if isinstance(value, str) else json.dumps(value, default=str, sort_keys=True).strip('"')
    return blake2s(text.strip().encode(), digest_size=8).hexdigest()


class _Reader(MarkupReader):
    """Reads rich text and writes it in one way only."""

    def __init__(self):
        super().__init__()
        self.parts = []  # of ("text", …), ("start", name, markup) and ("end", name, markup)

    def handle_starttag(self, tag, attrs):
        tag = ALIASES.get(tag, tag)
        attributes = sorted((name, value or "") for name, value in attrs if name not in IGNORED_ATTRIBUTES)
        markup = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
        self.parts.append(("void" if tag in VOID else "start", tag, f"<{tag}{markup}>"))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if ALIASES.get(tag, tag) not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        tag = ALIASES.get(tag, tag)
        if tag not in VOID:
            self.parts.append(("end", tag, f"</{tag}>"))

    def handle_data(self, data):
        if self.parts and self.parts[-1][0] == "text":
            data = self.parts.pop()[2] + data
        self.parts.append(("text", "", data))

    def result(self):
        """Return the text as it is written: what holds nothing may leave more that holds nothing, or spaces that meet."""
        parts, before = self.parts, None
        while parts != before:
            parts, before = self.without_empty([self.tidy(parts, index) for index in range(len(parts))]), parts
        return "".join(escape(markup, quote=False) if kind == "text" else markup for kind, _tag, markup in parts)

    @staticmethod
    def tidy(parts, index):
        """Return a part with its white space collapsed, and gone at the edge of a block."""
        kind, tag, markup = parts[index]
        if kind != "text":
            return parts[index]
        text = SPACE.sub(" ", markup)
        if index == 0 or parts[index - 1][1] in BLOCKS:
            text = text.lstrip(" ")
        if index == len(parts) - 1 or parts[index + 1][1] in BLOCKS:
            text = text.rstrip(" ")
        return kind, tag, text

    @staticmethod
    def without_empty(parts):
        """Leave out elements that hold nothing, such as the `<p></p>` of an empty editor."""
        filled = []
        for kind, tag, markup in parts:
            if kind == "text" and not markup:
                continue
            if kind == "end" and filled and filled[-1][:2] == ("start", tag):
                filled.pop()
                continue
            if kind == "text" and filled and filled[-1][0] == "text":
                markup = filled.pop()[2] + markup
            filled.append((kind, tag, markup))
        return filled
