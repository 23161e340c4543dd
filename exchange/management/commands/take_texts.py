"""Takes over, or undoes, the texts of files that are too large for an answer to wait for."""

from django.core.management.base import BaseCommand, CommandError

from exchange.large_imports import carry_out_orders


class Command(BaseCommand):
    help = "Takes over the texts of large files that somebody chose, or undoes them; run it every minute."

    def handle(self, *args, **options):
        failed = []
        for one, outcome in carry_out_orders():
            if outcome is None:
                failed.append(one.name)
            else:
                self.stdout.write(f"{one.name}: {len(outcome.written)} texts written, {len(outcome.left)} left.")
        if failed:
            raise CommandError(f"Not written: {', '.join(failed)}.")
