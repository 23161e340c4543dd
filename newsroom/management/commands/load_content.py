"""Loads the starting content from `content/`."""

import sys
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom.content.files import ContentError
from newsroom.content.loading import SAME, load


class Command(BaseCommand):
    help = "Loads the starting content. Safe to run again: what staff changed, deleted or took the place of is left alone."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--from", dest="root", default=str(settings.BASE_DIR / "content"), help="the folder of the files")

    def handle(self, *args, check, root, verbosity, **options):
        try:
            results = load(Path(root), check, show_progress=verbosity > 0 and sys.stderr.isatty())
        except ContentError as error:
            raise CommandError(f"{error}\nNothing was loaded.") from error
        for result in results:
            if result.reason or (result.action != SAME and (check or verbosity > 1)):
                self.stdout.write(str(result))
        counts = Counter(result.action for result in results)
        summary = ", ".join(f"{number} {action}" for action, number in sorted(counts.items())) or "nothing to load"
        self.stdout.write(f"{'Would be' if check else 'Content'}: {summary}.")
