"""Deletes links to drafts, with all that was written by them, as long after their end as the privacy page says."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from draft_links.models import DraftLink
from reporting.retention import months_before


class Command(BaseCommand):
    help = "Deletes links to drafts, when they were opened and comments, DRAFT_LINKS_MONTHS after they stopped working."

    def handle(self, *args, **options):
        before = months_before(timezone.localtime(), settings.DRAFT_LINKS_MONTHS)
        _total, by_model = DraftLink.objects.ended_before(before).delete()
        self.stdout.write(f"Deleted {by_model.get(DraftLink._meta.label, 0)}: ended before {before.date()}.")
