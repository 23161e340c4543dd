"""Lets an administrator in once, where local passwords are closed."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom.accounts.emergency_door import MINUTES, link_for
from newsroom.models import User


class Command(BaseCommand):
    help = "Prints a link by which one administrator logs in once; all administrators are written to."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *args, username, **options):
        if settings.LOCAL_LOGIN:
            raise CommandError("Passwords are not closed (LOCAL_LOGIN): log in as ever.")
        admin = User.objects.filter(username=username, is_superuser=True, is_active=True).first()
        if not admin:
            raise CommandError(f"No administrator has the user name {username}.")
        self.stdout.write(f"Within {MINUTES} minutes, once: {link_for(admin)}")
