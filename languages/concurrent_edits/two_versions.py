"""Two versions of the same content side by side, value by value, with what was opened before them. Pure."""

from wagtail import blocks

from languages.blocks import TranslatedBlock
from languages.codes import LANGUAGES
from languages.concurrent_edits.snapshots import stored_part
from languages.form_content import Column
from languages.normalising import digest, fact_digest
from languages.streams import items_by_id
from languages.texts import texts_by_language


class TwoVersions:
    """One run over content. Whoever descends from it says what becomes of a `leaf`, and of the `items` of a stream or list."""

    def content(self, shape, opened, mine, theirs):
        """Return the content made of `mine` and `theirs`, of a `shape`; `opened` is the snapshot of what was opened."""
        return {name: self.value(shape[name], opened.get(name), mine[name], theirs[name], (name,)) for name in mine}

    def value(self, of, opened, mine, theirs, steps):
        """Return one field, block or part of a block, to which `steps` lead."""
        if isinstance(of, Column):
            return self.leaf(None, of.kind, of.language, opened, (mine, theirs), steps)
        opened = opened if isinstance(opened, dict) or is_leaf(of) else {}
        if isinstance(of, TranslatedBlock):
            sides = texts_by_language(of.texts(mine)), texts_by_language(of.texts(theirs))
            return {
                code: self.leaf(of, of.kind, code, opened.get(code), [side[code] for side in sides], (*steps, code))
                for code in LANGUAGES
            }
        if isinstance(of, blocks.StructBlock):
            return {
                name: self.value(
                    child, opened.get(name), stored_part(mine, name, child), stored_part(theirs, name, child), (*steps, name)
                )
                for name, child in of.child_blocks.items()
            }
        if isinstance(of, (blocks.StreamBlock, blocks.ListBlock)):
            return self.items(of, opened, items_by_id(of, mine), items_by_id(of, theirs), steps)
        return self.leaf(of, "fact", None, opened, (mine, theirs), steps)

    def leaf(self, of, kind, language, opened, sides, steps):
        """Return one text or fact; `language` is None for a fact, `of` its block definition, None for a column."""
        raise NotImplementedError

    def items(self, of, opened, mine, theirs, steps):
        """Return the stored items of a stream or list; `mine` and `theirs` hold `(block, item)` by id."""
        raise NotImplementedError


def digests_of(sides, kind):
    """Return the digests of two sides of a text or fact."""
    return [fact_digest(side) if kind == "fact" else digest(side, kind) for side in sides]


def is_leaf(of):
    """Say whether a block has no blocks within."""
    return not isinstance(of, (blocks.StructBlock, blocks.StreamBlock, blocks.ListBlock))
