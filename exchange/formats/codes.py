"""Texts as parts: what is translated, and numbered codes for the rest. Pure.

A part is a string, or a `Code`. Markup never comes from a file: a code that comes back is looked up in what was sent, and all
that is not a code is text, which is escaped.
"""

import html
from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from exchange.formats.findings import Finding, lost_codes
from exchange.formats.markup import LINE, UNWRITABLE, has_windows_lines, split, without_key
from exchange.formats.pairing import pair, repair

OPEN, CLOSE, ALONE = "open", "close", "alone"


@dataclass(frozen=True, slots=True)
class Code:
    """A code in a text: `kind` is "open", "close" or "alone"; `number` is that of its tag, 0 where a file names none."""

    number: int
    kind: str


@dataclass(slots=True)
class Tag:
    """What a number stands for: an element's `name` ("" for a sign, "tail" for a rest), its raw start and end on both sides.

    The sides differ in the keys of paragraphs only. A code that stands alone has no end.
    """

    number: int
    name: str
    source: tuple[str, str] | None = None
    target: tuple[str, str] | None = None

    @property
    def is_pair(self):
        return bool((self.source or self.target)[1])

    @property
    def raw(self):
        return self.source or self.target


class Codes:
    """The codes of a text, as it says it in the source language, in the target language now, and as the source was.

    The n-th code of one kind of tag has the same number on all sides, so that ids are unique within each. `source`, `target`
    and `was` are lists of parts. `tags` maps the numbers of source and target, those that may come back, to what they mean.
    """

    def __init__(self, source, target="", was="", kind="rich"):
        self.kind = kind
        self.tags = {}
        self.numbers = {}
        self.has_windows_lines = has_windows_lines(target if LINE.search(target) else source)
        self.source = self.parts(source, "source")
        self.target = self.parts(target, "target")
        self.was = self.parts(was) if was else []

    def parts(self, text, side=None):
        """Return the parts of a stored text. Number its codes, and keep what they are on that side."""
        seen, parts, numbers = Counter(), [], {}
        tokens = pair(split(text, self.kind))
        for index, (token, partner) in enumerate(tokens):
            if token.kind == "text":
                parts.append(token.raw)
            elif token.kind == CLOSE and partner is not None:
                parts.append(Code(numbers[partner], CLOSE))
            else:
                key = (without_key(token.raw), partner is not None)
                seen[key] += 1
                number = self.numbers.setdefault((*key, seen[key]), len(self.numbers) + 1)
                numbers[index] = number
                parts.append(Code(number, ALONE if partner is None else OPEN))
                if side:
                    name = "tail" if token.kind == "tail" else token.name
                    tag = self.tags.setdefault(number, Tag(number, name))
                    setattr(tag, side, (token.raw, tokens[partner][0].raw if partner is not None else ""))
        return join(parts)

    def decode(self, parts):
        """Return the text to store for parts that came back, and the `Finding`s about its codes.

        Codes that were not sent, or that do not pair, are left out. Where a code comes twice, its paragraph gets no key again.
        """
        parts, findings = repair(join(parts), self.tags)
        uses, written = Counter(), []
        for part in parts:
            if isinstance(part, str):
                written.append(self.escape(part))
                continue
            tag = self.tags[part.number]
            uses[part] += 1
            raw = (tag.target or tag.source)[part.kind == CLOSE]
            written.append(raw if uses[part] == 1 else without_key(raw))
            if part.kind == ALONE and uses[part] == 2:
                findings.append(Finding("doubled", part.number, raw))
        findings += lost_codes(self.source, parts, self.tags)
        text = "".join(written)
        return text.replace("\n", "\r\n") if self.has_windows_lines else text, findings

    def escape(self, text):
        """Return the text of a part as it is stored. Characters that no file holds are not let in."""
        text = UNWRITABLE.sub("", LINE.sub("\n", text))
        return html.escape(text, quote=False) if self.kind == "rich" else text


def join(parts):
    """Return parts with texts that meet in one, and without empty ones."""
    joined = []
    for is_text, run in groupby(parts, lambda part: isinstance(part, str)):
        if not is_text:
            joined += run
        elif text := "".join(LINE.sub("\n", part) for part in run):
            joined.append(text)
    return joined


def plain(parts):
    """Return the text of parts, without codes."""
    return "".join(part for part in parts if isinstance(part, str))
