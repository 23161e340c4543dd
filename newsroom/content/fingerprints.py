"""Whether staff changed what was loaded: only the fields that a content file names are compared."""

import hashlib
import json

from django.core.exceptions import FieldDoesNotExist
from modeltranslation.fields import TranslationField
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page

from languages.blocks import TranslatedBlock
from languages.streams import items
from languages.texts import is_filled
from languages.versions import latest_version

LIVE = "live"  # of pages; it stands on the page, while all else is compared with its latest draft


def digest(value):
    """Return a digest of plain data."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def fingerprints(instance, names):
    """Return a digest of each of the fields `names` of an object; of those it has no more, none."""
    latest = latest_version(instance)
    values = {name: instance.live if name == LIVE else value_of(latest, name) for name in names if has_field(instance, name)}
    return {name: digest(without_empty(value)) for name, value in values.items()}


def is_untouched(instance, loaded_item, names):
    """Say whether an object is what was loaded of it, and nothing stands in fields that a file names for the first time."""
    if not loaded_item.fields:
        return first_release_digest(instance) == loaded_item.object_digest
    now = fingerprints(instance, loaded_item.fields)
    latest = latest_version(instance)
    return all(loaded_item.fields[name] == fingerprint for name, fingerprint in now.items()) and not any(
        has_field(instance, name) and has_own_value(latest, name) for name in set(names) - set(loaded_item.fields)
    )


def has_field(instance, name):
    try:
        return bool(instance._meta.get_field(name))
    except FieldDoesNotExist:
        return False


def has_own_value(instance, name):
    """Say whether somebody wrote into a field: it holds something, and that is not its default."""
    value = value_of(instance, name)
    return bool(without_empty(value)) and value != instance._meta.get_field(name).get_default()


def value_of(instance, name):
    """Return what a field holds as plain data; of a stream, what its blocks do not hold by themselves."""
    field = instance._meta.get_field(name)
    if isinstance(field, StreamField):
        return without_defaults(field.stream_block, getattr(instance, name).get_prep_value())
    return field.value_from_object(instance)


def without_defaults(block, raw):
    """Return the stored value of a block without ids and without what equals the defaults of its blocks.

    So a block that gets a new field stays what it was.
    """
    if isinstance(block, blocks.StructBlock) and not isinstance(block, TranslatedBlock):
        values = {name: raw[name] for name in block.child_blocks if name in (raw or {})}
        return {
            name: without_defaults(block.child_blocks[name], value)
            for name, value in values.items()
            if value != block.child_blocks[name].get_prep_value(block.child_blocks[name].get_default())
        }
    if isinstance(block, (blocks.StreamBlock, blocks.ListBlock)):
        return [[item["type"], without_defaults(child, item["value"])] for child, item in items(block, raw)]
    return raw


def without_empty(value):
    """Return plain data without what is empty: None, "", False, an empty list or mapping, an empty rich text.

    The editor's form writes "" where a file said nothing, and that is no change.
    """
    if isinstance(value, dict):
        return {key: content for key, inner in value.items() if (content := without_empty(inner))}
    if isinstance(value, list):
        return [without_empty(inner) for inner in value]
    return value if not isinstance(value, str) or is_filled(value) else ""


# --- What the first release kept


def first_release_digest(instance):
    """Return the digest that the first release kept: of all that staff can change on an object, and whether a page is live."""
    content = all_content(latest_version(instance))
    return digest([content, instance.live] if isinstance(instance, Page) else content)


ADDED_SINCE = "opening"  # a field that came after the first release, whose digests do not hold it


def all_content(instance):
    editable = [field for field in instance._meta.get_fields() if getattr(field, "editable", False) and field.concrete]
    compared = [field for field in editable if not issubclass(Page, field.model) or field.name == "show_in_menus"]
    undetermined = {field.translated_field.name for field in compared if isinstance(field, TranslationField)}
    compared = [field for field in compared if not field.name.startswith(ADDED_SINCE)]
    return without_empty(
        {
            field.name: getattr(instance, field.name).get_prep_value()
            if isinstance(field, StreamField)
            else field.value_from_object(instance)
            for field in compared
            if field.name not in undetermined and not field.primary_key
        }
    )
