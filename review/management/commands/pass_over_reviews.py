"""Passes over steps of reviews for which nobody is left."""

from django.core.management.base import BaseCommand

from review.passing_over import pass_over_unattended


class Command(BaseCommand):
    help = "Passes over each step of a review that nobody can approve any more, and says so; run it every day."

    def handle(self, *args, **options):
        self.stdout.write(f"Passed over {pass_over_unattended.call()} steps for which nobody is left.")
