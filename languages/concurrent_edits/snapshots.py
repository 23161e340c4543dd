"""Snapshots: digests of what a form was opened with, small enough to travel in it, signed.

A snapshot has the shape of its content (`languages.form_content`), with a digest for each value:

    {"heading_fr": digest, "body": {block id: {"text": {"nl": digest, …}, "level": digest}, …}}

Everything here is pure.
"""

from copy import deepcopy

from wagtail import blocks

from languages.blocks import TranslatedBlock
from languages.codes import LANGUAGES
from languages.form_content import Column
from languages.normalising import digest, fact_digest
from languages.streams import items_by_id
from languages.texts import texts_by_language

DELETED = None  # what a side says of a block that it deleted


class _Unknown(dict):
    """A snapshot that differs from whatever there is."""

    def get(self, key, default=None):
        return self


UNKNOWN = _Unknown()


def snapshot(shape, values):
    """Return the snapshot of the content `values`: digests only, ready for JSON."""
    return {name: snapshot_of(of, values[name]) for name, of in shape.items() if name in values}


def snapshot_of(of, value):
    """Return the snapshot of one value."""
    if isinstance(of, Column):
        return fact_digest(value) if of.kind == "fact" else digest(value, of.kind)
    if isinstance(of, TranslatedBlock):
        return {code: digest(text, of.kind) for code, text in texts_by_language(of.texts(value)).items()}
    if isinstance(of, blocks.StructBlock):
        return {name: snapshot_of(child, stored_part(value, name, child)) for name, child in of.child_blocks.items()}
    if isinstance(of, (blocks.StreamBlock, blocks.ListBlock)):
        return {key: snapshot_of(child, item["value"]) for key, (child, item) in items_by_id(of, value).items()}
    return fact_digest(value)


def stored_part(value, name, child):
    """Return a part of a stored struct; a fact that it does not know yet is what the editor would show for it."""
    if name in (value or {}) or isinstance(child, (blocks.StructBlock, blocks.StreamBlock, blocks.ListBlock)):
        return (value or {}).get(name)
    return child.get_prep_value(child.get_default())


def acknowledge(opened, conflicts):
    """Return the snapshot of somebody who has been shown what the other side saved in `conflicts`, and nothing else."""
    snapshot = deepcopy(opened)
    for conflict in conflicts:
        *path, last = conflict.steps
        parent = snapshot
        for step in path:
            parent = parent.setdefault(step, {})
        if conflict.saved is DELETED:
            parent.pop(last, None)
        else:
            parent[last] = conflict.saved
    return snapshot


def text_digests(shape, snapshot):
    """Return the digests of all texts in a snapshot by the address of their unit: `{address: {language: digest}}`."""
    digests = {}
    for name, of in shape.items():
        if isinstance(of, Column):
            if of.language and name in snapshot:
                digests.setdefault(of.unit, {})[of.language] = snapshot[name]
        else:
            digests.update(text_digests_below(snapshot.get(name), (name,)))
    return digests


def text_digests_below(part, steps):
    """Return the same for a part of a snapshot."""
    if not isinstance(part, dict):
        return {}
    if part.keys() == set(LANGUAGES):
        return {".".join(steps): part}
    return {address: one for step, inner in part.items() for address, one in text_digests_below(inner, (*steps, step)).items()}
