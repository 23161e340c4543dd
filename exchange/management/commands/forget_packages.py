"""Deletes packages that have been kept long enough."""

from django.core.management.base import BaseCommand

from exchange.retention import MONTHS, forget_packages


class Command(BaseCommand):
    help = f"Deletes packages of texts for translators, with all that came back, {MONTHS} months after they were made."

    def handle(self, *args, **options):
        count, before = forget_packages()
        self.stdout.write(f"Deleted {count}: made before {before.date()}.")
