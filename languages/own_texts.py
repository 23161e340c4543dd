"""What of a posted form is somebody's to write: the texts of their own languages, and nothing else. Pure.

What stands in the latest version replaces all that is not: texts of other languages, facts, and which blocks there are in which
order. What was posted there without a right to it is named in a `Refusal`, unless it is what the form was opened with: then
somebody else changed it meanwhile. Blocks are known by their ids, as in `languages.merging`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from wagtail import blocks

from languages.blocks import TranslatedBlock
from languages.codes import LANGUAGES
from languages.merging import Conflict, is_leaf
from languages.normalising import digest
from languages.snapshots import DELETED, Column, fact_digest, items_by_id, snapshot_of, stored_part, text_digests_below
from languages.texts import texts_by_language


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was posted without a right to it.

    `steps` lead to it as in a `Conflict`; `language` is None for what is no text. `of` is its block definition, None for a
    column. `kind` is that of a text's unit, "fact", or "block" where blocks were added, deleted or moved.
    """

    steps: tuple
    language: str | None
    kind: str
    of: object = None


@dataclass(frozen=True, slots=True)
class OwnTexts:
    """The content with somebody's own texts in it, what was `refused`, and as conflicts the own texts in deleted blocks."""

    values: Mapping
    refused: tuple = ()
    orphaned: tuple = ()


def keep_own(shape, opened, mine, theirs, languages):
    """Return the `OwnTexts` of somebody who writes in `languages` and posted `mine`.

    `theirs` is the latest version, of the same `shape`; `opened` the snapshot of what the form was opened with.
    """
    run = _Keeping(languages)
    values = {name: run.keep_value(shape[name], opened.get(name), mine[name], theirs[name], (name,)) for name in mine}
    return OwnTexts(values, tuple(run.refused), tuple(run.orphaned))


class _Keeping:
    """One run, which gathers what is refused, and texts that have no place any more."""

    def __init__(self, languages):
        self.languages, self.refused, self.orphaned = languages, [], []

    def keep_value(self, of, opened, mine, theirs, steps):
        """Return one field, block or part of a block."""
        if isinstance(of, Column):
            return self.keep_leaf(None, of.kind, of.language, opened, (mine, theirs), steps)
        opened = opened if isinstance(opened, dict) or is_leaf(of) else {}
        if isinstance(of, TranslatedBlock):
            sides = texts_by_language(of.texts(mine)), texts_by_language(of.texts(theirs))
            return {
                code: self.keep_leaf(of, of.kind, code, opened.get(code), [side[code] for side in sides], (*steps, code))
                for code in LANGUAGES
            }
        if isinstance(of, blocks.StructBlock):
            return {
                name: self.keep_value(
                    child, opened.get(name), stored_part(mine, name, child), stored_part(theirs, name, child), (*steps, name)
                )
                for name, child in of.child_blocks.items()
            }
        if isinstance(of, (blocks.StreamBlock, blocks.ListBlock)):
            return self.keep_items(of, opened, items_by_id(of, mine), items_by_id(of, theirs), steps)
        return self.keep_leaf(of, "fact", None, opened, (mine, theirs), steps)

    def keep_leaf(self, of, kind, language, opened, sides, steps):
        """Return one text or fact: what was posted where it is one's own, else what is stored."""
        mine, theirs = sides
        if language in self.languages:
            return mine
        own, other = (fact_digest(side) if kind == "fact" else digest(side, kind) for side in sides)
        if own not in (other, opened) and not (opened is None and not own):
            self.refused.append(Refusal(steps, language, kind, of))
        return theirs

    def keep_items(self, of, opened, mine, theirs, steps):
        """Return the items of a stream or list as they are stored, with one's own texts in them."""
        kept, is_changed = [], False
        for key, (child, item) in theirs.items():
            own_child, own_item = mine.get(key, (None, None))
            if own_child is child:
                value = self.keep_value(child, opened.get(key), own_item["value"], item["value"], (*steps, key))
                item = {**item, "value": value}
            elif own_child or key in opened:
                is_changed = True
            kept.append(item)
        for key in (key for key in mine if key not in theirs):
            if key in opened:
                self.look_for_orphans(opened[key], *mine[key], (*steps, key))
            else:
                is_changed = True
        if is_changed or [key for key in mine if key in opened] != [key for key in opened if key in mine]:
            self.refused.append(Refusal(steps, None, "block", of))
        return kept

    def look_for_orphans(self, opened, child, item, steps):
        """Note one's own texts that were changed in a block that somebody deleted meanwhile."""
        before = text_digests_below(opened, ())
        for address, digests in text_digests_below(snapshot_of(child, item["value"]), ()).items():
            if any(digests[code] and digests[code] != before.get(address, {}).get(code) for code in self.languages):
                self.orphaned.append(Conflict(steps, None, "block", item, DELETED, DELETED, child))
                return
