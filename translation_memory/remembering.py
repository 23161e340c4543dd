"""Writes what was published into the memory: the texts of a unit that agree, in whichever languages they do."""

from functools import partial
from hashlib import blake2s
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page

from languages.alignment import UNCOMPARED_KINDS, refresh
from languages.lags import lags
from languages.normalising import digest
from languages.open_texts import open_texts
from languages.standing_values import standing_models
from languages.texts import is_filled
from languages.units import units
from translation_memory.likeness import letters_of, longest_words
from translation_memory.models import RememberedText, RememberedUnit

BATCH = 50  # objects whose texts are written at once
ORIGIN = ["content_type", "object_id", "address", "remembered_at", "gone_since", "file"]


def remember(*instances):
    """Remember the texts of objects as they are published now, of any models. Two queries, and none where nothing agrees."""
    write(*rows_of(*instances))


def remember_when_committed(instance):
    """Remember the texts of an object as it is now, once the transaction that publishes it has ended.

    So what is written is written in one order and let go of at once: nobody who publishes waits for the loading of all content,
    and the two never wait for each other. What fails is logged: the page is published, and `manage.py rebuild_memory` makes up
    for it.
    """
    transaction.on_commit(partial(write, *rows_of(instance)), robust=True)


def rows_of(*instances):
    """Return what is to be written of objects as they are now: a list of `RememberedUnit`s, and one of their texts."""
    remembered, now = {}, timezone.now()
    for instance in instances:
        kind = ContentType.objects.get_for_model(instance)
        for unit, texts in agreeing_texts(instance):
            digests = {code: digest(text, unit.kind) for code, text in texts.items()}
            row = RememberedUnit(
                digest=digest_of(unit.kind, digests),
                kind=unit.kind,
                content_type=kind,
                object_id=instance.pk,
                address=unit.address,
                remembered_at=now,
            )
            remembered[row.digest] = row, [remembered_text(row, code, texts[code], digests[code]) for code in texts]
    return [row for row, _texts in remembered.values()], [text for _row, texts in remembered.values() for text in texts]


@transaction.atomic
def write(rows, texts):
    """Write rows and their texts; of what is there already only where it was published last is new."""
    if not rows:
        return
    rows.sort(key=lambda row: row.digest)  # two who publish the same at once would else wait for each other
    RememberedUnit.objects.bulk_create(rows, update_conflicts=True, unique_fields=["digest"], update_fields=ORIGIN)
    for text in texts:
        text.unit_id = text.unit.pk
    RememberedText.objects.bulk_create(texts, ignore_conflicts=True)


def agreeing_texts(instance):
    """Yield pairs of a unit and its texts by language, where at least two languages agree. Makes no query."""
    texts = list(units(instance))
    memory = refresh(getattr(instance, "alignment", {}), texts)  # what has words of its own only keeps none
    left_out = {(lag.address, lag.language) for lag in lags(memory)}
    left_out |= {(text.address, text.language) for text in open_texts(memory)}
    for unit in texts:
        if unit.kind in UNCOMPARED_KINDS:
            continue
        agreeing = {
            code: unit.texts[code]
            for code in unit.languages
            if is_filled(unit.texts[code]) and (unit.address, code) not in left_out
        }
        if len(agreeing) > 1:
            yield unit, agreeing


def digest_of(kind, digests):
    """Return what stands for a unit: its kind, and what each language says."""
    return blake2s(repr((kind, sorted(digests.items()))).encode(), digest_size=16).hexdigest()


def remembered_text(row, language, text, text_digest):
    letters = letters_of(text, row.kind)
    return RememberedText(
        unit=row,
        language=language,
        text=text,
        digest=text_digest,
        letters=letters,
        length=len(letters),
        longest=longest_words(letters),
    )


def is_public_at_once(model):
    """Say whether what is saved of a model is public by that: entries and settings have no drafts."""
    return model in standing_models() and not issubclass(model, DraftStateMixin)


def public_objects():
    """Yield what is published now, in lists: memory does not grow with the site."""
    for model in standing_models():
        objects = model._default_manager.order_by("pk")
        if issubclass(model, Page):
            objects = objects.filter(content_type=ContentType.objects.get_for_model(model), alias_of=None)
        if issubclass(model, DraftStateMixin):
            objects = objects.filter(live=True)
        found = objects.iterator(chunk_size=BATCH)
        while batch := list(islice(found, BATCH)):
            yield batch
