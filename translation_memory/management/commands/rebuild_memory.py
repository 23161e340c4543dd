"""Remembers what is public."""

import sys

from django.core.management.base import BaseCommand
from tqdm import tqdm

from translation_memory.models import RememberedUnit
from translation_memory.remembering import public_objects, remember


class Command(BaseCommand):
    help = "Puts all that is public into the translation memory, and takes nothing out of it. Publishing does so by itself."

    def add_arguments(self, parser):
        parser.add_argument("--missing", action="store_true", help="do so only where the memory is empty, but for files")

    def handle(self, *args, missing, verbosity, **options):
        if missing and RememberedUnit.objects.filter(file=None).exists():
            return
        done = 0
        with tqdm(disable=not (verbosity and sys.stderr.isatty()), unit="", desc="memory", leave=False) as bar:
            for batch in public_objects():
                remember(*batch)
                done += len(batch)
                bar.update(len(batch))
        if verbosity > (1 if missing else 0):
            self.stdout.write(f"{done} read, {RememberedUnit.objects.count()} units remembered.")
