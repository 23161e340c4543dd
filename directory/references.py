"""Everything that a page refers to, fetched with one query a model, however many streams refer to it.

Wagtail fetches the targets of choosers stream by stream, so a page with ten streams would make ten queries for
organisations alone. `preloaded` collects all targets first; the blocks below then take them from there.
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

from languages.streams import kept, leaves
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
    if any(keys - fetched[model].keys() for model, keys in wanted.items()):
        leave_out_what_is_gone(instance, fetched)
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


def leave_out_what_is_gone(instance, fetched):
    """Take out of an object's streams what cannot do without something that was not fetched."""

    def is_there(leaf_block, value):
        return not isinstance(leaf_block, ChooserBlock) or value in fetched.get(leaf_block.model_class, ())

    for field in instance._meta.get_fields():
        if isinstance(field, StreamField):
            raw = kept(field.stream_block, stored(instance, field), is_there)
            setattr(instance, field.name, StreamValue(field.stream_block, raw, is_lazy=True))


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


@dataclass(frozen=True, slots=True)
class Deleted:
    """Stands where something was chosen that exists no more; counts as nothing for whatever asks whether it is there."""

    pk: int

    def __bool__(self):
        return False

    def __str__(self):
        return _("Deleted: choose another one, or take this out")

    def as_chosen(self, widget):
        """Return what the script of a chooser shows of it."""
        preview = {"url": "", "width": 0, "height": 0}  # of a picture
        return {"id": self.pk, widget.display_title_key: str(self), "edit_url": None, "preview": preview}


def deleted(key):
    """Return a `Deleted` for a key at which nothing was found, None for no key."""
    return Deleted(int(key)) if str(key or "").isdecimal() else None


def linked_pages(html):
    """Return the primary keys of the pages that a stored rich text links to."""
    if "linktype" not in (html or ""):
        return set()
    return {int(match[1]) for link in PAGE_LINK.findall(html) if (match := ID.search(link))}


class Preloaded:
    """For chooser blocks: take what is at hand, and query only where nothing is (in the editor).

    In the editor, what was deleted stays chosen as `Deleted`, so that its field can say so and the page can be published.
    """

    def to_python(self, value):
        objects = known(self.model_class)
        return super().to_python(value) or deleted(value) if objects is None else objects.get(value)

    def bulk_to_python(self, values):
        objects = known(self.model_class)
        if objects is not None:
            return [objects.get(value) for value in values]
        return [found or deleted(key) for found, key in zip(super().bulk_to_python(values), values, strict=True)]

    def value_from_form(self, value):
        return super().value_from_form(value) or deleted(value)

    def get_form_state(self, value):
        return value.as_chosen(self.widget) if isinstance(value, Deleted) else super().get_form_state(value)

    def extract_references(self, value):
        return () if isinstance(value, Deleted) else super().extract_references(value)

    def clean(self, value):
        if isinstance(value, Deleted):
            return value
        if known(self.model_class) is None:
            return super().clean(value)
        if value is None and self.required:
            raise ValidationError(self.field.error_messages["required"])
        return value


class EntryChooserBlock(Preloaded, SnippetChooserBlock):
    """Chooses an entry of the directory."""
