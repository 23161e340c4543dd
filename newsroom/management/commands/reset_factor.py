"""Takes away somebody's second factor, where no administrator can."""

from django.core.management.base import BaseCommand, CommandError

from newsroom.accounts.factor_reset import reset_factor
from newsroom.models import User


class Command(BaseCommand):
    help = "Takes away the second factor of the person with a user name; they set up a new one at the next login."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *args, username, **options):
        person = User.objects.filter(username=username).first()
        if not person:
            raise CommandError(f"Nobody has the user name {username}.")
        reset_factor(person)
        self.stdout.write(f"{username} sets up a new second factor at the next login.")
