"""Codes as people see them in programs that know none: ⟦1⟧bold⟦/1⟧, and ⟦2/⟧ for one that stands alone. Pure.

A "⟦" of a text is written twice, so that no text is taken for a code.
"""

import re

from exchange.formats.codes import ALONE, CLOSE, OPEN, Code, join

SHOWN = re.compile(r"⟦⟦|⟦\s*(/?)\s*(\d{1,9})\s*(/?)\s*⟧")


def show(parts):
    """Return parts as one text."""
    return "".join(part.replace("⟦", "⟦⟦") if isinstance(part, str) else show_code(part) for part in parts)


def show_code(code):
    """Return a code as it is shown."""
    return f"⟦{'/' * (code.kind == CLOSE)}{code.number}{'/' * (code.kind == ALONE)}⟧"


def read_shown(text):
    """Return the parts of a text in which codes are shown. What only looks like one is text."""
    parts, at = [], 0
    for match in SHOWN.finditer(text):
        parts.append(text[at : match.start()])
        at = match.end()
        if match[0] == "⟦⟦":
            parts.append("⟦")
        else:
            parts.append(Code(int(match[2]), CLOSE if match[1] else ALONE if match[3] else OPEN))
    return join([*parts, text[at:]])
