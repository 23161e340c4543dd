"""Deletes static files that no release of the last month has."""

from django.core.management.base import BaseCommand

from site_copy.static_files import forget_old_files


class Command(BaseCommand):
    help = "Deletes static files that no release of the last month has; their pages may be shown somewhere until then."
    requires_system_checks = []

    def handle(self, *args, **options):
        self.stdout.write(f"{forget_old_files()} files deleted.")
