"""Brings the table of the interface's strings in step with the catalogues."""

from django.core.management.base import BaseCommand

from interface_strings.following import take_up_changes
from interface_strings.strings_rebuild import rebuild


class Command(BaseCommand):
    help = "Brings the table of the interface's strings in step with the catalogues, and this host's files with the edits."

    def add_arguments(self, parser):
        parser.add_argument("--changed", action="store_true", help="do nothing where the catalogues are those of the last time")

    def handle(self, *args, changed, **options):
        number = rebuild(only_changed=changed)
        take_up_changes()
        if number is not None:
            self.stdout.write(f"{number} strings of the interface.")
