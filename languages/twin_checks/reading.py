"""A text taken apart for checks: its words without markup, and its markup without words."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from languages.markup_reading import MarkupReader

ALIASES = {"strong": "b"}
COUNTED = {"a", "b", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "ul"}
# What ends a line; other tags stand within words.
LINES = {"p", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "br", "hr", "div"}


@dataclass(frozen=True)
class Reading:
    """A text without markup, how often it has each tag that counts, and where its links lead: an address or ("page", key)."""

    text: str
    tags: Counter
    targets: tuple


@lru_cache(maxsize=2_000)
def read(text, kind="plain"):
    """Return the `Reading` of a text; `kind` is that of its unit."""
    if kind != "rich":
        return Reading(text, Counter(), ())
    reader = _Reader()
    reader.read(text)
    return Reading("".join(reader.words).strip(), reader.tags, tuple(reader.targets))


class _Reader(MarkupReader):
    def __init__(self):
        super().__init__()
        self.words, self.tags, self.targets = [], Counter(), []

    def handle_starttag(self, tag, attrs):
        tag, attrs = ALIASES.get(tag, tag), dict(attrs)
        if tag in LINES:
            self.words.append("\n")
        if tag in COUNTED:
            self.tags[tag] += 1
        if tag == "a":
            kind, key = attrs.get("linktype"), attrs.get("id")
            self.targets.append((kind, key) if kind and key else attrs.get("href") or "")

    def handle_endtag(self, tag):
        if tag in LINES:
            self.words.append("\n")

    def handle_data(self, data):
        self.words.append(data)
