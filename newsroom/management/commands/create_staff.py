"""Makes the groups, and on a first run the staff accounts."""

import os

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from newsroom.accounts.roles import make_accounts, make_groups


class Command(BaseCommand):
    help = "Makes the groups of staff, and on a first run their accounts, each with a password that is printed once."

    @transaction.atomic
    def handle(self, *args, **options):
        make_groups()
        password = os.environ.get("STAFF_PASSWORD", "")
        try:
            passwords = make_accounts(password)
        except ValidationError as error:
            raise CommandError("STAFF_PASSWORD is too weak: " + " ".join(error.messages)) from error
        if password and passwords:
            self.stdout.write(f"Staff accounts, with STAFF_PASSWORD as their password: {', '.join(passwords)}")
        elif passwords:
            self.stdout.write("Staff accounts. Each password is shown only now, and has to be changed at the first login:")
            width = max(map(len, passwords))
            for name, own_password in passwords.items():
                self.stdout.write(f"  {name:<{width}}  {own_password}")
