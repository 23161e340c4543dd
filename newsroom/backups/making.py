"""Making a backup: what the site is, copied while it goes on working."""

import os
import posixpath
import tempfile
import tomllib
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from newsroom.backups.archive import DATABASE, MEDIA, ArchiveWriter
from newsroom.backups.programs import find_program, run, server_version


def make_backup(target):
    """Write a backup to the path `target`, which must not exist, and return the number of uploaded files in it.

    Until it is whole it has another name, in the same folder; nobody but its owner may read it. Raises `ProgramError`, OSError.
    """
    version = server_version()
    program = find_program("pg_dump", version)
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            writer = ArchiveWriter(file)
            # The database first: a file that it does not know yet does no harm, and one that is missing does.
            add_database(writer, program, target.parent)
            add_files(writer)
            writer.finish(
                {
                    "release": release(),
                    "made_at": timezone.now().isoformat(timespec="seconds"),
                    "postgresql": version,
                    "migrations": sorted(".".join(key) for key in known_migrations() & applied_migrations()),
                }
            )
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            raise FileExistsError(f"{target} exists by now.")
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return writer.files


def add_database(writer, program, folder):
    """Add a dump; its size has to be known first, so it lies without a name in `folder` meanwhile."""
    with tempfile.TemporaryFile(dir=folder) as dump:
        run(program, "--format=custom", "--no-owner", "--no-privileges", target=dump)
        size = dump.seek(0, os.SEEK_END)
        dump.seek(0)
        writer.add(DATABASE, dump, size)


def add_files(writer):
    for name in stored_files():
        with suppress(FileNotFoundError), default_storage.open(name) as file:  # deleted meanwhile
            writer.add(f"{MEDIA}{name}", file, file.size)


def stored_files(folder=""):
    """Yield the name of every uploaded file, as the storage knows it."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (posixpath.join(folder, name) for name in sorted(files))
    for name in sorted(folders):
        yield from stored_files(posixpath.join(folder, name))


def release():
    """Return the version of this code."""
    return tomllib.loads(Path(settings.BASE_DIR, "pyproject.toml").read_text())["project"]["version"]


def known_migrations():
    """Return the migrations of this code, as pairs of app and name."""
    return set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def applied_migrations():
    return set(MigrationLoader(connection).applied_migrations)
