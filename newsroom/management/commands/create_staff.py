"""Makes the groups, and on a first run the staff accounts."""

import os

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from newsroom.roles import make_accounts, make_groups


class Command(BaseCommand):
    help = "Makes the groups of staff, and on a first run their accounts; STAFF_PASSWORD sets the password."

    @transaction.atomic
    def handle(self, *args, **options):
        make_groups()
        try:
            names, password = make_accounts(os.environ.get("STAFF_PASSWORD", ""))
        except ValidationError as error:
            raise CommandError("STAFF_PASSWORD is too weak: " + " ".join(error.messages)) from error
        if names:
            self.stdout.write("Staff accounts: " + ", ".join(names))
            self.stdout.write(
                f"Their password: {password}" if not os.environ.get("STAFF_PASSWORD") else "Their password: STAFF_PASSWORD"
            )
