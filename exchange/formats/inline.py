"""The content of a source or target of XLIFF, in both its versions, as parts."""

import re

from exchange.formats.codes import ALONE, CLOSE, OPEN, Code, join
from exchange.formats.markup import is_writable
from exchange.formats.xml import local

NUMBER = re.compile(r"[1-9]\d{0,8}")


def read_inline(element, kinds):
    """Return the parts of an element's content; of no element, none.

    `kinds` maps local names of codes to what they are: "pair" (around what they hold), OPEN, CLOSE or ALONE. What native code
    they hold is left out. All else, such as annotations, counts as what it holds.
    """
    if element is None:
        return []
    return join(list(walk(element, kinds, {})))


WITHOUT_TEXT = {"bpt", "ept", "ph", "it", "x", "bx", "ex", "sc", "ec", "sm", "em"}


def walk(element, kinds, starts):
    """Yield the parts of an element's content; `starts` maps ids by which ends refer to starts to numbers."""
    yield element.text or ""
    for inner in element:
        name = local(inner)
        kind = kinds.get(name)
        if name == "cp":
            yield character(inner)
        elif kind == "pair":
            number = number_of(inner)
            yield Code(number, OPEN)
            yield from walk(inner, kinds, starts)
            yield Code(number, CLOSE)
        elif kind:
            yield code_of(inner, kind, starts)
        elif name not in WITHOUT_TEXT:
            yield from walk(inner, kinds, starts)
        yield inner.tail or ""


def code_of(element, kind, starts):
    """Return the code of an element that holds no text to translate."""
    position = element.get("pos")  # XLIFF 1.2, it: one of a pair whose other is elsewhere
    kind = {"open": OPEN, "close": CLOSE}.get(position, kind)
    number = number_of(element)
    if kind == OPEN:
        for reference in (element.get("id"), element.get("rid")):
            starts[reference] = number
    elif kind == CLOSE:
        number = next(
            (starts[ref] for ref in (element.get("startRef"), element.get("rid"), element.get("id")) if ref in starts and ref),
            number,
        )
    return Code(number, kind)


def number_of(element):
    """Return the number of a code, that of the code it is a copy of, or 0."""
    for name in ("copyOf", "id", "startRef", "rid"):
        if NUMBER.fullmatch(element.get(name) or ""):
            return int(element.get(name))
    return 0


def character(element):
    """Return the part of a code point (XLIFF 2.1, 4.2.3.1): text, or an unknown code for what no text may hold."""
    try:
        sign = chr(int(element.get("hex") or "", 16))
    except (ValueError, OverflowError):
        return Code(0, ALONE)
    return sign if is_writable(sign) else Code(0, ALONE)
