"""Counts visits from the web server's log."""

from glob import glob
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audience.models import Visit
from audience.visit_counting import count_log
from reporting.retention import months_before

MAX_REPORTED = 20  # bad lines of a log that are reported one by one


class Command(BaseCommand):
    help = (
        "Counts what is new in the web server's logs (VISITS_LOGS); a line once, however often this runs. Forgets old counts."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", metavar="FILE", help="a log as deploy/nginx.conf writes it, compressed or not")

    def handle(self, *args, files, **options):
        paths = [Path(name) for name in files or sorted(glob(settings.VISITS_LOGS))]  # noqa: PTH207  (an absolute pattern)
        if not paths:
            raise CommandError("There is no log to count: name one, or set VISITS_LOGS.")
        unread = [path for path in paths if not self.count_log(path)]
        before = months_before(timezone.localdate(), settings.VISITS_MONTHS)
        Visit.objects.filter(day__lt=before).delete()
        if unread:
            raise CommandError(f"Could not be read: {', '.join(map(str, unread))}.")

    def count_log(self, path):
        """Count one log and say so; return whether it could be read."""
        bad = 0

        def report(number, reason):
            nonlocal bad
            bad += 1
            if bad <= MAX_REPORTED:
                self.stderr.write(f"{path}, line {number}: {reason}")

        try:
            lines, visits = count_log(path, report)
        except OSError as error:
            self.stderr.write(f"{path}: {error.strerror or error}")
            return False
        if bad > MAX_REPORTED:
            self.stderr.write(f"{path}: {bad - MAX_REPORTED} more lines like these")
        self.stdout.write(f"{path}: {lines} new lines, {visits} visits")
        return True
