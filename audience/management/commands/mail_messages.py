"""Mails what could not be mailed when readers wrote it, such as while the mail server was down."""

from django.core.management.base import BaseCommand
from django.db.models import Q

from audience.message_mail import mail_message
from audience.models import Message


class Command(BaseCommand):
    help = "Sends the mails about messages that are still due."

    def handle(self, *args, **options):
        due = Q(is_forward_due=True) | Q(is_copy_due=True)
        for key in Message.objects.filter(due).order_by("moment").values_list("pk", flat=True):
            mail_message.call(key)
        self.stdout.write(f"Still due: {Message.objects.filter(due).count()}.")
