"""Places that a note may be about: the fields of an object, and the items of its streams."""

from django.utils.html import strip_tags
from django.utils.text import Truncator, capfirst
from modeltranslation.fields import TranslationField
from wagtail.blocks.field_block import ChooserBlock
from wagtail.fields import StreamField

from languages.blocks import TranslatedBlock
from languages.codes import current_language
from languages.streams import items, leaves
from languages.text_checks import is_ours
from languages.texts import text_for_reader
from languages.units import stored_stream

MAX_LABEL_LENGTH = 70


def places(instance):
    """Return `{address: label}` of the fields of an object and of the items of its streams, in the order of its model.

    Makes a query for each kind of object that items begin with, such as people.
    """
    labels, choosers = {}, {}
    for field in place_fields(type(instance)):
        name = str(capfirst(field.verbose_name))
        labels[field.name] = name
        if isinstance(field, StreamField):
            for number, (block, item) in enumerate(items(field.stream_block, stored_stream(instance, field)), 1):
                address = f"{field.name}.{item.get('id')}"
                labels[address], leaf = f"{name}, {number}", first_telling_leaf(block, item["value"])
                if leaf and isinstance(leaf.block, ChooserBlock):
                    choosers.setdefault(leaf.block.model_class, {})[address] = leaf.raw
                elif leaf:
                    labels[address] = with_text(labels[address], leaf_text(leaf))
    for model, keys in choosers.items():
        objects = model._default_manager.in_bulk(set(keys.values()))
        labels |= {address: with_text(labels[address], str(objects[key])) for address, key in keys.items() if key in objects}
    return labels


def place_fields(model):
    """Return the fields of a model that its form shows; of a translated one the field itself and not its columns."""
    return [
        field
        for field in model._meta.get_fields()
        if getattr(field, "editable", False)
        and not field.auto_created
        and is_ours(field.model)
        and not isinstance(field, TranslationField)
    ]


def field_label(model, about):
    """Return the name of the field that an address begins with, "" where there is none (any more). Makes no query."""
    name = about.partition(".")[0]
    return next((str(capfirst(field.verbose_name)) for field in place_fields(model) if field.name == name), "")


def first_telling_leaf(block, raw):
    """Return the first leaf below a block that says which one it is: a text, or an object that was chosen."""
    return next(
        (leaf for leaf in leaves(block, raw) if leaf.raw and (isinstance(leaf.block, ChooserBlock) or leaf_text(leaf))), None
    )


def leaf_text(leaf):
    texts = isinstance(leaf.block, TranslatedBlock) and leaf.raw
    return strip_tags(text_for_reader(texts, current_language()).text).strip() if texts else ""


def with_text(label, text):
    return Truncator(f"{label} – {text}").chars(MAX_LABEL_LENGTH)
