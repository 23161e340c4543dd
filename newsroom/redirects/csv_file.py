"""The rows of a CSV file of redirects, whatever spreadsheet wrote it. Pure."""

import csv
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass

from django.utils.translation import gettext as _

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 10_000
SEPARATORS = "\t;,"
LOOKED_AT = 50  # rows from which the separator is told
ADDRESS = ("/", "http://", "https://")  # how one begins
WHITE_SPACE = "\t\r\n"


class UnreadableFileError(ValueError):
    """The file is no CSV file of redirects; says why, in the active language."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file: the number of its line, from where to where, and of which kind."""

    line: int
    old: str
    new: str
    kind: str = ""


def read_rows(data):
    """Return the `Row`s of a file's bytes, without empty lines and headings. Raises `UnreadableFileError`."""
    if len(data) > MAX_BYTES:
        raise UnreadableFileError(_("This file is larger than 2 MB. Divide it into several."))
    text = decode(data)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines and lines[0].lower().startswith("sep="):  # as Excel writes it
        lines[0] = ""
    separator = find_separator([line for line in lines if line.strip()][:LOOKED_AT])
    rows = list(parse(lines, separator))
    if rows and "/" not in rows[0].old + rows[0].new:
        del rows[0]  # headings
    if not rows:
        raise UnreadableFileError(_("There is no redirect in this file."))
    if len(rows) > MAX_ROWS:
        raise UnreadableFileError(_("This file has more than 10,000 lines. Divide it into several."))
    return rows


def decode(data):
    """Return the text of a file: in UTF-8, in UTF-16 as Excel writes it, or in the encoding of Windows."""
    encodings = ["utf-8-sig", "cp1252"]
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif not data.startswith(BOM_UTF8) and data[:1000].count(0) > len(data[:1000]) // 4:
        encodings = ["utf-16-le" if data[1:2] == b"\0" else "utf-16-be"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(unicodedata.category(sign) in ("Cc", "Cn") and sign not in WHITE_SPACE for sign in set(text)):
            return text
    raise UnreadableFileError(_("This is no text file. Save the list as CSV in your spreadsheet, and choose that file."))


def find_separator(lines):
    """Return the separator by which most lines have two columns or more; of several, the one before most addresses."""

    def count(separator):
        columns = addresses = 0
        try:
            for cells in csv.reader(lines, delimiter=separator):
                columns += len(cells) > 1
                addresses += len(cells) > 1 and cells[1].strip().startswith(ADDRESS)
        except csv.Error:  # a column without end, of which `parse` says in which line it begins
            pass
        return columns, addresses

    return max(SEPARATORS, key=count)


def parse(lines, separator):
    """Yield the `Row`s of lines that are not empty."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if any(cells):
                yield Row(reader.line_num, *[*cells, "", ""][:3])
    except csv.Error as error:
        text = _("Line %(number)s cannot be read. Is a quotation mark missing?") % {"number": reader.line_num}
        raise UnreadableFileError(text) from error
