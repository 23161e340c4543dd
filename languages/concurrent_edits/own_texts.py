"""What of a posted form is somebody's to write: the texts of their own languages, and nothing else. Pure.

What stands in the latest version replaces all that is not: texts of other languages, facts, and which blocks there are in which
order. What was posted there without a right to it is named in a `Refusal`, unless it is what the form was opened with: then
somebody else changed it meanwhile. Blocks are known by their ids, as in `merging.merge`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from languages.concurrent_edits.merging import Conflict
from languages.concurrent_edits.snapshots import DELETED, snapshot_of, text_digests_below
from languages.concurrent_edits.two_versions import TwoVersions, digests_of
from languages.guarded_forms import Refusal


@dataclass(frozen=True, slots=True)
class OwnTexts:
    """The content with somebody's own texts in it, the `Refusal`s, and as conflicts the own texts in deleted blocks."""

    values: Mapping
    refusals: tuple = ()
    orphans: tuple = ()


def keep_own(shape, opened, mine, theirs, languages):
    """Return the `OwnTexts` of somebody who writes in `languages` and posted `mine`.

    `theirs` is the latest version, of the same `shape`; `opened` the snapshot of what the form was opened with.
    """
    run = _OwnTextsRun(languages)
    return OwnTexts(run.content(shape, opened, mine, theirs), tuple(run.refusals), tuple(run.orphans))


class _OwnTextsRun(TwoVersions):
    """One run, which gathers refusals, and texts that have no place any more."""

    def __init__(self, languages):
        self.languages, self.refusals, self.orphans = languages, [], []

    def leaf(self, of, kind, language, opened, sides, steps):
        """Return one text or fact: what was posted where it is one's own, else what is stored."""
        mine, theirs = sides
        if language in self.languages:
            return mine
        my_digest, their_digest = digests_of(sides, kind)
        if my_digest not in (their_digest, opened) and not (opened is None and not my_digest):
            self.refusals.append(Refusal(steps, language, kind, of))
        return theirs

    def items(self, of, opened, mine, theirs, steps):
        """Return the items of a stream or list as they are stored, with one's own texts in them."""
        kept, is_changed = [], False
        for key, (child, item) in theirs.items():
            my_child, my_item = mine.get(key, (None, None))
            if my_child is child:
                value = self.value(child, opened.get(key), my_item["value"], item["value"], (*steps, key))
                item = {**item, "value": value}
            elif my_child or key in opened:
                is_changed = True
            kept.append(item)
        for key in (key for key in mine if key not in theirs):
            if key in opened:
                self.look_for_orphans(opened[key], *mine[key], (*steps, key))
            else:
                is_changed = True
        if is_changed or [key for key in mine if key in opened] != [key for key in opened if key in mine]:
            self.refusals.append(Refusal(steps, None, "block", of))
        return kept

    def look_for_orphans(self, opened, child, item, steps):
        """Note one's own texts that were changed in a block that somebody deleted meanwhile."""
        before = text_digests_below(opened, ())
        for address, digests in text_digests_below(snapshot_of(child, item["value"]), ()).items():
            if any(digests[code] and digests[code] != before.get(address, {}).get(code) for code in self.languages):
                self.orphans.append(Conflict(steps, None, "block", item, DELETED, DELETED, child))
                return
