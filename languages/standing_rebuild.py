"""Computes the standings of many objects at once: for rows that are missing, and to check those that are there."""

from itertools import islice

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from wagtail.models import ModelLogEntry, Page

from languages.standing import Standing
from languages.standing_saving import save_standings
from languages.standing_values import CHANGE_FIELDS, STANDING_FIELDS, compute_standing, standing_models
from languages.versions import latest_draft

BATCH = 100


def objects_of(model, only_missing=False):
    """Return all objects of a model, or only those without a row, with their latest drafts."""
    kind = ContentType.objects.get_for_model(model)
    queryset = model._default_manager.order_by("pk")
    if issubclass(model, Page):
        queryset = queryset.filter(content_type=kind).select_related("latest_revision")
    if only_missing:
        queryset = queryset.exclude(pk__in=Standing.objects.filter(content_type=kind).values("object_id"))
    return queryset


def count_objects(only_missing=False):
    """Return how many objects `compute_batches` goes through."""
    return sum(objects_of(model, only_missing).count() for model in standing_models())


def compute_batches(only_missing=False):
    """Yield `(model, [Standing])`, unsaved, a batch at a time: memory does not grow with the site."""
    for model in standing_models():
        instances = objects_of(model, only_missing).iterator(chunk_size=BATCH)
        while batch := list(islice(instances, BATCH)):
            yield model, compute_standings(model, batch)


def compute_standings(model, batch):
    """Return the standings of some objects of one model, with two queries at most."""
    standings = [compute_standing(instance, latest_draft(instance)) for instance in batch]
    people = {one for standing in standings for one in (standing.responsible_id, standing.changed_by_id) if one}
    existing = set(get_user_model().objects.filter(pk__in=people).values_list("pk", flat=True)) if people else set()
    logged = {} if issubclass(model, Page) else logged_changes(model, [standing.object_id for standing in standings])
    for standing in standings:
        if not issubclass(model, Page):
            standing.changed_at, standing.changed_by_id = logged.get(standing.object_id, (None, None))
        for name in ("responsible_id", "changed_by_id"):  # a revision may name somebody whose account is gone
            if getattr(standing, name) not in existing:
                setattr(standing, name, None)
    return standings


def logged_changes(model, keys):
    """Return `{object id: (moment, user id)}` of the last entry in Wagtail's log for each object that has one."""
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_id__in=[str(key) for key in keys]
    )
    ordered = entries.order_by("timestamp").values_list("object_id", "timestamp", "user_id")
    return {int(key): (moment, user) for key, moment, user in ordered}


def save_batch(model, standings):
    """Write the rows of a batch. Who changed an entry last is kept where it is known: the log may be shorter than memory."""
    save_standings(standings, (*STANDING_FIELDS, *CHANGE_FIELDS) if issubclass(model, Page) else STANDING_FIELDS)


def drift(model, standings):
    """Yield `(Standing, names of the fields)` where a row says something else; no names where there is no row.

    Since when something waits is not among them: that says what the row was before, which nothing can be compared with.
    """
    keys = [standing.object_id for standing in standings]
    kind = ContentType.objects.get_for_model(model)
    rows = {row.object_id: row for row in Standing.objects.filter(content_type=kind, object_id__in=keys)}
    for standing in standings:
        row = rows.get(standing.object_id)
        if row is None:
            yield standing, []
        elif differing := [name for name in STANDING_FIELDS if stored_value(row, name) != stored_value(standing, name)]:
            yield standing, differing


def stored_value(standing, name):
    return getattr(standing, standing._meta.get_field(name).attname)


def orphan_rows():
    """Return the rows of objects that are gone."""
    rows = Standing.objects.exclude(content_type__in=ContentType.objects.get_for_models(*standing_models()).values())
    for model in standing_models():
        kind = ContentType.objects.get_for_model(model)
        rows |= Standing.objects.filter(content_type=kind).exclude(object_id__in=objects_of(model).order_by().values("pk"))
    return rows
