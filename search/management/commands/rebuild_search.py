"""Writes the index of the search anew."""

import sys

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from search import vocabulary
from search.indexing import batches, lock_directory, page_keys, refresh_entries


class Command(BaseCommand):
    help = "Writes the index of the search anew, and counts the words of the site. Saving keeps the index by itself."

    def add_arguments(self, parser):
        parser.add_argument("--missing", action="store_true", help="index only pages that have no entry yet or wait for theirs")

    def handle(self, *args, missing, verbosity, **options):
        keys, done = page_keys(missing), 0
        bar = tqdm(total=keys.count(), disable=not (verbosity and sys.stderr.isatty()), unit="", desc="search", leave=False)
        with bar:
            for batch in batches(keys.iterator(chunk_size=1000)):
                refresh_entries(batch)
                done += len(batch)
                bar.update(len(batch))
        if done or not missing:
            with transaction.atomic():
                lock_directory(is_for_directory=True)
                vocabulary.rebuild_vocabulary()
        if verbosity > (1 if missing else 0):
            self.stdout.write(f"{done} pages indexed.")
