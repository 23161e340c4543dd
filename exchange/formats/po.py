"""PO, as GNU gettext describes it (manual, "The Format of PO Files"): entries are written and read by Babel, one at a time."""

import codecs
import io
import re
from itertools import chain

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, denormalize, generate_po, normalize, read_po

from exchange.formats.codes import Codes
from exchange.formats.errors import FormatError
from exchange.formats.packages import BEHIND, INITIAL, KEY, TRANSLATED, Head, ReturnedFile, ReturnedText
from exchange.formats.remarks import clean_line, place_of, remarks
from exchange.formats.shown_codes import read_shown, show
from exchange.formats.xml import LimitedFile

CONTEXT = re.compile(rf"({KEY}):([1-9]\d{{0,8}})", re.ASCII)
CHARSET = re.compile(rb"charset=([\w.:-]+)")
BEGINNING = 4096
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def write(package, file):
    """Write a package to a binary file."""
    head = package.head
    headers = {
        "Project-Id-Version": clean_line(package.name),
        "Language": head.target,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": head.source,
        "X-Package": head.key,
        "X-Deadline": package.deadline.isoformat() if package.deadline else "",
        "X-Note": clean_line(package.note),
    }
    header = "".join(f"{name}: {words}\n" for name, words in headers.items() if words)
    file.write(f'msgid ""\nmsgstr {normalize(header, width=0)}\n\n'.encode())
    for text in package.texts:
        file.write(entry(text, head.key).encode())


def entry(text, key):
    """Return a text as an entry: what the target is behind of is its previous source, and its translation is fuzzy."""
    codes = Codes(text.source, text.target, text.was, text.kind)
    catalogue = Catalog()
    message = catalogue.add(
        show(codes.source),
        show(codes.target),
        context=f"{key}:{text.number}",
        auto_comments=[clean_line(line) for line in (place_of(text), *remarks(text))],
        flags=["fuzzy"] if text.state == BEHIND and codes.target else [],
    )
    message.flags.discard("python-format")  # a percent sign is a percent sign
    written = "".join(generate_po(catalogue, omit_header=True, width=0)).rstrip("\n") + "\n\n"
    return written.replace("\nmsgctxt", f"\n{previous(codes)}msgctxt", 1) if text.state == BEHIND else written


def previous(codes):
    """Return the lines of what the source said before. Babel would break them where other programs do not read on."""
    lines = f"msgid {normalize(show(codes.was), width=0)}".splitlines()
    return "".join(f"#| {line}\n" for line in lines) if codes.was else ""


def read(file, max_bytes=None):
    """Return the `ReturnedFile` of a binary file. Raises `FormatError`, here or while its texts are gone through."""
    stream = stream_entries(io.BufferedReader(LimitedFile(file, max_bytes)))
    return ReturnedFile(next(stream), stream)


def stream_entries(file):
    """Yield the head of a file, and then its texts."""
    head, numbers = None, set()
    for first_line, lines in split_entries(decoded_lines(file)):
        if head is None:
            head = head_of(lines)
            yield head
            continue
        for message in messages(first_line, lines):
            number = number_of(message, head, numbers, first_line)
            target = read_shown(message.string)
            is_done = bool(target) and not message.fuzzy
            yield ReturnedText(number, read_shown(message.id), target, TRANSLATED if is_done else INITIAL, is_done)
    if head is None:
        raise FormatError("not_po")


def decoded_lines(file):
    """Yield the lines of a file, in the encoding of its byte-order mark, or that its header names, or UTF-8."""
    beginning = file.peek(BEGINNING)[:BEGINNING]
    marked = next((name for mark, name in MARKS.items() if beginning.startswith(mark)), None)
    declared = CHARSET.search(beginning)
    try:
        yield from io.TextIOWrapper(file, marked or (declared[1].decode() if declared else "utf-8"))
    except (LookupError, UnicodeError) as error:
        raise FormatError("not_po") from error


def split_entries(lines):
    """Yield the number of the first line, and the lines, of each entry of a PO file. What is obsolete ("#~") is left out."""
    entry, start, is_complete = [], 1, False
    for number, line in enumerate(chain(lines, ["#"]), start=1):
        if line.startswith("#~"):
            continue
        begins = line.startswith(("#", "msgctxt", "msgid ", 'msgid"', "domain"))
        if begins and is_complete:
            yield start, entry
            entry, is_complete = [], False
        if not entry:
            start = number
        if line.strip():
            entry.append(line)
        is_complete = is_complete or line.startswith("msgstr")
    if any(not line.startswith("#") for line in entry):
        raise FormatError("cut_off", line=start)


def head_of(lines):
    """Return the `Head` that stands in the header, the first entry of a file."""
    texts = [line.strip() for line in lines if not line.startswith("#")]
    if not texts or not re.fullmatch(r'msgid\s*""', texts[0]) or not texts[1].startswith("msgstr"):
        raise FormatError("no_key")
    try:
        header = denormalize("\n".join([texts[1].removeprefix("msgstr").strip(), *texts[2:]]))
    except ValueError as error:
        raise FormatError("not_po", line=1) from error
    said = dict(line.split(": ", 1) for line in header.splitlines() if ": " in line)
    if not re.fullmatch(KEY, said.get("X-Package", ""), re.ASCII):
        raise FormatError("no_key")
    if not said.get("Language") or not said.get("X-Source-Language"):
        raise FormatError("languages")
    return Head(said["X-Package"], said["X-Source-Language"], said["Language"])


def messages(first_line, lines):
    """Return the messages of an entry, one if it is a good one. Raises `FormatError`."""
    if any(line.startswith("msgid_plural") for line in lines):
        raise FormatError("plural", line=first_line)
    try:
        found = [message for message in read_po(lines, abort_invalid=True) if message.id]
    except (PoFileError, ValueError, IndexError) as error:
        raise FormatError("not_po", line=first_line) from error
    if not found:
        raise FormatError("number", line=first_line)
    return found


def number_of(message, head, numbers, line):
    """Return the number of a message, and add it to `numbers`. Raises `FormatError` where it has none, or one twice."""
    match = CONTEXT.fullmatch(message.context or "")
    if not match:
        raise FormatError("number", line=line)
    if match[1] != head.key:
        raise FormatError("several", line=line)
    number = int(match[2])
    if number in numbers:
        raise FormatError("duplicate", line=line)
    numbers.add(number)
    return number
