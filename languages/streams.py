"""Walks over StreamField content as it is stored: plain lists and dictionaries beside their block definitions.

`leaves` takes a stream apart and `replace_leaves` puts it together again; neither touches the database.
An address is a tuple of steps: a block's or list item's id, or a field's name, so that it survives reordering and drafts.
"""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from wagtail import blocks

from languages.blocks import LimitedBlock, TranslatedBlock
from languages.codes import LANGUAGES


class Leaf(NamedTuple):  # a page has hundreds
    """One innermost block: its address, its definition, its stored value and the languages it is meant for."""

    address: tuple
    block: blocks.Block
    raw: object
    languages: tuple


def leaves(block, raw, address=(), languages=LANGUAGES):
    """Return every `Leaf` below `block`, in reading order, from its stored value `raw`.

    A `TranslatedBlock` is one leaf, whatever its number of languages. Blocks of a kind that no longer exists are passed over.
    """
    found = []
    _collect(found, block, raw, address, languages)
    return found


def _collect(found, block, raw, address, languages):
    """Add the leaves below `block` to a list: generators within generators would hand on each leaf from level to level."""
    if isinstance(block, TranslatedBlock):
        found.append(Leaf(address, block, block.texts(raw), languages))
    elif isinstance(block, blocks.StructBlock):
        raw = raw or {}
        if isinstance(block, LimitedBlock) and raw.get("only_in"):
            languages = tuple(code for code in languages if code in raw["only_in"])
        for name, child in block.child_blocks.items():
            _collect(found, child, raw.get(name), (*address, name), languages)
    elif isinstance(block, (blocks.StreamBlock, blocks.ListBlock)):
        for child, item in items(block, raw):
            _collect(found, child, item["value"], (*address, item.get("id")), languages)
    else:
        found.append(Leaf(address, block, raw, languages))


def items(block, raw):
    """Yield `(child block, item)` for the stored items of a stream or list block; items of an unknown kind are left out."""
    for item in raw or ():
        child = block.child_block if isinstance(block, blocks.ListBlock) else block.child_blocks.get(item["type"])
        if child is not None:
            yield child, item


def items_by_id(of, value):
    """Return the stored items of a stream or list by id, each `(block, item)`; an id that occurs again has a number."""
    items_by_key = {}
    for child, item in items(of, value):
        key = name = str(item.get("id") or "")
        while key in items_by_key:
            key = f"{name}#{len(items_by_key)}"
        items_by_key[key] = (child, item)
    return items_by_key


def replace_leaves(block, raw, changes, address=()):
    """Return `raw` with the leaves named in `changes` (address -> stored value) replaced. `raw` itself stays as it is."""
    if address in changes:
        return changes[address]
    if not any(leaf_address[: len(address)] == address for leaf_address in changes):
        return raw
    if isinstance(block, blocks.StructBlock) and not isinstance(block, TranslatedBlock):
        return {
            **(raw or {}),
            **{
                name: replace_leaves(child, (raw or {}).get(name), changes, (*address, name))
                for name, child in block.child_blocks.items()
                if name in (raw or {}) or any(leaf_address[: len(address) + 1] == (*address, name) for leaf_address in changes)
            },
        }
    if isinstance(block, (blocks.StreamBlock, blocks.ListBlock)):
        children = {item.get("id"): child for child, item in items(block, raw)}
        return [
            {**item, "value": replace_leaves(children[item["id"]], item["value"], changes, (*address, item["id"]))}
            if item.get("id") in children
            else item
            for item in raw or ()
        ]
    return raw


def drop_incomplete(block, raw, is_there):
    """Return `raw` without the items that cannot do without a value for which `is_there(block, value)` is false.

    Such is an item with a required block of that value, or with a required list all of whose items are left out. None where
    that is so of `block` itself.
    """
    if isinstance(block, TranslatedBlock) or not raw:
        return raw
    if isinstance(block, blocks.StructBlock):
        complete = {
            name: drop_incomplete(child, raw[name], is_there) for name, child in block.child_blocks.items() if name in raw
        }
        lost = (name for name, value in complete.items() if raw[name] and not value)
        return None if any(is_required(block.child_blocks[name]) for name in lost) else {**raw, **complete}
    if isinstance(block, (blocks.StreamBlock, blocks.ListBlock)):
        complete = [{**item, "value": drop_incomplete(child, item["value"], is_there)} for child, item in items(block, raw)]
        return [new for new, (_child, old) in zip(complete, items(block, raw), strict=True) if new["value"] or not old["value"]]
    return raw if is_there(block, raw) else None


def is_required(block):
    """Say whether a block of a struct asks for a value; a list does unless it says otherwise."""
    return getattr(block.meta, "required", True) if isinstance(block, blocks.ListBlock) else block.required


def errors(block, raw, messages, address=()):
    """Return the ValidationError that shows `messages` (address of a text's language -> message) at their fields.

    The address of one language's text is its leaf's address and the language's code. What stands at a block that is not there
    (any more) is shown at the stream or list that held it. None where no message lies below.
    """
    if address in messages:
        return ValidationError(messages[address])
    if not any(text_address[: len(address)] == address for text_address in messages):
        return None
    if isinstance(block, blocks.StructBlock):
        child_errors = {
            name: errors(child, (raw or {}).get(name), messages, (*address, name)) for name, child in block.child_blocks.items()
        }
        return blocks.StructBlockValidationError(block_errors=_without_none(child_errors))
    child_errors = {
        index: errors(child, item["value"], messages, (*address, item.get("id")))
        for index, (child, item) in enumerate(items(block, raw))
    }
    ids = {item.get("id") for _child, item in items(block, raw)}
    orphaned = [text for text_address, text in messages.items() if text_address[:-1] == address and text_address[-1] not in ids]
    kind = blocks.StreamBlockValidationError if isinstance(block, blocks.StreamBlock) else blocks.ListBlockValidationError
    return kind(block_errors=_without_none(child_errors), non_block_errors=orphaned)


def _without_none(child_errors):
    return {key: error for key, error in child_errors.items() if error is not None}
