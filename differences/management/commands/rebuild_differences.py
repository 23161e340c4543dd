"""Compares the languages of everything anew."""

import logging
import sys

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from differences.rebuilding import NotComparedError, rebuild_differences, rows_to_check
from differences.site_checks import surroundings_of_site

logger = logging.getLogger(__name__)
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
        done, failures = [], []
        for key in bar:
            try:
                done.append(rebuild_differences(key, surroundings))
            except NotComparedError as error:
                logger.exception("The languages of %s could not be compared.", error)
                failures.append(str(error))
        if verbosity > (1 if missing else 0):
            found = [number for number in done if number is not None]
            self.stdout.write(f"{len(found)} compared, {sum(found)} differences.")
        if failures:
            raise CommandError(f"Not compared, see the log: {', '.join(failures)}.")
