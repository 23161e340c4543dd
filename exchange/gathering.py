"""Gathers the texts that go out of objects, in the order in which readers meet them, and counts their words."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page

from exchange.formats.packages import BEHIND, FINE, MISSING
from exchange.models import SentText
from languages.alignment import refresh
from languages.lags import lags
from languages.numbers import format_number
from languages.open_texts import open_texts
from languages.sorting import sort_key
from languages.standing_rebuild import latest_draft
from languages.standing_values import count_words, display_name
from languages.texts import is_filled
from languages.units import units
from newsroom.reports.standing_rows import kind_of, model_of

KINDS = ("plain", "rich")  # what is translated: slugs are made, an address leads elsewhere, own words have no twin
BATCH = 100  # objects that are read at once
MOST_TEXTS = 20_000
WORDS = {MISSING: "new", BEHIND: "changed", FINE: "complete"}  # what the words of a text count as, by its state
REPEATED = "repeated"


class TooManyTexts(ValidationError):
    """More texts than a package holds."""

    def __init__(self):
        most = format_number(MOST_TEXTS)
        super().__init__(_("These are more than %(most)s texts. Choose fewer, such as one section at a time.") % {"most": most})


@dataclass(frozen=True, slots=True)
class Staying:
    """Texts of an object that stay because they are in translation by somebody, and the place of the first.

    `by` is the key of a user, None where they came from a file or a machine and nobody has confirmed them.
    """

    content_type_id: int
    object_id: int
    address: str
    language: str
    by: int | None
    number: int = 1


@dataclass
class Tally:
    """What was gathered: `texts` to be translated, their `words` (`SentPackage.words`), and what does not go out.

    `staying` are the texts that are in translation, `sourceless` counts those that neither language has though another does.
    `lines` counts what is to be read only as well.
    """

    texts: int = 0
    lines: int = 0
    sourceless: int = 0
    staying: list = field(default_factory=list)
    words: Counter = field(default_factory=Counter)
    seen: set = field(default_factory=set)

    def add(self, sent, unit, digest, source):
        """Count a text; the words of one that says the same as another are repeated. Raises `TooManyTexts`."""
        self.lines += 1
        if self.lines > MOST_TEXTS:
            raise TooManyTexts
        if sent.is_context:
            return
        self.texts += 1
        kind = REPEATED if digest in self.seen else WORDS[sent.state]
        self.words[kind] += count_words(unit, source)
        self.seen.add(digest)


def gather(rows, source, target, only_waiting, tally):
    """Yield, for each batch of rows, the unsaved `SentText`s of their latest drafts, without numbers; count them in `tally`.

    A query for each model of a batch. Raises `TooManyTexts`.
    """
    ordered = iter(in_reading_order(rows))
    while batch := list(islice(ordered, BATCH)):
        with translation.override(target):
            sent = [one for draft in drafts_of(batch) for one in texts_of(draft, source, target, only_waiting, tally)]
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
        objects = model._default_manager.filter(pk__in=keys)
        if hasattr(model, "latest_revision"):
            objects = objects.select_related("latest_revision")
        found |= {(model, one.pk): latest_draft(one) or one for one in objects}
    for row in rows:
        if draft := found.get((model_of(row), row.object_id)):
            yield draft


def texts_of(draft, source, target, only_waiting, tally):
    """Return the unsaved `SentText`s of a draft: what is to be translated, and around it what is there to be read only.

    Nothing where nothing is to be translated. What somebody has in translation, in either language, is read only. Their words
    are in the active language. Makes no query.
    """
    texts = list(units(draft))
    memory = refresh(getattr(draft, "alignment", {}), texts)
    befores = sources_before(memory, source, target)
    in_translation = {(text.address, text.language): text for text in open_texts(memory)}
    page, kind = display_name(draft, target), ContentType.objects.get_for_model(draft)
    sent, digests = [], memory.get("now", {})
    tally.sourceless += sum(lacks_source(unit, source, target) for unit in texts)
    for unit in (unit for unit in texts if goes_out(unit, source, target)):
        state = BEHIND if unit.address in befores else FINE if is_filled(unit.texts[target]) else MISSING
        kept = in_translation.get((unit.address, target)) or in_translation.get((unit.address, source))
        if kept:
            by = None if kept.is_unconfirmed else kept.by or 0
            tally.staying.append(Staying(kind.pk, draft.pk, kept.address, kept.language, by))
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
            is_context=bool(kept) or (only_waiting and state == FINE),
        )
        sent.append((one, unit))
    if all(one.is_context for one, _unit in sent):
        return []
    for one, unit in sent:
        tally.add(one, unit, digests.get(unit.address, {}).get(source) or one.source, source)
    return [one for one, _unit in sent]


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
