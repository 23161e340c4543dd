from django.core.management.base import BaseCommand

from exchange.large_imports import take_ordered


class Command(BaseCommand):
    help = "Takes over the texts of large files that somebody chose; run it every minute."

    def handle(self, *args, **options):
        for one, outcome in take_ordered():
            written = len(outcome.written) if outcome else 0
            self.stdout.write(f"{one.name}: {written} texts taken over, {len(outcome.left) if outcome else 'all'} left.")
