"""Deletes feedback that has been kept as long as the privacy page says."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from audience.models import Feedback
from reporting.retention import months_before


class Command(BaseCommand):
    help = "Deletes feedback that is older than FEEDBACK_MONTHS."

    def handle(self, *args, **options):
        before = months_before(timezone.localtime(), settings.FEEDBACK_MONTHS)
        number, _by_model = Feedback.objects.filter(moment__lt=before).delete()
        self.stdout.write(f"Deleted {number} of before {before.date()}.")
