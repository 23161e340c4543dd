"""Word documents (ECMA-376, WordprocessingML): a table of number, source and translation for each page of the site."""

import re
import zipfile
from itertools import groupby

from exchange.formats.codes import Codes
from exchange.formats.docx_template import MAIN, make_template
from exchange.formats.errors import FormatError
from exchange.formats.markup import clean
from exchange.formats.packages import KEY, Head, ReturnedFile, ReturnedText, state_of
from exchange.formats.remarks import remarks
from exchange.formats.shown_codes import read_shown, show
from exchange.formats.xml import LimitedFile, child, children, events, forget, local
from exchange.formats.zips import Limits, open_zip

LANGUAGE = r"[A-Za-z]{2,3}(?:-\w+)*"
KEY_LINE = re.compile(rf"⟦package ({KEY}): ({LANGUAGE}) → ({LANGUAGE})⟧", re.ASCII)
NUMBER = re.compile(r"\s*([1-9]\d{0,8})\b")
SIGNS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
# What was deleted or moved elsewhere with changes tracked, what only describes, and what is there for older programs.
UNSAID = {"del", "moveFrom", "pPr", "rPr", "tcPr", "trPr", "Fallback"}


def write(package, file):
    """Write a package to a binary file, its words in the active language."""
    head = package.head
    template = make_template(package, f"⟦package {head.key}: {head.source} → {head.target}⟧")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, data in template.others.items():
            parts.writestr(name, data)
        with parts.open(MAIN, "w", force_zip64=True) as main:
            main.write(template.start.encode())
            for page, texts in groupby(package.texts, key=lambda text: text.page):
                main.write(template.page(clean(page)).encode())
                for text in texts:
                    main.write(text_row(template, text).encode())
                main.write(b"</w:tbl>")
            main.write(template.end.removeprefix("</w:tbl>").encode())


def text_row(template, text):
    """Return the XML of the row of a text."""
    codes = Codes(text.source, text.target, text.was, text.kind)
    place = "\n".join([clean(text.place), *(clean(line) for line in remarks(text))])
    return template.text_row(text.number, place, show(codes.source), show(codes.target))


def read(file, max_bytes=None):
    """Return the `ReturnedFile` of a binary file. Raises `FormatError`, here or while its texts are gone through.

    `max_bytes` is the limit of what the document holds once it is unpacked.
    """
    stream = stream_rows(file, max_bytes)
    return ReturnedFile(next(stream), stream)


def stream_rows(file, max_bytes):
    """Yield the head of a document, and then its texts."""
    with open_zip(file, Limits(size=max_bytes)) as parts:
        check_parts(parts)
        with parts.open(MAIN) as main:
            yield from stream_document(events(LimitedFile(main, max_bytes)))


def check_parts(parts):
    """Raise `FormatError` where a ZIP file is no Word document, or one with macros."""
    names = parts.namelist()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FormatError("macros")
    if MAIN not in names:
        raise FormatError("other_kind")
    types = "[Content_Types].xml"
    if types in names and b"macroEnabled" in parts.read(types):
        raise FormatError("macros")


def stream_document(parsed):
    """Yield the head of a document, from a paragraph above its tables, and then the texts of their rows."""
    head, numbers, tables, rows, count = None, set(), 0, 0, 0
    for event, element, parents in parsed:
        name = local(element)
        if event == "start":
            if name == "tbl":
                tables += 1
                rows = rows if tables > 1 else 0
            continue
        if name == "tbl":
            tables -= 1
            if not tables:
                forget(element, parents)
        if name == "p" and not tables:
            if head is None and (match := KEY_LINE.search(words_of(element))):
                head = Head(*match.groups())
                yield head
            forget(element, parents)
        elif name == "tr" and tables == 1:
            if head is None:
                raise FormatError("no_key")
            rows += 1
            text = read_row(element, rows == 1, numbers)
            if text:
                count += 1
                yield text
            forget(element, parents)
    if head is None:
        raise FormatError("no_key")
    if not count:
        raise FormatError("no_table")


def read_row(row, is_first, numbers):
    """Return the text of a row; None for the headings of a table, and for a row that was deleted with changes tracked."""
    properties = child(row, "trPr")
    if properties is not None and child(properties, "del") is not None:
        return None
    cells = list(row_cells(row))
    match = NUMBER.match(words_of(cells[0])) if cells else None
    if is_first and not match:
        return None
    if len(cells) != 3:
        raise FormatError("columns", row=len(numbers) + 1)
    if not match:
        raise FormatError("number", row=len(numbers) + 1)
    number = int(match[1])
    if number in numbers:
        raise FormatError("duplicate", row=len(numbers) + 1)
    numbers.add(number)
    source, target = (read_shown(words_of(cell)) for cell in cells[1:])
    return ReturnedText(number, source, target, state_of("", target))


def row_cells(row):
    """Yield the cells of a row, also from within what marks them as controls."""
    for inner in children(row, "tc", "sdt", "sdtContent", "customXml", "ins"):
        if local(inner) == "tc":
            yield inner
        else:
            yield from row_cells(inner)


def words_of(element):
    """Return the text of a cell or paragraph: each paragraph a line."""
    pieces = []
    for inner in element:
        collect(inner, pieces)
    lines = "".join(pieces)
    return lines.removeprefix("\n") if local(element) == "tc" else lines


def collect(element, pieces):
    """Add what an element says to `pieces`; a paragraph begins with the end of a line."""
    name = local(element)
    if name in UNSAID:
        return
    if name == "p":
        pieces.append("\n")
    if name == "t":
        pieces.append(element.text or "")
    elif name in SIGNS:
        pieces.append(SIGNS[name])
    else:
        for inner in element:
            collect(inner, pieces)
