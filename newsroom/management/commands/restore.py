"""Restores a backup of the site."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from newsroom.backups.archive import BrokenArchive
from newsroom.backups.programs import ProgramError
from newsroom.backups.restoring import NotPossible, bring_up_to_date, restore_backup


class Command(BaseCommand):
    help = "Restores what manage.py backup wrote, into an empty database and an empty folder of uploads."
    requires_system_checks = []  # they would look for tables

    def add_arguments(self, parser):
        parser.add_argument("file", help="the archive")

    def handle(self, *args, file, **options):
        try:
            with Path(file).open("rb") as archive:
                manifest = restore_backup(archive)
        except (BrokenArchive, NotPossible, ProgramError, OSError) as error:
            raise CommandError(f"{error}\nNothing was restored.") from error
        self.stdout.write(f"Restored the database and {manifest['files']} uploaded files, of {manifest['made_at']}.")
        bring_up_to_date(manifest, self.stdout)
        self.stdout.write(
            "Now start the site, with the .env of the backup: with another SECRET_KEY everybody is logged out, and links that "
            "were sent no longer work.\nThen see that it is whole: manage.py check_search, check_addresses, "
            "rebuild_standing --check; look at a page with a picture, open a document, and log in."
        )
