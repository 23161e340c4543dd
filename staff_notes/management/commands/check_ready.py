"""Says what must be filled in before the site goes live."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from staff_notes.models import StaffNote
from staff_notes.readiness import find_missing


class Command(BaseCommand):
    help = "Says what must be filled in before the site goes live, and fails while something that the law asks for is empty."

    def add_arguments(self, parser):
        parser.add_argument("--notes", action="store_true", help="count the open notes for staff too")

    def handle(self, *args, notes, **options):
        with translation.override("en"):
            missing = find_missing()
            for one in missing:
                self.stdout.write(line_about(one))
            if notes:
                self.stdout.write(f"Open notes for staff: {StaffNote.objects.open().count()}.")
        required = sum(1 for one in missing if one.law)
        if required:
            raise CommandError(f"Not ready: {required} of what the law asks for {'is' if required == 1 else 'are'} missing.")
        self.stdout.write("Ready: nothing that the law asks for is missing.")


def line_about(one):
    """Return what is missing in a line: where, what, why, and who looks after that page."""
    line = f"{one.place}: {one.label}" + (f" ({one.law})" if one.law else " (wanted)")
    return line + (f" – {one.responsible.get_full_name() or one.responsible.get_username()}" if one.responsible else "")
