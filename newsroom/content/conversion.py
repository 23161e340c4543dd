"""Content files to stored values: the mirror of the unit walk, guided by the same fields and blocks."""

import re
import uuid

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from modeltranslation.utils import build_localized_fieldname
from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.blocks.field_block import ChooserBlock
from wagtail.fields import StreamField

from languages.blocks import TranslatedBlock, TranslatedRichTextBlock
from languages.codes import LANGUAGES
from languages.units import kind_of, translated_fields
from newsroom.content.files import YamlMapping
from pages.models import SitePage
from pages.scheduling import error_messages

NAMESPACE = uuid.UUID("5f1d0e52-6a0c-5a3e-9a55-0f6c2b3f7d10")  # for the ids of loaded blocks: the same at every run
PAGE_LINK = re.compile(r'<a href="page:([^"]*)">')
RENAMED = {"in_menu": "show_in_menus", "footer": "show_in_footer"}


def block_id(place):
    """Return the id of the block at a place such as "esf/figures/0": the key of an entry, a field, and numbers from 0."""
    return str(uuid.uuid5(NAMESPACE, place))


class Conversion:
    """Turns one entry of a content file into the attributes of a model instance.

    `lookup(model, key)` returns the object that a content file calls `key`, or None. Every mistake raises `ContentError`.
    """

    def __init__(self, model, entry, lookup):
        self.model, self.entry, self.lookup = model, entry, lookup
        self.rich = ContentstateConverter(features=TranslatedRichTextBlock.FEATURES)
        self.translated = set(translated_fields(model))

    def attributes(self, reserved=()):
        """Return attribute -> value for all keys of the entry but the `reserved` ones."""
        attributes = {}
        for key, value in self.entry.items():
            if key not in reserved:
                attributes.update(self.attribute(RENAMED.get(key, key), value, key))
        return attributes

    def attribute(self, name, value, key):
        """Return the attributes that one key of the entry sets: three for a translated field, else one."""
        try:
            field = self.model._meta.get_field(name)
        except FieldDoesNotExist:
            self.entry.fail(f"There is no field “{key}” on {self.model._meta.label}.", key)
        if name in self.translated:
            texts = self.texts(value, key, rich=kind_of(field) == "rich")
            empty = None if isinstance(field, models.CharField) else ""  # what a form stores, which a reload compares with
            return {build_localized_fieldname(name, code): text or empty for code, text in texts.items()}
        if isinstance(field, StreamField):
            return {name: self.stream(field, value, key)}
        if field.is_relation:
            return {name: self.find_target(field.related_model, value, self.entry, key)}
        try:
            cleaned = field.clean(value, None)
        except (ValidationError, TypeError) as error:
            message = " ".join(error.messages) if isinstance(error, ValidationError) else "This value is of the wrong kind."
            self.entry.fail(f"{key}: {message}", key)
        return {name: cleaned}

    def texts(self, value, key, rich=False, where=None):
        """Return the texts of a mapping from language to text, rich ones as the editor would store them."""
        where = where or self.entry
        if not isinstance(value, YamlMapping) or not set(value) <= set(LANGUAGES):
            where.fail(f"“{key}” must be a mapping with {', '.join(LANGUAGES)}.", key)
        for code, text in value.items():
            if not isinstance(text, str):
                value.fail(f"“{key}” must be text in {code}.", code)
        # A folded line of YAML ends in a line end that is no part of the text.
        return {code: self.stored_rich(text, value, code) if rich else text.strip() for code, text in value.items()}

    def stored_rich(self, html, where, key):
        """Pass HTML through the editor's own converter, so that the first save in the editor changes nothing."""
        html = PAGE_LINK.sub(lambda link: self.page_link(link[1], where, key), " ".join(html.split(" ")).strip())
        return self.rich.to_database_format(self.rich.from_database_format(html))

    def page_link(self, page_key, where, key):
        """Return the opening tag that stands for a link to a page of the content files."""
        return f'<a linktype="page" id="{self.find_target(SitePage, page_key, where, key).pk}">'

    def stream(self, field, value, key):
        """Return the value of a StreamField, validated by its own blocks."""
        raw = self.raw(field.stream_block, value, self.entry, key, f"{self.entry['key']}/{field.name}")
        stream_value = field.to_python(raw)
        try:
            return field.stream_block.clean(stream_value)
        except ValidationError as error:
            self.entry.fail(f"{key}: {' '.join(error_messages(error))}", key)

    def raw(self, block, value, where, key, path):
        """Return the stored form of `value` for `block`. `path` makes ids; `where` and `key` name the line of a mistake."""
        if isinstance(block, TranslatedBlock):
            texts = self.texts(value, key, rich=block.kind == "rich", where=where)
            return {code: texts.get(code, "") for code in LANGUAGES}
        if isinstance(block, blocks.StructBlock):
            return self.raw_struct(block, value, where, key, path)
        if isinstance(block, (blocks.StreamBlock, blocks.ListBlock)):
            return self.raw_list(block, value, where, key, path)
        if isinstance(block, ChooserBlock):
            return self.find_target(block.model_class, value, where, key).pk
        if isinstance(block, blocks.ChoiceBlock):
            return str(value)
        return value

    def raw_struct(self, block, value, where, key, path):
        """Return the stored form of a mapping; what it leaves out has the block's default."""
        if not isinstance(value, YamlMapping):
            where.fail(f"“{key}” must be a mapping.", key)
        unknown = set(value) - set(block.child_blocks)
        if unknown:
            name = min(unknown)
            value.fail(f"There is no “{name}” in “{key}”; it knows {', '.join(block.child_blocks)}.", name)
        return {
            name: self.raw(child, value[name], value, name, f"{path}/{name}")
            if name in value
            else child.get_prep_value(child.get_default())
            for name, child in block.child_blocks.items()
        }

    def raw_list(self, block, value, where, key, path):
        """Return the stored form of a list, for a stream as for a list of one kind; ids come from the places of its items."""
        if not isinstance(value, list):
            where.fail(f"“{key}” must be a list.", key)
        items = []
        for number, item in enumerate(value):
            kind, child, inner = "item", getattr(block, "child_block", None), item
            if child is None:
                kind, inner = self.kind_and_value(block, item, where, key)
                child = block.child_blocks[kind]
            place = f"{path}/{number}"
            items.append(
                {
                    "type": kind,
                    "value": self.raw(child, inner, item if isinstance(item, YamlMapping) else where, key, place),
                    "id": block_id(place),
                }
            )
        return items

    def kind_and_value(self, block, item, where, key):
        """Return the kind of a stream's item and its value; where a stream knows one kind only, the item is the value."""
        if len(block.child_blocks) == 1:
            return next(iter(block.child_blocks)), item
        if not isinstance(item, YamlMapping) or len(item) != 1 or next(iter(item)) not in block.child_blocks:
            place = item if isinstance(item, YamlMapping) else where
            place.fail(f"An item of “{key}” must have one key, the kind of block: {', '.join(block.child_blocks)}.")
        return next(iter(item.items()))

    def find_target(self, model, value, where, key):
        """Return the object of `model` that the files call `value`."""
        target = self.lookup(model, value)
        if target is None:
            where.fail(f"“{key}” names “{value}”, which is no {model._meta.verbose_name} of the content files.", key)
        return target
