"""Everything that a page refers to, fetched with one query a model, however many streams refer to it.

Wagtail fetches the targets of choosers stream by stream, so a page with ten streams would make ten queries for
organisations alone. `preload` collects all targets first; the blocks below then take them from there.
"""

import re
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.blocks.field_block import ChooserBlock
from wagtail.fields import StreamField
from wagtail.snippets.blocks import SnippetChooserBlock

from languages.streams import drop_incomplete
from languages.units import stored_stream, stream_leaves

PAGE_LINK = re.compile(r'<a [^>]*linktype="page"[^>]*>')
ID = re.compile(r'\bid="(\d+)"')
_preloaded = ContextVar("references already fetched: model -> primary key -> object", default=None)


@contextmanager
def preload(instance, leaves, fetch, also=None):
    """Fetch all that the streams of `instance` refer to, and serve it to their blocks while the context lasts.

    `leaves` are those of its streams (`stream_leaves`), `fetch(keys by model)` returns objects by model and primary key. `also`
    names more keys by model, such as those of pages that texts link to. What the context gives is the leaves that are left
    without what was deleted.
    """
    wanted = referenced_keys(instance, leaves)
    for model, keys in (also or {}).items():
        wanted.setdefault(model, set()).update(keys)
    fetched = fetch(wanted)
    if any(keys - fetched[model].keys() for model, keys in wanted.items()):
        drop_deleted(instance, fetched)
        leaves = stream_leaves(instance)
    for field in (*entry_fields(instance), *picture_fields(instance)):
        setattr(instance, field.name, fetched[field.related_model].get(getattr(instance, field.attname)))
    with serve_objects(fetched):
        yield leaves


@contextmanager
def serve_objects(objects):
    """Let the blocks that choose take `objects` (model -> primary key -> object) and never query, while the context lasts."""
    token = _preloaded.set(objects)
    try:
        yield
    finally:
        _preloaded.reset(token)


def drop_deleted(instance, fetched):
    """Take out of an object's streams what cannot do without something that was not fetched."""

    def is_there(leaf_block, value):
        return not isinstance(leaf_block, ChooserBlock) or value in fetched.get(leaf_block.model_class, ())

    for field in instance._meta.get_fields():
        if isinstance(field, StreamField):
            raw = drop_incomplete(field.stream_block, stored_stream(instance, field), is_there)
            setattr(instance, field.name, StreamValue(field.stream_block, raw, is_lazy=True))


def preloaded_objects(model):
    """Return the objects of `model` fetched for the page being rendered, None outside of `preload`."""
    loaded = _preloaded.get()
    return None if loaded is None else loaded.get(model, {})


def referenced_keys(instance, leaves=None):
    """Return what an object's streams, and its foreign keys to entries and pictures, refer to: primary keys by model.

    `leaves` are those of its streams, where somebody has walked them already.
    """
    keys_by_model = {}
    for leaf in stream_leaves(instance) if leaves is None else leaves:
        if isinstance(leaf.block, ChooserBlock) and leaf.raw:
            keys_by_model.setdefault(leaf.block.model_class, set()).add(leaf.raw)
    for field in (*entry_fields(instance), *picture_fields(instance)):
        keys_by_model.setdefault(field.related_model, set()).add(getattr(instance, field.attname))
    return keys_by_model


def entry_fields(instance):
    """Return the foreign keys of an object that lead to an entry of the directory."""
    return fields_into(instance, "directory")


def picture_fields(instance):
    """Return the foreign keys of an object that lead to a picture."""
    return fields_into(instance, "assets")


def fields_into(instance, app_label):
    """Return the foreign keys of an object, filled in, that lead to a model of an app."""
    return [
        field
        for field in instance._meta.fields
        if field.many_to_one and field.related_model._meta.app_label == app_label and getattr(instance, field.attname)
    ]


@dataclass(frozen=True, slots=True)
class DeletedChoice:
    """Takes the place of a chosen object that has been deleted; it is falsy."""

    pk: int

    def __bool__(self):
        return False

    def __str__(self):
        return _("Deleted: choose another one, or take this out")

    def chooser_state(self, widget):
        """Return what the script of a chooser shows of it."""
        preview = {"url": "", "width": 0, "height": 0}  # of a picture
        return {"id": self.pk, widget.display_title_key: str(self), "edit_url": None, "preview": preview}


def deleted_choice(key):
    """Return a `DeletedChoice` for a key at which nothing was found, None for no key."""
    return DeletedChoice(int(key)) if str(key or "").isdecimal() else None


def linked_page_keys(html):
    """Return the primary keys of the pages that a stored rich text links to."""
    if "linktype" not in (html or ""):
        return set()
    return {int(match[1]) for link in PAGE_LINK.findall(html) if (match := ID.search(link))}


class PreloadedChooser:
    """For chooser blocks: take what is at hand, and query only where nothing is (in the editor).

    In the editor, what was deleted stays chosen as `DeletedChoice`, so that its field can say so and the page can be published.
    """

    def to_python(self, value):
        objects = preloaded_objects(self.model_class)
        return super().to_python(value) or deleted_choice(value) if objects is None else objects.get(value)

    def bulk_to_python(self, values):
        objects = preloaded_objects(self.model_class)
        if objects is not None:
            return [objects.get(value) for value in values]
        return [entry or deleted_choice(key) for entry, key in zip(super().bulk_to_python(values), values, strict=True)]

    def value_from_form(self, value):
        return super().value_from_form(value) or deleted_choice(value)

    def get_form_state(self, value):
        return value.chooser_state(self.widget) if isinstance(value, DeletedChoice) else super().get_form_state(value)

    def extract_references(self, value):
        return () if isinstance(value, DeletedChoice) else super().extract_references(value)

    def clean(self, value):
        if isinstance(value, DeletedChoice):
            return value
        if preloaded_objects(self.model_class) is None:
            return super().clean(value)
        if value is None and self.required:
            raise ValidationError(self.field.error_messages["required"])
        return value


class EntryChooserBlock(PreloadedChooser, SnippetChooserBlock):
    """Chooses an entry of the directory."""
