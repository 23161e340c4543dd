"""Gathers the texts that go out of objects, in the order in which readers meet them, and counts their words."""

from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.utils import translation
from django.utils.text import capfirst
from wagtail.models import Page

from exchange.formats.packages import BEHIND, FINE, MISSING
from exchange.models import SentText
from exchange.tally import Staying, Wish
from exchange.texts_out import out_by_place, still_out
from languages.alignment import refresh
from languages.lags import lags
from languages.open_texts import open_texts
from languages.sorting import sort_key
from languages.standing_values import display_name
from languages.texts import is_filled
from languages.units import units
from languages.versions import latest_versions
from newsroom.reports.standing_rows import kind_of, model_of

KINDS = ("plain", "rich")  # what is translated: slugs are made, an address leads elsewhere, own words have no twin
BATCH = 100  # objects that are read at once


def gather(rows, source, target, only_waiting, tally, again=False):
    """Yield, for each batch of rows, the unsaved `SentText`s of their latest drafts, without numbers; count them in `tally`.

    What is out already is there to be read only, unless it is to be sent `again`. A query for each model of a batch, and one
    for what is out. Raises `TooManyTexts`.
    """
    wish = Wish(source, target, only_waiting, again)
    ordered = iter(in_reading_order(rows))
    while batch := list(islice(ordered, BATCH)):
        out = out_by_place(batch, target)
        with translation.override(target):
            sent = [one for draft in drafts_of(batch) for one in texts_of(draft, wish, out, tally)]
        yield sent


def in_reading_order(rows):
    """Return rows as a list: pages in the order of the tree, and then entries and settings by kind and name. Two queries."""
    rows = list(rows)
    pages = {row.pk for row in rows if issubclass(model_of(row), Page)}
    keys = [row.object_id for row in rows if row.pk in pages]
    paths = dict(Page.objects.filter(pk__in=keys).order_by().values_list("pk", "path")) if keys else {}

    def place(row):
        if row.pk in pages:
            return 0, paths.get(row.object_id, ""), ""
        return 1, sort_key(kind_of(row))[0], sort_key(str(row))[0]

    return sorted(rows, key=place)


def drafts_of(rows):
    """Yield the latest version, draft or not, of the objects of rows, in their order. A query for each model."""
    by_model = {}
    for row in rows:
        by_model.setdefault(model_of(row), []).append(row.object_id)
    found = {}
    for model, keys in by_model.items():
        found |= {(model, key): draft for key, draft in latest_versions(model, keys).items()}
    for row in rows:
        if draft := found.get((model_of(row), row.object_id)):
            yield draft


def texts_of(draft, wish, out, tally):
    """Return the unsaved `SentText`s of a draft: what is to be translated, and around it what is there to be read only.

    Nothing where nothing is to be translated. What somebody has in translation, in either language, is read only. Their words
    are in the active language. `out` is what `texts_out.out_by_place` found. Makes no query.
    """
    source, target = wish.source, wish.target
    texts = list(units(draft))
    memory = refresh(getattr(draft, "alignment", {}), texts)
    befores = sources_before(memory, source, target)
    staying = staying_of(draft, memory, source, target)
    page, kind = display_name(draft, target), ContentType.objects.get_for_model(draft)
    sent, digests = [], memory.get("now", {})
    tally.sourceless += sum(lacks_source(unit, source, target) for unit in texts)
    for unit in (unit for unit in texts if goes_out(unit, source, target)):
        state = BEHIND if unit.address in befores else FINE if is_filled(unit.texts[target]) else MISSING
        stays = staying.get(unit.address)
        if stays:
            tally.staying.append(stays)
        went = None if stays or not wish.takes(state) else still_out(out.get((kind.pk, draft.pk, unit.address), ()), unit)
        if went:
            tally.out[went.package_id] += 1
        one = SentText(
            content_type=kind,
            object_id=draft.pk,
            address=unit.address,
            page=page,
            place=str(capfirst(unit.label)),
            kind=unit.kind,
            source=unit.texts[source],
            target=unit.texts[target],
            was=befores.get(unit.address, ""),
            limit=unit.max_length,
            state=state,
            is_context=bool(stays) or not wish.takes(state) or bool(went and not wish.again),
        )
        sent.append((one, unit))
    if all(one.is_context for one, _unit in sent):
        return []
    for one, unit in sent:
        tally.add(one, unit, digests.get(unit.address, {}).get(source) or one.source, source)
    return [one for one, _unit in sent]


def staying_of(draft, memory, source, target):
    """Return `{address: Staying}` of the texts of a draft that are in translation in either language; in both, the target's."""
    kind, staying = ContentType.objects.get_for_model(draft), {}
    for text in open_texts(memory):
        if text.language == target or (text.language == source and text.address not in staying):
            by = None if text.is_unconfirmed else text.by or 0
            staying[text.address] = Staying(kind.pk, draft.pk, text.address, text.language, by)
    return staying


def goes_out(unit, source, target):
    """Say whether a unit is translated, and has a text from which to do so."""
    return unit.kind in KINDS and {source, target} <= set(unit.languages) and is_filled(unit.texts[source])


def lacks_source(unit, source, target):
    """Say whether a unit is missing in both languages, and another one has it."""
    is_empty = not any(is_filled(unit.texts[code]) for code in (source, target))
    is_meant = unit.kind in KINDS and {source, target} <= set(unit.languages)
    return is_meant and is_empty and any(map(is_filled, unit.texts.values()))


def sources_before(memory, source, target):
    """Return `{address: what the source said when both last agreed}` of the texts that are behind it, "" where that is lost."""
    return {
        lag.address: memory.get("was", {}).get(then, "")
        for lag in lags(memory)
        if lag.language == target
        for twin, then, _now in lag.twins
        if twin == source
    }
