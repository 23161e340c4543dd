"""What somebody sends: a file of any format, told by what it holds and not by its name, or a ZIP file of several."""

import codecs
import tempfile
from contextlib import contextmanager
from dataclasses import replace

from exchange.formats import docx, po, xliff1, xliff2
from exchange.formats.docx_template import MAIN
from exchange.formats.errors import FormatError
from exchange.formats.xliff import check_root
from exchange.formats.xml import LimitedFile, events, split_name
from exchange.formats.zips import Limits, open_zip

FORMATS = {"xliff2": xliff2, "xliff1": xliff1, "po": po, "docx": docx}
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
BEGINNING = 65_536
IN_MEMORY = 1_000_000
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def open_file(name, file, max_bytes=None):
    """Return the `ReturnedFile` of a seekable binary file; `max_bytes` is the limit of what it holds once unpacked.

    Raises `FormatError` with the name, here or while its texts are gone through.
    """
    with errors_named(name):
        returned = FORMATS[format_of(file)].read(file, max_bytes)
    return replace(returned, texts=named_texts(name, returned.texts))


@contextmanager
def errors_named(name):
    """Give each `FormatError` that is raised within the name of its file."""
    try:
        yield
    except FormatError as error:
        error.name = error.name or name
        raise


def named_texts(name, texts):
    """Yield the texts of a file; errors have its name."""
    with errors_named(name):
        yield from texts


def open_files(name, file, limits=None):
    """Yield the name and the `ReturnedFile` of a file, or of each file of a ZIP file, where each is read before the next.

    Raises `FormatError`, also for a ZIP file within a ZIP file.
    """
    limits = limits or Limits()
    with errors_named(name):
        is_one = not is_archive(file)
    if is_one:
        yield name, open_file(name, file, limits.size)
        return
    with errors_named(name), open_zip(file, limits) as parts:
        infos = [info for info in parts.infolist() if not info.is_dir() and not info.filename.endswith(IGNORED)]
        infos = [info for info in infos if not info.filename.startswith(IGNORED)]
        if not infos:
            raise FormatError("empty")
        for info in infos:
            with tempfile.SpooledTemporaryFile(IN_MEMORY) as inner:
                with parts.open(info) as packed:
                    while piece := packed.read(BEGINNING):
                        inner.write(piece)
                inner.seek(0)
                if is_archive(inner):
                    raise FormatError("nested", name=info.filename)
                yield info.filename, open_file(info.filename, inner, limits.size)


def is_archive(file):
    """Say whether a file is a ZIP file that is no document."""
    if not beginning_of(file).startswith(ZIP):
        return False
    with open_zip(file, Limits(count=100_000, ratio=100_000)) as parts:
        is_office = "[Content_Types].xml" in parts.namelist() or MAIN in parts.namelist()
    file.seek(0)
    return not is_office


def beginning_of(file):
    """Return the first bytes of a file, from its beginning, where it is left."""
    file.seek(0)
    data = file.read(BEGINNING)
    file.seek(0)
    return data


def format_of(file):
    """Return the name of the format of a file, a key of `FORMATS`. Raises `FormatError` where it is none of them."""
    data = beginning_of(file)
    if not data.strip(b"\x00 \r\n\t"):
        raise FormatError("empty")
    if data.startswith(ZIP):
        return "docx"
    encoding = next((name for mark, name in MARKS.items() if data.startswith(mark)), "utf-8")
    start = codecs.getincrementaldecoder(encoding)("replace").decode(data).lstrip("\ufeff \r\n\t")
    if start.startswith("<"):
        return xliff_version(file)
    if "\x00" not in start and start.startswith(("#", "msgid", "msgctxt")) and "msgid" in start:
        return "po"
    raise FormatError("other_kind")


def xliff_version(file):
    """Return the format of an XML file, by its root."""
    for _event, root, _parents in events(LimitedFile(file, None)):
        check_root(root)
        file.seek(0)
        return "xliff1" if split_name(root)[0] in {"", xliff1.CORE} else "xliff2"
    raise FormatError("not_xml")
