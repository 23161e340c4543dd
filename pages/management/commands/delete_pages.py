"""Deletes the pages of what was deleted with very many below it."""

from django.core.management.base import BaseCommand

from pages.deletions import delete_next

MOST_AT_ONCE = 500  # pages of a job, which others wait for: half a minute


class Command(BaseCommand):
    help = (
        "Deletes the pages that somebody deleted with 50 or more below them, the deepest first, each in its own transaction: "
        "where a run is broken off, the next one goes on."
    )

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=MOST_AT_ONCE, help="at most so many pages (%(default)s)")

    def handle(self, *args, limit, verbosity, **options):
        done = 0
        while done < limit and delete_next():
            done += 1
        if verbosity > 1:
            self.stdout.write(f"{done} pages deleted.")
