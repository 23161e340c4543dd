"""Static files of earlier releases: kept while their pages may still be shown somewhere, and no longer."""

import os
from contextlib import suppress
from pathlib import Path
from time import time

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from site_copy.contents import ERRORS

DAY = 24 * 60 * 60
MARKED = 7 * DAY  # how old a file's time may be before it is marked again: each copy of it is made anew then
KEPT = 30 * DAY + MARKED
COMPRESSED = (".gz", ".br")


def forget_old_files():
    """Delete what no release of the last month has, and return how many files those were.

    A file of today is marked by its time, so that the month begins when it was of use for the last time. Which these are, the
    manifest of static files says; where there is none, all stays.
    """
    root, today = Path(settings.STATIC_ROOT), names_of_today()
    if not today:
        return 0
    count, now = 0, time()
    for path in [path for path in root.rglob("*") if path.is_file()]:
        name = path.relative_to(root).as_posix()
        with suppress(FileNotFoundError):  # a release is being collected meanwhile
            age = now - path.stat().st_mtime
            if plain_name(name) in today or name.startswith(f"{ERRORS}/"):
                if age > MARKED:
                    os.utime(path)
            elif age > KEPT:
                path.unlink()
                count += 1
    return count


def names_of_today():
    """Return the names of the files of this release, with and without the digest in them; none where there is no list."""
    hashed = getattr(staticfiles_storage, "hashed_files", {})
    return {*hashed, *hashed.values(), staticfiles_storage.manifest_name} if hashed else set()


def plain_name(name):
    """Return the name of a file that may be the compressed form of another."""
    return next((name.removesuffix(suffix) for suffix in COMPRESSED if name.endswith(suffix)), name)
