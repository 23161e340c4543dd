"""Takes the database back to what an earlier release knows."""

from django.core.management.base import BaseCommand, CommandError

from newsroom.backups.archive import BrokenArchive
from newsroom.backups.going_back import RELEASES, NoWayBack, WayBack


class Command(BaseCommand):
    help = (
        "Takes the database back to what an earlier release knows of it; then start that release. What it has no place for is "
        "deleted. Stop the site first, and back it up: docs/operations.md."
    )
    requires_system_checks = []  # what broke off may have left a database that no release knows

    def add_arguments(self, parser):
        parser.add_argument("to", help=f"a backup that was made before the upgrade, or one of: {', '.join(RELEASES)}")
        parser.add_argument("--list", action="store_true", help="print what would be deleted, and change nothing")

    def handle(self, *args, to, **options):
        try:
            way = WayBack(to)
        except (NoWayBack, BrokenArchive, OSError) as error:
            raise CommandError(f"{error}\nNothing was changed.") from error
        tables, columns = way.losses()
        for what in [*(f"{table}, rows: {number}" for table, number in tables.items()), *columns]:
            self.stdout.write(f"Has no place there: {what}")
        if options["list"]:
            self.stdout.write(f"{len(way.plan)} migrations would be taken back.")
            return
        way.go()
        self.stdout.write(f"{len(way.plan)} migrations were taken back. Now start that release, and no other.")
