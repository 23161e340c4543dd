"""Writes down what many readers search for."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from reporting.retention import months_before
from search.models import SearchCount
from search.search_counts import MIN_TIMES, write_counts


class Command(BaseCommand):
    help = f"Writes what was searched for {MIN_TIMES} times or more in a week, and deletes what is older than SEARCHES_MONTHS."

    def handle(self, *args, **options):
        today = timezone.localdate()
        written = write_counts(today)
        deleted, _by_model = SearchCount.objects.filter(week__lt=months_before(today, settings.SEARCHES_MONTHS)).delete()
        self.stdout.write(f"Wrote {written} questions, deleted {deleted} old counts.")
