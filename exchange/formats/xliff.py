"""What both versions of XLIFF share: whose package a file is, and how units are read one by one."""

import re

from exchange.formats.errors import FormatError
from exchange.formats.inline import NUMBER
from exchange.formats.markup import clean
from exchange.formats.packages import KEY, Head, ReturnedFile
from exchange.formats.xml import LimitedFile, events, forget, local, split_name

ORIGINAL = "actiris-package:"
NAMED = re.compile(rf"{ORIGINAL}({KEY})", re.ASCII)
VERSIONS = {
    "urn:oasis:names:tc:xliff:document:2.0": {"2.0", "2.1"},
    "urn:oasis:names:tc:xliff:document:2.2": {"2.2"},
    "urn:oasis:names:tc:xliff:document:1.2": {"1.2"},
    "": {"1.2"},
}
SHOWN_LENGTH = 60


def disp(raw):
    """Return a native code as translators are shown it, not too long."""
    shown = clean(raw)
    return shown if len(shown) <= SHOWN_LENGTH else f"{shown[: SHOWN_LENGTH - 1]}…"


def whose(original, source, target):
    """Return the `Head` of a file. Raises `FormatError` where there is no key, or a language is not said."""
    match = NAMED.fullmatch(original or "")
    if not match:
        raise FormatError("no_key")
    if not source or not target:
        raise FormatError("languages")
    return Head(match[1], source, target)


def check_root(root):
    """Raise `FormatError` where an element is not the root of a version of XLIFF that is read here."""
    namespace, name = split_name(root)
    if name != "xliff":
        raise FormatError("other_kind")
    if root.get("version") not in VERSIONS.get(namespace, ()):
        raise FormatError("version")


def read_units(file, max_bytes, name, head_of, text_of):
    """Return the `ReturnedFile` of an XLIFF file.

    `name` is that of its units; `head_of` returns the `Head` of the root and a file element, `text_of` the `ReturnedText` of a
    unit and its number. Where there are several file elements, all must name one package.
    """
    stream = stream_units(events(LimitedFile(file, max_bytes)), name, head_of, text_of)
    return ReturnedFile(next(stream), stream)


def stream_units(parsed, name, head_of, text_of):
    """Yield the head of a file, and then its texts."""
    head, numbers, inside = None, set(), 0
    for event, element, parents in parsed:
        kind = local(element)
        if event == "start":
            if not parents:
                check_root(element)
            elif kind == "file" and len(parents) == 1:
                own = head_of(parents[0], element)
                if head is None:
                    yield own
                elif own != head:
                    raise FormatError("several")
                head = own
            inside += kind == name
            continue
        if kind == name:
            inside -= 1
            if head:
                number = number_of(element, numbers)
                yield text_of(element, number)
        if not inside and parents and kind != "file":
            forget(element, parents)
    if head is None:
        raise FormatError("no_key")


def number_of(unit, numbers):
    """Return the number of a unit, and add it to `numbers`. Raises `FormatError` where it has none, or one that was there."""
    number = unit.get("id") or ""
    if not NUMBER.fullmatch(number):
        raise FormatError("number")
    if int(number) in numbers:
        raise FormatError("duplicate")
    numbers.add(int(number))
    return int(number)
