"""Logs of the web server: their lines with their places, in constant memory, whatever a file holds.

A log is a file with a JSON object a line, as deploy/nginx.conf writes it, or the same compressed with gzip. Positions count its
uncompressed bytes, so a log that was compressed after it was counted is still the same log.
"""

import gzip
import hashlib
import json
import shutil
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from tempfile import TemporaryFile

from django.utils import timezone

MAX_LINE_BYTES = 64 * 1024  # bytes; nginx takes addresses of at most 8 kB
GZIP = b"\x1f\x8b"


class BadLine(ValueError):
    """A line that is no line of such a log."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """A whole line of a log: its text without the line end, None where it is too long, and the position after it."""

    text: bytes | None
    length: int
    end: int


@dataclass(frozen=True, slots=True)
class Request:
    """What a line tells of a request; the day is one by the site's clock."""

    day: date
    method: str
    path: str
    status: int


@contextmanager
def open_log(path):
    """Open a log for reading; a compressed one is first unpacked to a temporary file. Raises OSError, whatever is wrong."""
    with path.open("rb") as file:
        is_compressed = file.read(len(GZIP)) == GZIP
        file.seek(0)
        if not is_compressed:
            yield file
            return
        with gzip.open(file) as packed, TemporaryFile() as unpacked:
            try:
                shutil.copyfileobj(packed, unpacked)
            except (EOFError, zlib.error) as error:
                raise OSError(f"damaged: {error}") from error
            unpacked.seek(0)
            yield unpacked


def complete_lines(file):
    """Yield the whole lines of a log from where it stands; a last line without its end is still being written, and left."""
    end = file.tell()
    while line := file.readline(MAX_LINE_BYTES):
        length = len(line)
        text = line
        while not line.endswith(b"\n"):  # the rest of a line that is too long, or nothing at the end of the log
            text = None
            line = file.readline(MAX_LINE_BYTES)
            if not line:
                return
            length += len(line)
        end += length
        yield LogLine(text and text.rstrip(b"\r\n"), length, end)


def digest_of_bytes(file, position, length):
    """Return the SHA-256 of `length` bytes of a log from `position`, None where it ends before."""
    file.seek(position)
    sha256 = hashlib.sha256()
    while length > 0 and (part := file.read(min(length, MAX_LINE_BYTES))):
        sha256.update(part)
        length -= len(part)
    return None if length else sha256.hexdigest()


def parse_request(text):
    """Return the `Request` that a line tells of. Raises BadLine."""
    if text is None:
        raise BadLine("longer than any line of a log")
    try:
        values = json.loads(text.decode(errors="replace"))  # addresses of robots are in any encoding
        moment = datetime.fromisoformat(values["time"])
        method, path, status = values["method"], values["path"], values["status"]
        day = timezone.localdate(moment)
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise BadLine("no visit in the format of deploy/nginx.conf") from error
    if not (isinstance(method, str) and isinstance(path, str) and type(status) is int):
        raise BadLine("no visit in the format of deploy/nginx.conf")
    return Request(day, method, path, status)
