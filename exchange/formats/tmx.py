"""TMX 1.4b (LISA OSCAR, 26 April 2005), level 2: a translation memory, written, and read as other programs leave it."""

import html
from collections.abc import Mapping
from dataclasses import dataclass

from exchange.formats.codes import ALONE, OPEN, Codes
from exchange.formats.errors import FormatError
from exchange.formats.markup import clean
from exchange.formats.native import safe_markup
from exchange.formats.xml import LimitedFile, Writer, children, events, forget, local

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LONGEST = 20_000  # letters of a text that is read


@dataclass(frozen=True, slots=True)
class MemoryUnit:
    """Texts by language that are translations of each other, "plain" or "rich"; `note` says where they come from."""

    kind: str
    texts: Mapping[str, str]
    note: str = ""


def write(units, file, language="en"):
    """Write `MemoryUnit`s to a binary file, one by one; `language` is that of the notes."""
    writer = Writer(file)
    header = {
        "creationtool": "actiris",
        "creationtoolversion": "1",
        "segtype": "block",
        "o-tmf": "actiris",
        "adminlang": language,
        "srclang": "*all*",
        "datatype": "plaintext",
    }
    with writer.element("tmx", {"version": "1.4"}):
        writer.end_line()
        writer.leaf("header", attributes=header)
        with writer.element("body"):
            for unit in units:
                writer.end_line()
                write_unit(writer, unit)
    writer.end_line()


def write_unit(writer, unit):
    """Write a `tu`: its codes are numbered within each language, as the standard wants it."""
    with writer.element("tu", {"datatype": "html" if unit.kind == "rich" else "plaintext"}):
        if unit.note:
            writer.leaf("note", unit.note)
        for code, text in unit.texts.items():
            with writer.element("tuv", {"xml:lang": code}), writer.element("seg"):
                codes = Codes(text, kind=unit.kind)
                for part in codes.source:
                    if isinstance(part, str):
                        writer.text(part)
                    elif unit.kind == "rich":
                        write_code(writer, part, codes.tags[part.number].source)


def write_code(writer, code, raw):
    """Write a code with what it is in HTML: a pair as `bpt` and `ept`, what stands alone as `ph`."""
    if code.kind == ALONE:
        writer.leaf("ph", raw[0], {"x": code.number})
    elif code.kind == OPEN:
        writer.leaf("bpt", raw[0], {"i": code.number, "x": code.number})
    else:
        writer.leaf("ept", raw[1], {"i": code.number})


def read(file, languages, max_bytes=None, max_units=None):
    """Yield the `MemoryUnit`s of a binary file that say something in two of the `languages` at least, one by one.

    Raises `FormatError`, also at the end of the file. Of rich text only the markup is kept that is safe anywhere.
    """
    datatype, number, is_begun = "", 0, False
    for event, element, parents in events(LimitedFile(file, max_bytes), with_doctype=True):
        name = local(element)
        if event == "start":
            if not is_begun and (name != "tmx" or not (element.get("version") or "").startswith("1.")):
                raise FormatError("not_tmx")
            is_begun = True
        elif name == "header":
            datatype = element.get("datatype") or ""
        elif name == "tu":
            number += 1
            if max_units is not None and number > max_units:
                raise FormatError("too_many_units")
            unit = unit_of(element, datatype, languages)
            if len(unit.texts) > 1:
                yield unit
            forget(element, parents)


def unit_of(element, datatype, languages):
    """Return the `MemoryUnit` of a `tu`: of each language the first that says something and is not too long."""
    kind = "rich" if (element.get("datatype") or datatype).lower() in {"html", "xhtml"} else "plain"
    texts = {}
    for variant in children(element, "tuv"):
        code = language_of(variant, languages)
        for seg in children(variant, "seg")[:1]:
            text = text_of(seg, kind)
            if code and code not in texts and text.strip() and len(text) <= LONGEST:
                texts[code] = text
    return MemoryUnit(kind, {code: texts[code] for code in languages if code in texts})


def language_of(variant, languages):
    """Return the language of the site that a `tuv` is in, such as "nl" for "NL-BE"; None where it is in another."""
    said = variant.get(XML_LANG) or variant.get("lang") or ""
    code = said.replace("_", "-").split("-")[0].lower()
    return code if code in languages else None


def text_of(seg, kind):
    """Return the text of a `seg` as it is stored."""
    if kind == "rich":
        return safe_markup("".join(native(seg)))
    return clean("".join(words(seg)))


def words(element):
    """Yield the words within an element, without codes; what is highlighted, or unknown, counts as what it holds."""
    yield element.text or ""
    for inner in element:
        if local(inner) not in {"bpt", "ept", "ph", "it", "ut", "sub"}:
            yield from words(inner)
        yield inner.tail or ""


def native(element):
    """Yield the HTML of an element: its words escaped, its codes as they are."""
    yield html.escape(element.text or "", quote=False)
    for inner in element:
        if local(inner) in {"bpt", "ept", "ph", "it", "ut"}:
            yield inner.text or ""
        elif local(inner) != "sub":
            yield from native(inner)
        yield html.escape(inner.tail or "", quote=False)
