"""Says where the index of the search is not what it would be if it were written anew."""

import sys

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search.indexing import batches, drift, page_keys


class Command(BaseCommand):
    help = "Says which entries of the search are missing, behind or superfluous, and changes nothing."

    def handle(self, *args, verbosity, **options):
        keys, wrong, done = page_keys(), 0, 0
        bar = tqdm(total=keys.count(), disable=not (verbosity and sys.stderr.isatty()), unit="", desc="search", leave=False)
        with bar:
            for batch in batches(keys.iterator(chunk_size=1000)):
                for page, language, what in drift(batch):
                    self.stdout.write(f"page {page} in {language}: {what}")
                    wrong += 1
                done += len(batch)
                bar.update(len(batch))
        if wrong:
            raise CommandError(f"{wrong} entries are wrong: run rebuild_search.")
        self.stdout.write(f"The entries of all {done} pages are correct.")
