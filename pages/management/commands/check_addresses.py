"""Says which addresses and redirects are wrong, and repairs them when asked to."""

from django.core.management.base import BaseCommand, CommandError

from pages import address_checks


class Command(BaseCommand):
    help = "Says which addresses and redirects are not what the tree asks for, and fails if any is; --repair mends them."

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="store the right ones")

    def handle(self, *args, repair=False, **options):
        faults = address_checks.repair() if repair else address_checks.find_faults()
        for fault in faults:
            self.stdout.write(f"{fault.subject}: {fault.text}")
        if faults and not repair:
            raise CommandError(f"{len(faults)} of them; --repair mends them.")
        self.stdout.write(f"Repaired {len(faults)}." if faults else "All addresses and redirects are correct.")
