"""Reads files that came back, and takes their texts over or undoes that, where an answer may not wait for it."""

from django.core.management.base import BaseCommand, CommandError

from exchange.large_files import read_waiting
from exchange.large_imports import carry_out_orders


class Command(BaseCommand):
    help = "Reads large files that came back, and takes over what somebody chose of them, or undoes that; run it every minute."

    def handle(self, *args, **options):
        failed = []
        for brought in read_waiting():
            self.stdout.write(f"{brought.name}: {brought.refusal.get('code', 'read')}.")
        for one, outcome in carry_out_orders():
            if outcome is None:
                failed.append(one.name)
            else:
                numbers = f"{len(outcome.written)} texts written, {len(outcome.left)} left"
                self.stdout.write(f"{one.name}: {numbers}, {len(outcome.unconfirmed)} still to be confirmed.")
        if failed:
            raise CommandError(f"Not written: {', '.join(failed)}.")
