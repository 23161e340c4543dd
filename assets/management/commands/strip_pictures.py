"""Takes from stored pictures what cameras noted, such as where a photograph was taken."""

from django.core.management.base import BaseCommand

from assets.stored_pictures import strip_pictures


class Command(BaseCommand):
    help = "Takes from stored pictures what cameras and programs noted, such as where and by whom; uploads come without."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, help="how many pictures at most; the others wait for the next time")

    def handle(self, *args, limit=None, **options):
        count, are_left = strip_pictures(limit)
        if count:
            self.stdout.write(f"Stripped {count} pictures of what cameras noted.")
        if are_left:
            self.stdout.write("Others are left: run manage.py strip_pictures.")
