"""Writes the site as plain files."""

import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from site_copy.copying import write_copy
from site_copy.folder import Busy, NotACopy
from site_copy.state import is_due, remember, state_now


class Command(BaseCommand):
    help = (
        "Writes every public page, file and redirect into a folder, as plain files that any web server serves. Only what "
        "changed is written, and what is gone is removed last; a run that was broken off leaves a usable folder."
    )
    requires_system_checks = []  # every start makes them (prepare_site), and this is called every minute

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", help="where to write; by default the setting COPY_ROOT")
        parser.add_argument("--if-changed", action="store_true", help="only where a table changed, or an hour passed")

    def handle(self, *args, folder=None, if_changed=False, verbosity=1, **options):
        root = folder or settings.COPY_ROOT
        if not root:
            raise CommandError("Name a folder, or set COPY_ROOT.")
        state = state_now()
        if if_changed and not is_due(root, state):
            return
        is_watched = bool(verbosity) and sys.stderr.isatty()
        try:
            with tqdm(disable=not is_watched, unit="", desc="copy", leave=False) as bar:
                outcome = write_copy(root, lambda address: bar.update())
        except Busy:
            raise CommandError(f"{root} is being written already.") from None
        except NotACopy:
            raise CommandError(
                f"{root} holds other files, which would be deleted. Name a folder that is empty or new."
            ) from None
        except OSError as error:  # such as a full disk
            raise CommandError(f"The copy cannot be written, and keeps what it has that is still public: {error}") from error
        if outcome.failed:
            failed = ", ".join(f"{address} ({status})" for address, status in outcome.failed.items())
            raise CommandError(f"These keep what was written of them last: {failed}")
        remember(root, state)
        if verbosity:
            self.stdout.write(f"{outcome.entries} addresses: {outcome.written} files written, {outcome.removed} removed.")
