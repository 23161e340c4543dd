"""Restoring a backup where there is no site yet."""

from contextlib import suppress

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from newsroom.backups.archive import MEDIA, broken_archives, members, read_manifest
from newsroom.backups.making import known_migrations, release, stored_files
from newsroom.backups.programs import database_name, find_program, run, server_version


class NotPossible(Exception):
    """A backup cannot be restored here; the message is for an operator."""


def restore_backup(file):
    """Restore an archive, an open file, and return its manifest. Nothing is written before all of it was read and is right.

    Raises `NotPossible`, `BrokenArchive`, `ProgramError`, OSError; what was restored until then is taken back.
    """
    refuse_where_something_is()
    manifest = read_manifest(file)
    refuse_newer(manifest)
    program = find_program("pg_restore", max(server_version(), manifest["postgresql"]))
    try:
        restore_files(file)
        restore_database(file, program)
    except BaseException:
        delete_files()
        raise
    return manifest


def refuse_where_something_is():
    """Raise `NotPossible` unless the database has no tables and the folder of uploads no files."""
    tables, upload = connection.introspection.table_names(), next(stored_files(), None)
    if tables:
        raise NotPossible(f"The database has tables ({len(tables)}). Restore into an empty one: docs/operations.md says how.")
    if upload:
        raise NotPossible(
            f"There are uploaded files, such as {upload}. Restore where there are none: docs/operations.md says how."
        )


def refuse_newer(manifest):
    """Raise `NotPossible` where a newer release made the backup, whose database this one does not know."""
    unknown = set(manifest["migrations"]) - {".".join(key) for key in known_migrations()}
    if unknown:
        raise NotPossible(
            f"A newer release made this backup: {manifest['release']}, and this is {release()}, which does not know "
            f"{len(unknown)} of its migrations, such as {min(unknown)}. Restore it with that release, or a newer one."
        )


def restore_files(file):
    with broken_archives():
        for member, content in members(file):
            if member.name.startswith(MEDIA):
                name = member.name.removeprefix(MEDIA)
                stored = default_storage.save(name, File(content, name))
                if stored != name:
                    raise NotPossible(f"{name} cannot have its own name in the folder of uploads, but would be {stored}.")


def restore_database(file, program):
    """Feed pg_restore with the dump; all of it is there afterwards, or nothing."""
    options = "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"
    with broken_archives():
        parts = members(file)
        _member, content = next(parts)
        run(program, *options, "--dbname", database_name(), source=content)


def delete_files():
    for name in list(stored_files()):
        with suppress(OSError):
            default_storage.delete(name)


def bring_up_to_date(manifest, stdout):
    """Run the migrations of this release, and rebuild what another PostgreSQL may have computed otherwise."""
    call_command("migrate", verbosity=0)
    if manifest["postgresql"] != server_version():
        call_command("rebuild_search", stdout=stdout)  # it may cut words otherwise
