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
        given = os.environ.get("STAFF_PASSWORD", "")
        try:
            made = make_accounts(given)
        except ValidationError as error:
            raise CommandError("STAFF_PASSWORD is too weak: " + " ".join(error.messages)) from error
        if given and made:
            self.stdout.write(f"Staff accounts, with STAFF_PASSWORD as their password: {', '.join(made)}")
        elif made:
            self.stdout.write("Staff accounts. Each password is shown only now, and has to be changed at the first login:")
            width = max(map(len, made))
            for name, password in made.items():
                self.stdout.write(f"  {name:<{width}}  {password}")
