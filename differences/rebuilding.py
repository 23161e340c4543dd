"""Keeps the list of differences: whatever was saved is compared anew, an object at a time, by a job of every few minutes."""

from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, transaction

from differences.models import Difference
from differences.site_checks import find_with_keys, mark_of
from languages.codes import OFFICIAL
from languages.standing import Standing
from languages.standing_rebuild import latest_draft
from languages.units import units


def rows_to_check(surroundings=None):
    """Return the rows of the table of everything whose texts wait to be compared; all without `surroundings`.

    What an alias says is compared where it is written.
    """
    rows = Standing.objects.filter(mirrors=None).order_by("pk")
    return rows.exclude(checked_with=mark_of(surroundings)) if surroundings else rows


class NotComparedError(Exception):
    """The texts of an object cannot be compared; the error of which it is raised says why."""


def rebuild_differences(pk, surroundings):
    """Compare the texts of the object of one row; return the number of differences, None where it has gone or is busy.

    The row stays locked meanwhile: whoever saves the object comes before, and is seen, or after, and lets it be compared again.
    Raises `NotComparedError` for what does not wait any more either, until somebody saves it or the checks change.
    """
    failure = None
    with transaction.atomic():
        standing = Standing.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
        if standing is None:
            return None
        try:
            with transaction.atomic():
                number = compare(standing, surroundings)
        except OperationalError:  # of the database, which says nothing of these texts
            raise
        except Exception as error:
            failure = error
            Difference.objects.filter(standing=standing).delete()  # which were found in other texts
        Standing.objects.filter(pk=pk).update(checked_with=mark_of(surroundings))
    if failure:
        raise NotComparedError(f"{standing.names.get(OFFICIAL[0], '')} ({pk})") from failure
    return number


def compare(standing, surroundings):
    """Store what differs in the object of a row; return the number, None where it has gone."""
    instance = draft_of(standing)
    found = find_with_keys(units(instance), surroundings) if instance else []
    Difference.objects.filter(standing=standing).delete()
    Difference.objects.bulk_create(
        Difference(
            standing=standing,
            position=position,
            key=key,
            address=mismatch.address,
            kind=mismatch.kind,
            language=mismatch.language,
            twin=mismatch.twin,
            here=list(mismatch.here),
            there=list(mismatch.there),
        )
        for position, (key, mismatch) in enumerate(found)
    )
    return len(found) if instance else None


def draft_of(standing):
    """Return the latest draft of the object of a row, None where it has gone."""
    model = ContentType.objects.get_for_id(standing.content_type_id).model_class()
    if model is None:  # of a release before this one
        return None
    objects = model._default_manager.filter(pk=standing.object_id)
    if hasattr(model, "latest_revision"):
        objects = objects.select_related("latest_revision")
    instance = objects.first()
    return instance and (latest_draft(instance) or instance)
