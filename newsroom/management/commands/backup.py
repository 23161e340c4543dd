"""Writes a backup of the site."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from newsroom.backups.making import make_backup
from newsroom.backups.programs import ProgramError


class Command(BaseCommand):
    help = "Writes the database and the uploaded files into one new file; nobody has to stop working. Settings are not in it."
    requires_system_checks = []  # a site that is not well wants a backup all the more

    def add_arguments(self, parser):
        parser.add_argument("file", help="the archive (tar); it must not exist")

    def handle(self, *args, file, **options):
        target = Path(file)
        if target.exists():
            raise CommandError(f"{target} exists already: name another file.")
        try:
            files = make_backup(target)
        except (ProgramError, OSError) as error:
            raise CommandError(f"{error}\nThere is no backup.") from error
        self.stdout.write(f"{target}: the database and {files} uploaded files, {target.stat().st_size / 1_000_000:.1f} MB.")
        self.stdout.write("Keep it with a copy of .env, away from this machine, and no longer than the privacy page says.")
