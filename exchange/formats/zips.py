"""ZIP files from strangers, opened only after their list has been looked at."""

import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath

from exchange.formats.errors import FormatError

ENCRYPTED = 0x1  # a bit of the general purpose flags (APPNOTE, 4.4.4)
DAMAGES = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error)
DAMAGES += (NotImplementedError, EOFError, OSError, ValueError)  # what zipfile raises for other kinds of damage
SMALL = 1_000_000  # bytes: what is no larger unpacked may be packed as tightly as it likes


@dataclass(frozen=True, slots=True)
class Limits:
    """What a ZIP file may hold: how many files, how many bytes once unpacked (None: any), and how many for each packed one."""

    count: int = 500
    size: int | None = None
    ratio: int = 200


@contextmanager
def open_zip(file, limits):
    """Open a ZIP file for the time of a `with`. Raises `FormatError` where it is damaged or beyond its limits.

    Sizes are those of its list, which zipfile holds what it reads to.
    """
    try:
        with zipfile.ZipFile(file) as parts:
            check(parts.infolist(), limits)
            yield parts
    except DAMAGES as error:
        raise FormatError("damaged_zip") from error


def check(infos, limits):
    """Raise `FormatError` where the list of a ZIP file is beyond the limits, leads out of it, or asks for a password."""
    if len(infos) > limits.count:
        raise FormatError("too_many")
    if any(info.flag_bits & ENCRYPTED for info in infos):
        raise FormatError("encrypted")
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in info.filename:
            raise FormatError("outside", name=info.filename)
    unpacked, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if limits.size is not None and unpacked > limits.size:
        raise FormatError("too_large")
    if unpacked > SMALL and unpacked > limits.ratio * packed:
        raise FormatError("bomb")
