"""Translations that come from files: they help as what was published does, and are named as what they are."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from languages.normalising import digest
from translation_memory.forgetting import delete
from translation_memory.models import MemoryFile, RememberedText, RememberedUnit
from translation_memory.remembering import digest_of, remembered_text

BATCH = 500


@transaction.atomic
def take_file(name, units, user):
    """Remember what a file holds; return the `MemoryFile`, and how many units are new.

    `units` are pairs of a kind and texts by language, two at least. What is remembered already stays what it is.
    """
    file = MemoryFile.objects.create(name=name[-200:], imported_by=user)
    rows, now = {}, timezone.now()
    for kind, texts in units:
        digests = {code: digest(text, kind) for code, text in texts.items()}
        row = RememberedUnit(digest=digest_of(kind, digests), kind=kind, file=file, remembered_at=now)
        rows[row.digest] = row, [remembered_text(row, code, text, digests[code]) for code, text in texts.items()]
    in_order = [rows[key] for key in sorted(rows)]  # as publishing writes them: nobody waits in a circle
    RememberedUnit.objects.bulk_create([row for row, _texts in in_order], ignore_conflicts=True, batch_size=BATCH)
    keys = dict(file.units.values_list("digest", "pk"))
    new = [text for row, texts in in_order if row.digest in keys for text in texts]
    for text in new:
        text.unit_id = keys[text.unit.digest]
    RememberedText.objects.bulk_create(new, batch_size=BATCH)
    log(instance=file, action="wagtail.create", user=user)
    return file, len(keys)


@transaction.atomic
def forget_file(file, user):
    """Forget what came from a file and was not published here since."""
    delete(file.units.all())
    log(instance=file, action="wagtail.delete", user=user, deleted=True)
    file.delete()


def remembered_units():
    """Yield all remembered units with their texts; memory does not grow with their number."""
    units = RememberedUnit.objects.select_related("file").prefetch_related("texts").order_by("pk")
    yield from units.iterator(chunk_size=BATCH)
