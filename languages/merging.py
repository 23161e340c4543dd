"""Two people's edits of the same content brought together: what was opened, what was typed, what was saved meanwhile.

Content is a mapping from field name to value; its *shape* says what stands in each field: a `Column` (one text or one fact) or
the block of a stream, whose value is then its stored JSON. What was opened is known by a *snapshot* only, which holds digests
and is small enough to travel in a form:

    {"heading_fr": digest, "body": {block id: {"text": {"nl": digest, …}, "level": digest}, …}}

The rule: what only one side changed is taken from it; what both changed alike is fine; what both changed differently is a
`Collision`, and mine stands for the time being. Blocks: additions of both sides stay, each behind its predecessor; a deletion
stands unless the other side changed something within, which is a collision too and keeps the block; of two new orders mine
counts, since an order is no text. Everything here is pure.
"""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2s

from wagtail import blocks

from languages.blocks import TranslatedBlock
from languages.codes import LANGUAGES
from languages.normalising import digest
from languages.streams import items
from languages.texts import every_language

GONE = None  # what a side says of a block that it deleted


class _Unknown(dict):
    """A snapshot that differs from whatever there is."""

    def get(self, key, default=None):
        return self


UNKNOWN = _Unknown()


@dataclass(frozen=True, slots=True)
class Column:
    """A field that holds one text in one language (`unit` is its address), or one fact: a date, a choice, a reference."""

    unit: str
    language: str | None = None
    kind: str = "fact"


@dataclass(frozen=True, slots=True)
class Collision:
    """Something that both sides changed, each in another way.

    `steps` lead to it within the snapshot: a field's name, then ids of blocks, names and a language. `mine` and `theirs` are
    its values, `GONE` where a side deleted the block. `kind` is that of a text's unit, "fact", or "block". `of` is its block
    definition, None for a column; `saved` is the snapshot of theirs.
    """

    steps: tuple
    language: str | None
    kind: str
    mine: object
    theirs: object
    saved: object
    of: object = None

    @property
    def address(self):
        """The dotted address of the unit or block."""
        return ".".join(self.steps[:-1] if self.of and self.language else self.steps)


@dataclass(frozen=True, slots=True)
class Merged:
    """The content of both sides, and where they collide."""

    values: Mapping
    collisions: tuple


def snapshot(shape, values):
    """Return the snapshot of the content `values`: digests only, ready for JSON."""
    return {name: seen(of, values[name]) for name, of in shape.items() if name in values}


def merge(shape, opened, mine, theirs):
    """Return the `Merged` content of two sides that began with the snapshot `opened`.

    A field or block that is not in the snapshot did not exist when it was taken: what one side has there is kept. With
    `UNKNOWN` in its place nobody can say who changed what, and all that differs collides.
    """
    run = _Merge()
    values = {name: run.value(shape[name], opened.get(name), mine[name], theirs[name], (name,)) for name in mine}
    return Merged(values, tuple(run.collisions))


def acknowledged(opened, collisions):
    """Return the snapshot of somebody who has been shown what the other side saved in `collisions`, and nothing else."""
    found = deepcopy(opened)
    for collision in collisions:
        *way, last = collision.steps
        place = found
        for step in way:
            place = place.setdefault(step, {})
        if collision.saved is GONE:
            place.pop(last, None)
        else:
            place[last] = collision.saved
    return found


def texts(shape, opened):
    """Return the digests of all texts in a snapshot by the address of their unit: `{address: {language: digest}}`."""
    found = {}
    for name, of in shape.items():
        if isinstance(of, Column):
            if of.language and name in opened:
                found.setdefault(of.unit, {})[of.language] = opened[name]
        else:
            found.update(texts_below(opened.get(name), (name,)))
    return found


def texts_below(opened, steps):
    """Return the same of a part of a snapshot."""
    if not isinstance(opened, dict):
        return {}
    if opened.keys() == set(LANGUAGES):
        return {".".join(steps): opened}
    return {address: one for step, inner in opened.items() for address, one in texts_below(inner, (*steps, step)).items()}


def seen(of, value):
    """Return the snapshot of one value."""
    if isinstance(of, Column):
        return fact(value) if of.kind == "fact" else digest(value, of.kind)
    if isinstance(of, TranslatedBlock):
        return {code: digest(text, of.kind) for code, text in every_language(of.texts(value)).items()}
    if isinstance(of, blocks.StructBlock):
        return {name: seen(child, part(value, name, child)) for name, child in of.child_blocks.items()}
    if isinstance(of, (blocks.StreamBlock, blocks.ListBlock)):
        return {key: seen(child, item["value"]) for key, (child, item) in keyed(of, value).items()}
    return fact(value)


def fact(value):
    """Return a digest of anything that is no text in a language; "" for nothing, however it is written."""
    if isinstance(value, datetime):  # forms show no seconds
        value = value.astimezone(UTC).replace(second=0, microsecond=0)
    value = getattr(value, "pk", value)
    if value in (None, "", False, [], ()):
        return ""
    if isinstance(value, (list, tuple)):  # which were chosen, in no order
        value = sorted(fact(one) for one in value)
    written = value if isinstance(value, str) else json.dumps(value, default=str, sort_keys=True).strip('"')
    return blake2s(written.strip().encode(), digest_size=8).hexdigest()


def part(value, name, child):
    """Return a part of a stored struct; a fact that it does not know yet is what the editor would show for it."""
    if name in (value or {}) or isinstance(child, (blocks.StructBlock, blocks.StreamBlock, blocks.ListBlock)):
        return (value or {}).get(name)
    return child.get_prep_value(child.get_default())


def keyed(of, value):
    """Return the stored items of a stream or list by id, each `(block, item)`; an id that occurs again has a number."""
    found = {}
    for child, item in items(of, value):
        key = name = str(item.get("id") or "")
        while key in found:
            key = f"{name}#{len(found)}"
        found[key] = (child, item)
    return found


class _Merge:
    """One run, which gathers collisions."""

    def __init__(self):
        self.collisions = []

    def value(self, of, opened, mine, theirs, steps):
        """Return the merged value of one field, block or part of a block."""
        if isinstance(of, Column):
            return self.leaf(None, of.kind, of.language, opened, (mine, theirs), steps)
        opened = opened if isinstance(opened, dict) or is_leaf(of) else {}
        if isinstance(of, TranslatedBlock):
            sides = every_language(of.texts(mine)), every_language(of.texts(theirs))
            return {
                code: self.leaf(of, of.kind, code, opened.get(code), [side[code] for side in sides], (*steps, code))
                for code in LANGUAGES
            }
        if isinstance(of, blocks.StructBlock):
            return {
                name: self.value(child, opened.get(name), part(mine, name, child), part(theirs, name, child), (*steps, name))
                for name, child in of.child_blocks.items()
            }
        if isinstance(of, (blocks.StreamBlock, blocks.ListBlock)):
            return self.items(of, opened, keyed(of, mine), keyed(of, theirs), steps)
        return self.leaf(of, "fact", None, opened, (mine, theirs), steps)

    def leaf(self, of, kind, language, opened, sides, steps):
        """Return one text or fact: that of the side that changed it."""
        mine, theirs = sides
        own, other = (fact(side) if kind == "fact" else digest(side, kind) for side in sides)
        if other in (own, opened):
            return mine
        if own == opened or (opened is None and not own):
            return theirs
        if not (opened is None and not other):
            self.collisions.append(Collision(steps, language, kind, mine, theirs, other, of))
        return mine

    def items(self, of, opened, mine, theirs, steps):
        """Return the merged items of a stream or list."""
        kept = {}
        for key in {**mine, **theirs}:
            item = self.item(opened.get(key), mine.get(key), theirs.get(key), (*steps, key))
            if item is not GONE:
                kept[key] = item
        return [kept[key] for key in order(list(opened), list(mine), list(theirs), kept)]

    def item(self, opened, mine, theirs, steps):
        """Return one item, `GONE` when it was deleted; `mine` and `theirs` are `(block, item)` or `GONE`."""
        child, item = mine or theirs
        if mine and theirs and theirs[0] is child:
            return {**item, "value": self.value(child, opened, item["value"], theirs[1]["value"], steps)}
        own, other = (seen(side[0], side[1]["value"]) if side else GONE for side in (mine, theirs))
        if opened is None and not (mine and theirs):
            return item
        if other == opened:
            return mine[1] if mine else GONE
        if own == opened:
            return theirs[1] if theirs else GONE
        sides = (side and side[1] for side in (mine, theirs))
        self.collisions.append(Collision(steps, None, "block", *sides, other, child))
        return item


def is_leaf(of):
    """Say whether a block has no blocks within."""
    return not isinstance(of, (blocks.StructBlock, blocks.StreamBlock, blocks.ListBlock))


def order(opened, mine, theirs, kept):
    """Return the keys in `kept` in the order of whichever side changed it, mine if both did, with the other's additions."""
    moved = [key for key in mine if key in opened] != [key for key in opened if key in mine]
    first, second = (mine, theirs) if moved else (theirs, mine)
    found = [key for key in first if key in kept]
    place = 0
    for key in second:
        if key in found:
            place = found.index(key) + 1
        elif key in kept:
            found.insert(place, key)
            place += 1
    return found
