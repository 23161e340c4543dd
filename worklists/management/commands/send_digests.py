"""Mails to everybody who works here what waits for them."""

from django.core.management.base import BaseCommand

from worklists.digests import send_digests
from worklists.leaving import return_requests


class Command(BaseCommand):
    help = "Mails to everybody what waits for them, once a day at most; gives back to all what nobody can do who has it."

    def handle(self, *args, **options):
        returned = return_requests()
        sent, failed = send_digests()
        self.stdout.write(f"Given back to all: {returned}. Mails sent: {sent}; failed, and due the next time: {failed}.")
