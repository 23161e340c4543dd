"""XLIFF 2.1 (OASIS Standard, 13 February 2018): written, and read as other programs leave it; 2.0 and 2.2 are read too."""

from exchange.formats.codes import ALONE, CLOSE, OPEN, Codes, join, plain
from exchange.formats.inline import NUMBER, read_inline
from exchange.formats.markup import UNWRITABLE
from exchange.formats.packages import BEHIND, FINAL, FINE, INITIAL, REVIEWED, TRANSLATED, ReturnedText, is_final, state_of
from exchange.formats.remarks import package_notes, place_of
from exchange.formats.xliff import ORIGINAL, disp, read_units, whose
from exchange.formats.xml import Writer, child, children, local

CORE = "urn:oasis:names:tc:xliff:document:2.0"
NAMESPACES = {
    "xmlns": CORE,
    "xmlns:mtc": "urn:oasis:names:tc:xliff:matches:2.0",
    "xmlns:gls": "urn:oasis:names:tc:xliff:glossary:2.0",
    "xmlns:slr": "urn:oasis:names:tc:xliff:sizerestriction:2.0",
}
STATES = [INITIAL, TRANSLATED, REVIEWED, FINAL]  # 4.3.1.30, in order
KINDS = {"pc": "pair", "sc": OPEN, "ec": CLOSE, "ph": ALONE}
TYPES = {"b": ("fmt", "xlf:b"), "i": ("fmt", "xlf:i"), "u": ("fmt", "xlf:u"), "br": ("fmt", "xlf:lb"), "a": ("link", None)}


def write(package, file):
    """Write a package to a binary file."""
    writer = Writer(file)
    head = package.head
    with writer.element("xliff", NAMESPACES | {"version": "2.1", "srcLang": head.source, "trgLang": head.target}):
        writer.end_line()
        with writer.element("file", {"id": "package", "original": ORIGINAL + head.key, "xml:space": "preserve"}):
            writer.leaf("slr:profiles", attributes={"generalProfile": "xliff:codepoints"})
            write_notes(writer, package_notes(package))
            writer.end_line()
            for text in package.texts:
                write_unit(writer, text)
                writer.end_line()
    writer.end_line()


def write_notes(writer, notes):
    """Write notes (4.2.2.9), given as pairs of category and words; without words there is none."""
    if any(words for _, words in notes):
        with writer.element("notes"):
            for category, words in notes:
                if words:
                    writer.leaf("note", words, {"category": category})


def write_unit(writer, text):
    """Write a text as a unit of one segment."""
    codes = Codes(text.source, text.target, text.was, text.kind)
    attributes = {
        "id": text.number,
        "translate": "no" if text.is_context else None,
        "slr:sizeRestriction": text.limit,
    }
    with writer.element("unit", attributes):
        if text.was and text.target and text.state == BEHIND:
            write_match(writer, codes)
        if text.terms:
            write_glossary(writer, text.terms)
        write_notes(writer, [("place", place_of(text)), *(("note", note) for note in text.notes)])
        if codes.tags:
            write_data(writer, codes.tags)
        state = FINAL if text.state == FINE else INITIAL
        with writer.element("segment", {"id": "s1", "state": state, "subState": f"actiris:{text.state}"}):
            write_content(writer, "source", codes.source, codes.tags)
            if codes.target:
                write_content(writer, "target", codes.target, codes.tags)


def write_match(writer, codes):
    """Write what the target translates, which is not what the source says now (Translation Candidates Module, 5.1)."""
    with writer.element("mtc:matches"), writer.element("mtc:match", {"ref": "#s1", "type": "tm", "origin": "previous"}):
        write_content(writer, "source", codes.was, {})
        write_content(writer, "target", codes.target, {})


def write_glossary(writer, terms):
    """Write pairs of the glossary that occur (Glossary Module, 5.2)."""
    with writer.element("gls:glossary"):
        for term, translation in terms:
            with writer.element("gls:glossEntry"):
                writer.leaf("gls:term", term)
                writer.leaf("gls:translation", translation)


def write_data(writer, tags):
    """Write what the codes stand for (4.2.2.11), to be looked at: nothing of it is read again."""
    with writer.element("originalData"):
        for tag in tags.values():
            for mark, raw in zip("se", tag.raw, strict=True):
                if raw:
                    with writer.element("data", {"id": f"{mark}{tag.number}"}):
                        write_raw(writer, raw)


def write_raw(writer, raw):
    """Write native code, with what XML cannot hold as code points (4.2.3.1)."""
    at = 0
    for match in UNWRITABLE.finditer(raw):
        writer.text(raw[at : match.start()])
        writer.leaf("cp", attributes={"hex": f"{ord(match[0]):04X}"})
        at = match.end()
    writer.text(raw[at:])


def write_content(writer, name, parts, tags):
    """Write a source or a target: paired codes as `pc`, those that stand alone as `ph` (4.7.2)."""
    with writer.element(name):
        for part in parts:
            if isinstance(part, str):
                writer.text(part)
            elif part.kind == CLOSE:
                writer.close("pc")
            elif part.kind == OPEN:
                writer.open("pc", code_attributes(part, tags.get(part.number)))
            else:
                writer.leaf("ph", attributes=code_attributes(part, tags.get(part.number)))


def code_attributes(code, tag):
    """Return the attributes of a code; without a tag, as within a match, its id alone."""
    if tag is None:
        return {"id": code.number}
    kind, sub_type = TYPES.get(tag.name, ("fmt" if tag.name and tag.name != "tail" else "other", None))
    attributes = {"id": code.number, "type": kind, "subType": sub_type}
    if code.kind == OPEN:
        start, end = tag.raw
        return attributes | {
            "dataRefStart": f"s{tag.number}",
            "dataRefEnd": f"e{tag.number}",
            "dispStart": disp(start),
            "dispEnd": disp(end),
        }
    return attributes | {"dataRef": f"s{tag.number}", "disp": disp(tag.raw[0]), "canCopy": "no"}


def read(file, max_bytes=None):
    """Return the `ReturnedFile` of a binary file. Raises `FormatError`, here or while its texts are gone through."""
    return read_units(file, max_bytes, "unit", head_of, text_of)


def head_of(root, element):
    """Return the `Head` of a file element."""
    return whose(element.get("original"), root.get("srcLang"), root.get("trgLang"))


def text_of(unit, number):
    """Return the `ReturnedText` of a unit, its segments put together (4.9.2, 4.9.3).

    Where some segments have a target, what stands between segments is its own target or else its source.
    """
    segments = children(unit, "segment", "ignorable")
    source, targets, states = [], [], []
    for position, segment in enumerate(segments, start=1):
        says, target = read_inline(child(segment, "source"), KINDS), child(segment, "target")
        source += says
        order = (target.get("order") if target is not None else None) or ""
        place = int(order) if NUMBER.fullmatch(order) else position
        if target is not None:
            targets.append((place, read_inline(target, KINDS)))
        elif local(segment) == "ignorable":
            targets.append((place, says))
        if local(segment) == "segment":
            states.append((segment.get("state"), target is not None, says))
    target = put_in_order(targets) if any(has_target for _, has_target, _ in states) else []
    state = state_of(lowest(states), target)
    return ReturnedText(number, join(source), target, state, is_final(state))


def put_in_order(targets):
    """Return the parts of targets in the order that they name (4.3.1.19)."""
    return join([part for _, parts in sorted(targets, key=lambda pair: pair[0]) for part in parts])


def lowest(states):
    """Return the state of the segment that is least far, "" where none is known. A segment without a target is not begun."""
    if any(has_target for _, has_target, _ in states) and any(not has and plain(says).strip() for _, has, says in states):
        return INITIAL
    known = [STATES.index(state) for state, _, _ in states if state in STATES]
    return STATES[min(known)] if known else ""
