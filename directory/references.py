"""Everything that a page refers to, fetched with one query a model, however many streams refer to it.

Wagtail fetches the targets of choosers stream by stream, so a page with ten streams would make ten queries for
organisations alone. `preloaded` collects all targets first; the blocks below then take them from there.
"""

import re
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import ValidationError
from wagtail.blocks.field_block import ChooserBlock
from wagtail.fields import StreamField
from wagtail.snippets.blocks import SnippetChooserBlock

from languages.streams import leaves
from languages.units import stored

PAGE_LINK = re.compile(r'<a [^>]*linktype="page"[^>]*>')
ID = re.compile(r'\bid="(\d+)"')
_loaded = ContextVar("references already fetched: model -> primary key -> object", default=None)


@contextmanager
def preloaded(instance, fetch, also=None):
    """Fetch all that the streams of `instance` refer to, and serve it to their blocks while the context lasts.

    `fetch(model, keys)` returns a mapping of primary keys to objects; it is called once a model. `also` names more keys by
    model, such as those of pages that texts link to.
    """
    wanted = referenced(instance)
    for model, keys in (also or {}).items():
        wanted.setdefault(model, set()).update(keys)
    fetched = {model: fetch(model, keys) for model, keys in wanted.items()}
    for field in chosen_entries(instance):
        setattr(instance, field.name, fetched[field.related_model].get(getattr(instance, field.attname)))
    with at_hand(fetched):
        yield


@contextmanager
def at_hand(objects):
    """Let the blocks that choose take `objects` (model -> primary key -> object) and never query, while the context lasts."""
    token = _loaded.set(objects)
    try:
        yield
    finally:
        _loaded.reset(token)


def known(model):
    """Return the objects of `model` fetched for the page being rendered, None outside of `preloaded`."""
    loaded = _loaded.get()
    return None if loaded is None else loaded.get(model, {})


def referenced(instance):
    """Return what an object's streams and entries of the directory refer to: a mapping of models to sets of primary keys."""
    found = {}
    for field in instance._meta.get_fields():
        if isinstance(field, StreamField):
            for leaf in leaves(field.stream_block, stored(instance, field)):
                if isinstance(leaf.block, ChooserBlock) and leaf.raw:
                    found.setdefault(leaf.block.model_class, set()).add(leaf.raw)
    for field in chosen_entries(instance):
        found.setdefault(field.related_model, set()).add(getattr(instance, field.attname))
    return found


def chosen_entries(instance):
    """Return the foreign keys of an object that lead to an entry of the directory."""
    return [
        field
        for field in instance._meta.local_fields
        if field.many_to_one and field.related_model._meta.app_label == "directory" and getattr(instance, field.attname)
    ]


def linked_pages(html):
    """Return the primary keys of the pages that a stored rich text links to."""
    if "linktype" not in (html or ""):
        return set()
    return {int(match[1]) for link in PAGE_LINK.findall(html) if (match := ID.search(link))}


class Preloaded:
    """For chooser blocks: take what is at hand, and query only where nothing is (in the editor)."""

    def to_python(self, value):
        objects = known(self.model_class)
        return super().to_python(value) if objects is None else objects.get(value)

    def bulk_to_python(self, values):
        objects = known(self.model_class)
        return super().bulk_to_python(values) if objects is None else [objects.get(value) for value in values]

    def clean(self, value):
        if known(self.model_class) is None:
            return super().clean(value)
        if value is None and self.required:
            raise ValidationError(self.field.error_messages["required"])
        return value


class EntryChooserBlock(Preloaded, SnippetChooserBlock):
    """Chooses an entry of the directory."""
