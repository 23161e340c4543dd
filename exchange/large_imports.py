"""Takes large files over, and undoes them, after the answer, which may not wait so long: `manage.py take_texts`."""

import logging

from django.utils import timezone

from exchange.models import Import
from exchange.taking import take, undo

MOST_AT_ONCE = 100  # objects into which texts are written before the answer
UNDO = "undo"  # in the place of what is chosen
logger = logging.getLogger(__name__)


def is_large(one, seen):
    """Say whether texts with these keys are in more objects than an answer may wait for."""
    places = one.texts.filter(pk__in=seen).values("sent__content_type", "sent__object_id").distinct()
    return places.count() > MOST_AT_ONCE


def order_taking(one, seen, user):
    """Note what somebody wants to take over; it is done by the next run of the job."""
    order(one, {str(key): what for key, what in seen.items()}, user)


def order_undoing(one, user):
    """Note that somebody wants everything back as it was before."""
    order(one, UNDO, user)


def order(one, chosen, user):
    one.chosen, one.ordered_by, one.begun_at = chosen, user, timezone.now()
    one.save(update_fields=["chosen", "ordered_by", "begun_at"])


def take_ordered():
    """Take over what was ordered, the oldest first; yield each import and its `Outcome`, None where nobody is there for it.

    What fails is logged, and tried again by the next run; the others go on.
    """
    for one in Import.objects.exclude(begun_at=None).order_by("begun_at", "pk"):
        user = one.ordered_by
        if user is None or not user.is_active:
            Import.objects.filter(pk=one.pk).update(begun_at=None, chosen=None)
            yield one, None
            continue
        try:
            if one.chosen == UNDO:
                yield one, undo(one, user)
            else:
                yield one, take(one, {int(key): seen for key, seen in one.chosen.items()}, user)
        except Exception:
            logger.exception("Import %s could not be taken over.", one.pk)
