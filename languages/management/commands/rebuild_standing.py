"""Computes anew the standing of everything in every language."""

import sys

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from languages.standing_rebuild import compute_batches, count_objects, drift, orphan_rows, save_batch

CHECK_HELP = "say which rows are wrong, and change nothing; since when something waits is not compared"


class Command(BaseCommand):
    help = "Computes anew the standing of every page, snippet and setting in every language. Saving does so by itself."

    def add_arguments(self, parser):
        kinds = parser.add_mutually_exclusive_group()
        kinds.add_argument("--check", action="store_true", help=CHECK_HELP)
        kinds.add_argument("--missing", action="store_true", help="compute only what has no row yet")

    def handle(self, *args, check, missing, verbosity, **options):
        done = wrong = 0
        bar = tqdm(
            total=count_objects(missing), disable=not (verbosity and sys.stderr.isatty()), unit="", desc="standing", leave=False
        )
        with bar:
            for model, standings in compute_batches(missing):
                if check:
                    wrong += self.report_drift(model, drift(model, standings))
                else:
                    save_batch(model, standings)
                done += len(standings)
                bar.update(len(standings))
        if check:
            self.finish_check(done, wrong)
        else:
            removed, _by_model = orphan_rows().delete()
            if verbosity > (1 if missing else 0):
                self.stdout.write(f"{done} written, {removed} removed.")

    def report_drift(self, model, differences):
        """Print what differs; return the number."""
        number = 0
        for standing, names in differences:
            what = f"differs in {', '.join(names)}" if names else "has no row"
            self.stdout.write(f"{model._meta.label} {standing.object_id} {what}")
            number += 1
        return number

    def finish_check(self, done, wrong):
        for row in orphan_rows():
            self.stdout.write(f"{row} is gone")
            wrong += 1
        if wrong:
            raise CommandError(f"{wrong} of {done} rows are wrong: run rebuild_standing.")
        self.stdout.write(f"All {done} rows are right.")
