"""Says whether the translation service answers, and how much is left of it and of this month."""

from django.core.management.base import BaseCommand, CommandError

from machine_drafts.services import ServiceRefused, get_service
from machine_drafts.use import monthly_limit, used_characters


class Command(BaseCommand):
    help = "Asks the translation service how many characters it would still translate. It translates nothing."

    def handle(self, *args, **options):
        service = get_service()
        if not service.is_ready():
            raise CommandError("No translation service is set up.")
        try:
            left = service.characters_left()
        except ServiceRefused as error:
            raise CommandError(str(error.sentence)) from error
        self.stdout.write(f"{used_characters()} of {monthly_limit()} characters sent this month.")
        self.stdout.write(f"The service would translate {'any number of' if left is None else left} characters more.")
