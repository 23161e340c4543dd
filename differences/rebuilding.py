"""Keeps the list of differences: whatever was saved is compared anew, an object at a time, by a job of every few minutes."""

from django.db import OperationalError, transaction
from django.db.models import Q

from differences.models import Difference, SaidPair
from differences.said_pairs import latest_drafts, pairs_of, read_others, said_before, store_pairs
from differences.site_checks import find_with_keys, mark_of
from languages.codes import OFFICIAL
from languages.standing import Standing
from languages.units import units
from monitoring.advisory_locks import AdvisoryLock


def rows_to_check(surroundings=None):
    """Return the rows of the table of everything whose texts wait to be compared; all without `surroundings`.

    Among them are those of which the other text of a difference is gone. What an alias says is compared where it is written.
    """
    rows = Standing.objects.filter(mirrors=None).order_by("pk")
    has_lapsed = Q(pk__in=Difference.objects.lapsed().values("standing"))
    return rows.filter(~Q(checked_with=mark_of(surroundings)) | has_lapsed) if surroundings else rows


class NotComparedError(Exception):
    """The texts of an object cannot be compared; the error of which it is raised says why."""


def rebuild_differences(pk, surroundings):
    """Compare the texts of the object of one row; return the number of differences, None where it has gone or is busy.

    One object is compared at a time, or two that are compared with each other would not see each other. The row stays locked
    meanwhile: whoever saves the object comes before, and is seen, or after, and lets it be compared again.
    Raises `NotComparedError` for what does not wait any more either, until somebody saves it or the checks change.
    """
    failure, is_final = None, True
    with transaction.atomic():
        AdvisoryLock.DIFFERENCES.wait()
        standing = Standing.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
        if standing is None:
            return None
        try:
            with transaction.atomic():
                number, is_final = compare(standing, surroundings)
        except OperationalError:  # of the database, which says nothing of these texts
            raise
        except Exception as error:
            failure = error
            for model in (Difference, SaidPair):
                model.objects.filter(standing=standing).delete()  # which were found in other texts
        Standing.objects.filter(pk=pk).update(checked_with=mark_of(surroundings) if is_final else "")
    if failure:
        raise NotComparedError(f"{standing.names.get(OFFICIAL[0], '')} ({pk})") from failure
    return number


def compare(standing, surroundings):
    """Store what differs in the object of a row, and what others are to be compared with.

    Return the number of differences, None where the object has gone, and whether that is final: where another object waits for
    being compared, which does not say any more what it said, this one is compared anew after it.
    """
    place = standing.content_type_id, standing.object_id
    instance = latest_drafts([place]).get(place)
    texts = list(units(instance)) if instance else []
    pairs = pairs_of(instance, texts)
    store_pairs(standing, pairs)
    said = said_before(instance, pairs)
    others = read_others(said, pairs)
    found = find_with_keys(texts, surroundings, others)
    Difference.objects.filter(standing=standing).delete()
    Difference.objects.bulk_create(
        difference_of(standing, position, key, mismatch) for position, (key, mismatch) in enumerate(found)
    )
    missed = {one.standing_id for one in said} - {other.origin.standing_id for other in others}
    is_final = not missed or not rows_to_check(surroundings).filter(pk__in=missed).exists()
    return len(found) if instance else None, is_final


def difference_of(standing, position, key, mismatch):
    """Return the unsaved row of a mismatch in the object of a row of the table of everything."""
    where = mismatch.elsewhere
    return Difference(
        standing=standing,
        position=position,
        key=key,
        address=mismatch.address,
        kind=mismatch.kind,
        language=mismatch.language,
        twin=mismatch.twin,
        here=list(mismatch.here),
        there=list(mismatch.there),
        elsewhere=where.origin if where else None,
        elsewhere_address=where.address if where else "",
    )
