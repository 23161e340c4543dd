"""Links an account of the site to a person of the provider of sign-on."""

from django.core.management.base import BaseCommand, CommandError

from newsroom.accounts.sign_on import link
from newsroom.models import User


class Command(BaseCommand):
    help = "Lets the person with a user name log in by sign-on to the account they have; SUBJECT is their `sub` there."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("subject")

    def handle(self, *args, username, subject, **options):
        user = User.objects.filter(username=username).first()
        if not user:
            raise CommandError(f"Nobody has the user name {username}.")
        link(user, subject)
        self.stdout.write(f"{username} logs in by sign-on as {subject}. Roles come from the provider at the next login.")
