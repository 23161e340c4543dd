"""Two people's edits of the same content brought together: what was opened, what was typed, what was saved meanwhile.

What was opened is known by its `snapshots.snapshot` only. The rule: what only one side changed is taken from it; what both
changed alike is fine; what both changed differently is a `Conflict`, and mine stands for the time being. Blocks: additions of
both sides stay, each behind its predecessor; a deletion stands unless the other side changed something within, which is a
conflict too and keeps the block; of two new orders mine counts, since an order is no text. Everything here is pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from languages.concurrent_edits.snapshots import DELETED, snapshot_of
from languages.concurrent_edits.two_versions import TwoVersions, digests_of


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
    return MergeResult(run.content(shape, opened, mine, theirs), tuple(run.conflicts))


class _Merge(TwoVersions):
    """One run, which gathers conflicts."""

    def __init__(self):
        self.conflicts = []

    def leaf(self, of, kind, language, opened, sides, steps):
        """Return one text or fact: that of the side that changed it."""
        mine, theirs = sides
        my_digest, their_digest = digests_of(sides, kind)
        if their_digest in (my_digest, opened):
            return mine
        if my_digest == opened or (opened is None and not my_digest):
            return theirs
        if not (opened is None and not their_digest):
            self.conflicts.append(Conflict(steps, language, kind, mine, theirs, their_digest, of))
        return mine

    def items(self, of, opened, mine, theirs, steps):
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
            return {**item, "value": self.value(child, opened, item["value"], theirs[1]["value"], steps)}
        my_snapshot, their_snapshot = (snapshot_of(side[0], side[1]["value"]) if side else DELETED for side in (mine, theirs))
        if opened is None and not (mine and theirs):
            return item
        if their_snapshot == opened:
            return mine[1] if mine else DELETED
        if my_snapshot == opened:
            return theirs[1] if theirs else DELETED
        sides = (side and side[1] for side in (mine, theirs))
        self.conflicts.append(Conflict(steps, None, "block", *sides, their_snapshot, child))
        return item


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
