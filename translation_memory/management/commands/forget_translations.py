"""Forgets translations that only objects published that no longer exist."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from reporting.retention import months_before
from translation_memory.forgetting import forget_gone


class Command(BaseCommand):
    help = "Takes out of the translation memory what was published last by an object that is gone for MEMORY_MONTHS."

    def handle(self, *args, **options):
        before = months_before(timezone.localtime(), settings.MEMORY_MONTHS)
        self.stdout.write(f"Forgot {forget_gone(before)}: gone since before {before.date()}.")
