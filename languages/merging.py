"""Two people's edits of the same content brought together: what was opened, what was typed, what was saved meanwhile.

What was opened is known by its snapshot only (`languages.snapshots`). The rule: what only one side changed is taken from it;
what both changed alike is fine; what both changed differently is a `Conflict`, and mine stands for the time being. Blocks:
additions of both sides stay, each behind its predecessor; a deletion stands unless the other side changed something within,
which is a conflict too and keeps the block; of two new orders mine counts, since an order is no text. Everything here is pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from wagtail import blocks

from languages.blocks import TranslatedBlock
from languages.codes import LANGUAGES
from languages.normalising import digest
from languages.snapshots import DELETED, Column, fact_digest, items_by_id, snapshot_of, stored_part
from languages.texts import texts_by_language


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that both sides changed, each in another way.

    `steps` lead to it within the snapshot: a field's name, then ids of blocks, names and a language. `mine` and `theirs` are
    its values, `DELETED` where a side deleted the block. `kind` is that of a text's unit, "fact", or "block". `of` is its block
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
class MergeResult:
    """The content of both sides, and where they conflict."""

    values: Mapping
    conflicts: tuple


def merge(shape, opened, mine, theirs):
    """Return the `MergeResult` of two sides that began with the snapshot `opened`.

    A field or block that is not in the snapshot did not exist when it was taken: what one side has there is kept. With
    `UNKNOWN` in its place nobody can say who changed what, and all that differs conflicts.
    """
    run = _Merge()
    values = {name: run.merge_value(shape[name], opened.get(name), mine[name], theirs[name], (name,)) for name in mine}
    return MergeResult(values, tuple(run.conflicts))


class _Merge:
    """One run, which gathers conflicts."""

    def __init__(self):
        self.conflicts = []

    def merge_value(self, of, opened, mine, theirs, steps):
        """Return the merged value of one field, block or part of a block."""
        if isinstance(of, Column):
            return self.merge_leaf(None, of.kind, of.language, opened, (mine, theirs), steps)
        opened = opened if isinstance(opened, dict) or is_leaf(of) else {}
        if isinstance(of, TranslatedBlock):
            sides = texts_by_language(of.texts(mine)), texts_by_language(of.texts(theirs))
            return {
                code: self.merge_leaf(of, of.kind, code, opened.get(code), [side[code] for side in sides], (*steps, code))
                for code in LANGUAGES
            }
        if isinstance(of, blocks.StructBlock):
            return {
                name: self.merge_value(
                    child, opened.get(name), stored_part(mine, name, child), stored_part(theirs, name, child), (*steps, name)
                )
                for name, child in of.child_blocks.items()
            }
        if isinstance(of, (blocks.StreamBlock, blocks.ListBlock)):
            return self.merge_items(of, opened, items_by_id(of, mine), items_by_id(of, theirs), steps)
        return self.merge_leaf(of, "fact", None, opened, (mine, theirs), steps)

    def merge_leaf(self, of, kind, language, opened, sides, steps):
        """Return one text or fact: that of the side that changed it."""
        mine, theirs = sides
        own, other = (fact_digest(side) if kind == "fact" else digest(side, kind) for side in sides)
        if other in (own, opened):
            return mine
        if own == opened or (opened is None and not own):
            return theirs
        if not (opened is None and not other):
            self.conflicts.append(Conflict(steps, language, kind, mine, theirs, other, of))
        return mine

    def merge_items(self, of, opened, mine, theirs, steps):
        """Return the merged items of a stream or list."""
        merged = {}
        for key in {**mine, **theirs}:
            item = self.merge_item(opened.get(key), mine.get(key), theirs.get(key), (*steps, key))
            if item is not DELETED:
                merged[key] = item
        return [merged[key] for key in merge_order(list(opened), list(mine), list(theirs), merged)]

    def merge_item(self, opened, mine, theirs, steps):
        """Return one item, `DELETED` when it was deleted; `mine` and `theirs` are `(block, item)` or `DELETED`."""
        child, item = mine or theirs
        if mine and theirs and theirs[0] is child:
            return {**item, "value": self.merge_value(child, opened, item["value"], theirs[1]["value"], steps)}
        own, other = (snapshot_of(side[0], side[1]["value"]) if side else DELETED for side in (mine, theirs))
        if opened is None and not (mine and theirs):
            return item
        if other == opened:
            return mine[1] if mine else DELETED
        if own == opened:
            return theirs[1] if theirs else DELETED
        sides = (side and side[1] for side in (mine, theirs))
        self.conflicts.append(Conflict(steps, None, "block", *sides, other, child))
        return item


def is_leaf(of):
    """Say whether a block has no blocks within."""
    return not isinstance(of, (blocks.StructBlock, blocks.StreamBlock, blocks.ListBlock))


def merge_order(opened, mine, theirs, merged):
    """Return the keys in `merged` in the order of whichever side changed it, mine if both did, with the other's additions."""
    moved = [key for key in mine if key in opened] != [key for key in opened if key in mine]
    first, second = (mine, theirs) if moved else (theirs, mine)
    keys = [key for key in first if key in merged]
    position = 0
    for key in second:
        if key in keys:
            position = keys.index(key) + 1
        elif key in merged:
            keys.insert(position, key)
            position += 1
    return keys
