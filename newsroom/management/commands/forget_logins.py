"""Deletes what is left of logins: sessions that have ended, and wrong passwords."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

KEPT = timedelta(days=1)


class Command(BaseCommand):
    help = "Deletes sessions that have ended, and wrong passwords older than a day; run it every day."

    def handle(self, *args, **options):
        call_command("clearsessions")
        attempts, _by_model = AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - KEPT).delete()
        self.stdout.write(f"Deleted sessions that have ended, and {attempts} old records of wrong passwords.")
