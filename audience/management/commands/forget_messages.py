"""Deletes messages that have been kept as long as the contact form says."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import Q
from django.utils import timezone

from audience.models import Message
from reporting.retention import months_before


class Command(BaseCommand):
    help = "Deletes messages MESSAGES_MONTHS after the answer, and all after MESSAGES_MONTHS_AT_MOST."

    def handle(self, *args, **options):
        now = timezone.localtime()
        answered_before = months_before(now, settings.MESSAGES_MONTHS)
        written_before = months_before(now, settings.MESSAGES_MONTHS_AT_MOST)
        old = Q(answered_at__lt=answered_before) | Q(moment__lt=written_before)
        number, _by_model = Message.objects.filter(old).delete()
        self.stdout.write(
            f"Deleted {number}: answered before {answered_before.date()}, or written before {written_before.date()}."
        )
