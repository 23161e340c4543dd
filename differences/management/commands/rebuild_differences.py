"""Compares the languages of everything anew."""

import sys

from django.core.management.base import BaseCommand
from tqdm import tqdm

from differences.finding_all import surroundings_of_site
from differences.rebuilding import rebuild_differences, rows_to_check

MOST_AT_ONCE = 2_000  # rows of a job, which others wait for: about a minute


class Command(BaseCommand):
    help = "Lists anew what the languages of every page, entry and setting say otherwise. A job does so after each save."

    def add_arguments(self, parser):
        parser.add_argument("--missing", action="store_true", help="compare only what waits for it, bit by bit")

    def handle(self, *args, missing, verbosity, **options):
        surroundings = surroundings_of_site()
        rows = rows_to_check(surroundings if missing else None).values_list("pk", flat=True)
        keys = list(rows[:MOST_AT_ONCE] if missing else rows)
        bar = tqdm(keys, disable=not (verbosity and sys.stderr.isatty()), unit="", desc="differences", leave=False)
        numbers = [rebuild_differences(key, surroundings) for key in bar]
        if verbosity > (1 if missing else 0):
            done = [number for number in numbers if number is not None]
            self.stdout.write(f"{len(done)} compared, {sum(done)} differences.")
