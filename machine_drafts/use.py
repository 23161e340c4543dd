"""How much may be sent to the translation service in a month, and how much was. Counted before anything is sent."""

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from machine_drafts.models import MonthlyUse


class LimitReached(Exception):
    """What is to be sent is more than is left of this month."""


def this_month():
    return timezone.localdate().replace(day=1)


def monthly_limit():
    return settings.MACHINE_DRAFTS_MONTHLY_CHARACTERS


def used_characters():
    """Return how many characters were sent this month."""
    return MonthlyUse.objects.filter(month=this_month()).values_list("characters", flat=True).first() or 0


def reserve(characters):
    """Count characters that are about to be sent, and return the month they count for. Raises `LimitReached`.

    One statement asks and counts, so that two people at the same moment do not pass the limit together: call it outside of
    transactions, or the second one waits for the end of the first one's.
    """
    month = this_month()
    MonthlyUse.objects.bulk_create([MonthlyUse(month=month)], ignore_conflicts=True)
    within = MonthlyUse.objects.filter(month=month, characters__lte=monthly_limit() - characters)
    if not within.update(characters=F("characters") + characters):
        raise LimitReached
    return month


def release(characters, month):
    """Take back what was counted for texts that the service did not translate."""
    MonthlyUse.objects.filter(month=month).update(characters=F("characters") - characters)
