"""Makes the packages that are too large for an answer to wait for."""

from django.core.management.base import BaseCommand

from exchange.making import make_waiting


class Command(BaseCommand):
    help = "Makes the packages of texts for translators that wait for it."

    def handle(self, *args, **options):
        for package, refusal in make_waiting():
            self.stdout.write(f"{package.pk}: {refusal or 'made'}")
