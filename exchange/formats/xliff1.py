"""XLIFF 1.2 (OASIS Standard, 1 February 2008): written, and read as other programs leave it."""

from exchange.formats.codes import ALONE, CLOSE, OPEN, Codes
from exchange.formats.inline import read_inline
from exchange.formats.packages import BEHIND, FINAL, INITIAL, MISSING, REVIEWED, TRANSLATED, ReturnedText, is_final, state_of
from exchange.formats.remarks import package_notes, place_of
from exchange.formats.xliff import ORIGINAL, disp, read_units, whose
from exchange.formats.xml import Writer, child

CORE = "urn:oasis:names:tc:xliff:document:1.2"
KINDS = {"g": "pair", "x": ALONE, "bx": OPEN, "ex": CLOSE, "bpt": OPEN, "ept": CLOSE, "ph": ALONE, "it": ALONE}
TYPES = {"b": "bold", "i": "italic", "u": "underlined", "a": "link", "br": "lb", "img": "image"}  # ctype, 2.3
# The state attribute (2.3): as it goes out, and as it comes back.
SENT = {MISSING: "needs-translation", BEHIND: "needs-review-translation"}
STATES = {
    "new": INITIAL,
    "needs-translation": INITIAL,
    "needs-adaptation": INITIAL,
    "needs-l10n": INITIAL,
    "needs-review-translation": INITIAL,
    "needs-review-adaptation": INITIAL,
    "needs-review-l10n": INITIAL,
    "translated": TRANSLATED,
    "signed-off": REVIEWED,
    "final": FINAL,
}


def write(package, file):
    """Write a package to a binary file."""
    writer = Writer(file)
    head = package.head
    attributes = {
        "original": ORIGINAL + head.key,
        "source-language": head.source,
        "target-language": head.target,
        "datatype": "html",
        "xml:space": "preserve",
    }
    with writer.element("xliff", {"xmlns": CORE, "version": "1.2"}), writer.element("file", attributes):
        writer.end_line()
        with writer.element("header"):
            for category, words in package_notes(package):
                if words:
                    writer.leaf("note", f"{category}: {words}")
        writer.end_line()
        with writer.element("body"):
            for text in package.texts:
                write_unit(writer, text)
                writer.end_line()
    writer.end_line()


def write_unit(writer, text):
    """Write a text as a `trans-unit`."""
    codes = Codes(text.source, text.target, text.was, text.kind)
    attributes = {
        "id": text.number,
        "translate": "no" if text.is_context else None,
        "maxwidth": text.limit,
        "size-unit": "char" if text.limit else None,
        "xml:space": "preserve",
    }
    with writer.element("trans-unit", attributes):
        write_content(writer, "source", codes.source, codes.tags)
        if codes.target:
            write_content(writer, "target", codes.target, codes.tags, {"state": SENT.get(text.state, "final")})
        if text.was and text.target and text.state == BEHIND:
            with writer.element("alt-trans", {"alttranstype": "previous-version"}):
                write_content(writer, "source", codes.was, {})
                write_content(writer, "target", codes.target, {})
        writer.leaf("note", place_of(text), {"from": "place"})
        for note in text.notes:
            writer.leaf("note", note, {"from": "note"})
        for term, translation in text.terms:
            writer.leaf("note", f"{term} = {translation}", {"from": "glossary"})


def write_content(writer, name, parts, tags, attributes=None):
    """Write a source or a target: paired codes as `g`, those that stand alone as `x` (2.4)."""
    with writer.element(name, attributes):
        for part in parts:
            if isinstance(part, str):
                writer.text(part)
            elif part.kind == CLOSE:
                writer.close("g")
            elif part.kind == OPEN:
                writer.open("g", code_attributes(part, tags.get(part.number)))
            else:
                writer.leaf("x", attributes=code_attributes(part, tags.get(part.number)))


def code_attributes(code, tag):
    """Return the attributes of a code; without a tag, as within another translation, its id alone."""
    if tag is None:
        return {"id": code.number}
    attributes = {"id": code.number, "ctype": ctype(tag.name, code.kind)}
    if code.kind == ALONE:
        return attributes | {"equiv-text": disp(tag.raw[0]), "clone": "no"}
    return attributes


def ctype(name, kind):
    """Return the type of an element: one of the standard's, each of which is for pairs or for what stands alone, or our own."""
    known = TYPES.get(name)
    if known and (known in {"lb", "image"}) == (kind == ALONE):
        return known
    return f"x-html-{name}" if name else "x-sign"


def read(file, max_bytes=None):
    """Return the `ReturnedFile` of a binary file. Raises `FormatError`, here or while its texts are gone through."""
    return read_units(file, max_bytes, "trans-unit", head_of, text_of)


def head_of(_root, element):
    """Return the `Head` of a file element."""
    return whose(element.get("original"), element.get("source-language"), element.get("target-language"))


def text_of(unit, number):
    """Return the `ReturnedText` of a unit. Segments of a target are marks (mrk) within it; those of the source repeat it."""
    target = child(unit, "target")
    parts = read_inline(target, KINDS)
    state = STATES.get(target.get("state") or "") if target is not None else None
    if unit.get("approved") == "yes" and parts:
        state = FINAL
    state = state_of(state, parts)
    return ReturnedText(number, read_inline(child(unit, "source"), KINDS), parts, state, is_final(state))
