"""Takes large files over, confirms them, and undoes them, after the answer, which may not wait so long: `manage.py take_texts`.

They are written in parts, a transaction each, so that nobody who saves one of the pages waits for all of them. What was written
stays written when a run ends in the middle, and the next one goes on.
"""

import logging
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from exchange.confirming import confirm
from exchange.current_texts import CurrentTexts
from exchange.judging import Left
from exchange.models import Import
from exchange.outcomes import OtherOrderError, Outcome
from exchange.taking import take
from exchange.undoing import undo

MOST_WRITTEN_AT_ONCE = 100  # objects into which texts are written before the answer
PART = 20  # objects that are written in one transaction
UNDO, CONFIRM = "undo", "confirm"  # in the place of what is chosen
logger = logging.getLogger(__name__)


def is_large(one, keys):
    """Say whether imported texts with these keys are in more objects than an answer may wait for."""
    places = one.texts.filter(pk__in=keys).values("sent__content_type", "sent__object_id").distinct()
    return places.order_by().count() > MOST_WRITTEN_AT_ONCE


def order_taking(one, seen, user):
    """Note what somebody wants to take over; the next run of the job does it. Raises `OtherOrderError`."""
    order(one, {str(key): what for key, what in seen.items()}, user)


def order_undoing(one, user):
    """Note that somebody wants everything back as it was before. Raises `OtherOrderError`."""
    order(one, UNDO, user)


def order_confirming(one, user):
    """Note that somebody confirms everything that was taken over. Raises `OtherOrderError`."""
    order(one, CONFIRM, user)


def order(one, chosen, user):
    idle = Import.objects.filter(pk=one.pk, begun_at=None)
    if not idle.update(chosen=chosen, ordered_by=user, begun_at=timezone.now(), left=[]):
        raise OtherOrderError


def carry_out_orders():
    """Do what was ordered, the oldest first; yield each import and its `Outcome`, None where that failed.

    What fails is logged, said at each text, and given up; the others go on.
    """
    for one in Import.objects.exclude(begun_at=None).select_related("ordered_by").order_by("begun_at", "pk"):
        try:
            yield one, carry_out(one)
        except OtherOrderError:
            continue
        except Exception:
            logger.exception("Import %s could not be written.", one.pk)
            end_order(one, Left.FAILED)
            yield one, None


def carry_out(one):
    """Do what was ordered of an import; return the `Outcome`. Raises `OtherOrderError` where it is not wanted any more."""
    user, whole = one.ordered_by, Outcome()
    if user is None or not user.is_active:
        end_order(one, Left.FORBIDDEN)
        return whole
    for keys in parts_of(one):
        outcome = carry_out_part(one, keys, user)
        whole.written += outcome.written
        whole.left += outcome.left
        whole.unconfirmed += outcome.unconfirmed
    end_order(one)
    return whole


def carry_out_part(one, keys, user):
    """Do what was ordered of an import with some of its texts; return the `Outcome`."""
    if one.chosen == UNDO:
        return undo(one, user, keys, is_ordered=True)
    if one.chosen == CONFIRM:
        outcome = Outcome(written=confirm(one, dict.fromkeys(keys), user))
    else:
        outcome = take(one, {key: one.chosen[str(key)] for key in keys}, user, is_ordered=True)
    outcome.unconfirmed = unconfirmed_texts(one, keys)
    return outcome


def unconfirmed_texts(one, keys):
    """Return those texts of an import that were taken over and that nobody has confirmed yet, among some keys."""
    texts, current = list(one.texts.filter(pk__in=keys, is_taken=True).select_related("sent")), CurrentTexts(one.package)
    current.read([text.sent for text in texts])
    return [text for text in texts if current.is_unconfirmed(text.sent)]


def parts_of(one):
    """Yield the keys of the texts that are still to be written, by as many objects as make a part."""
    places = texts_of_order(one).order_by("sent__content_type_id", "sent__object_id", "pk")
    rows = places.values_list("pk", "sent__content_type_id", "sent__object_id")
    objects = [[key for key, *_place in group] for _place, group in groupby(list(rows), lambda row: row[1:])]
    for at in range(0, len(objects), PART):
        yield [key for keys in objects[at : at + PART] for key in keys]


def texts_of_order(one):
    if one.chosen in (UNDO, CONFIRM):
        return one.texts.filter(is_taken=True)
    return one.texts.filter(pk__in=[int(key) for key in one.chosen], is_taken=False)


@transaction.atomic
def end_order(one, reason=None):
    """Let an import be free for other orders; `reason` is why what was not written is left."""
    locked = Import.objects.select_for_update(no_key=True).get(pk=one.pk)
    said = {key for key, _reason in locked.left}
    rest = [key for key in texts_of_order(one).values_list("pk", flat=True) if key not in said] if reason else []
    locked.left += [[key, reason] for key in rest]
    locked.begun_at = locked.chosen = None
    locked.save(update_fields=["left", "begun_at", "chosen"])
