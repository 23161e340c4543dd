"""The unit walk: every translatable text of a page, snippet or setting, out (`units`) and in (`put`).

A unit is one text: an address and what stands there in each language.

    heading                   nl "De Jongerengarantie"   fr "La Garantie pour la jeunesse"   en "The Youth Guarantee"
    body.7c1f….text           nl "<p>…</p>"              fr "<p>…</p>"                       en ""
    tasks.5be0….points.91aa…  …

Addresses are made of field names and of the ids of blocks, so they survive drafts, reordering, reverting and copying. They
belong to one object: a copy has the same ids, so never use an address without its object.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.text import format_lazy
from modeltranslation.translator import NotRegistered, translator
from modeltranslation.utils import build_localized_fieldname
from wagtail.fields import RichTextField, StreamField

from languages import streams
from languages.blocks import TranslatedBlock
from languages.codes import LANGUAGES, current_language
from languages.texts import ShownText, is_filled, text_for_reader, texts_by_language


class UnknownAddress(LookupError):
    """No text of this object has that address (any more)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One translatable text.

    `address` is dotted; `texts` maps every language to its text, "" where there is none; `kind` is "plain", "rich" (HTML as
    stored), "slug", "url" or "own" (each language has its own, as with synonyms: nothing to translate); `label` names the text
    for staff, lazily in their language; `languages` are those it is meant for; `required` says that the official languages
    among them must have it before publication; `max_length` is how many characters there is room for, None where that is open.
    """

    address: str
    texts: Mapping[str, str]
    label: str
    kind: str = "plain"
    languages: tuple = LANGUAGES
    required: bool = False
    max_length: int | None = None


def units(instance):
    """Yield every `Unit` of a model instance, in the order in which its model declares them. Makes no query."""
    required = getattr(instance, "required_for_publishing", ())
    own = getattr(instance, "own_to_each_language", ())
    translated = set(translated_fields(type(instance)))
    for field in instance._meta.get_fields():
        if field.name in translated:
            kind = "own" if field.name in own else kind_of(field)
            texts = field_texts(instance, field.name)
            is_required = field.name in required
            yield Unit(field.name, texts, field.verbose_name, kind, required=is_required, max_length=field.max_length)
        elif isinstance(field, StreamField):
            yield from stream_units(field.name, field.stream_block, stored_stream(instance, field), field.verbose_name)


def stream_units(name, block, raw, label=""):
    """Yield the units of one stream from its stored value. Pure: nothing but plain data goes in and comes out."""
    for leaf in streams.leaves(block, raw, (name,)):
        if isinstance(leaf.block, TranslatedBlock):
            yield Unit(
                ".".join(str(step) for step in leaf.address),
                texts_by_language(leaf.raw),
                format_lazy("{} – {}", label, leaf.block.label) if label and leaf.block.label else label or leaf.block.label,
                leaf.block.kind,
                leaf.languages,
                leaf.block.required_in_official,
                leaf.block.max_length,
            )


def put(instance, texts):
    """Put texts back: `texts` maps addresses to mappings of language to text; languages left out stay as they are.

    Raises `UnknownAddress` before anything is changed when the instance has no such text. Does not save.
    """
    units_by_address = {unit.address: unit for unit in units(instance)}
    for address, by_language in texts.items():
        if address not in units_by_address or not set(by_language) <= set(LANGUAGES):
            raise UnknownAddress(address)
    by_field = {}
    for address, by_language in texts.items():
        name, *rest = address.split(".")
        if rest:
            by_field.setdefault(name, {})[(name, *rest)] = {**units_by_address[address].texts, **by_language}
        else:
            for code, text in by_language.items():
                setattr(instance, build_localized_fieldname(name, code), text)
    for name, changes in by_field.items():
        field = instance._meta.get_field(name)
        raw = streams.replace_leaves(field.stream_block, stored_stream(instance, field), changes, (name,))
        setattr(instance, name, field.to_python(raw))


def translated_fields(model):
    """Return the names of the model's translated text fields: those that people write, not computed ones and not files."""
    try:
        options = translator.get_options_for_model(model)
    except NotRegistered:
        return []
    return [
        name
        for name in options.get_field_names()
        if model._meta.get_field(name).editable and not isinstance(model._meta.get_field(name), models.FileField)
    ]


def field_texts(instance, name):
    """Return the texts of one translated field as a mapping from language to text."""
    return texts_by_language({code: getattr(instance, build_localized_fieldname(name, code)) for code in LANGUAGES})


def shown_text(source, field=None, language=None):
    """Return the `ShownText` of a translated block's value, or of the field `field` of an object.

    It is for a reader of `language`, the active one when left out. Of nothing, "" is shown.
    """
    language = language or current_language()
    if not source:
        return ShownText("", language)
    if not field:
        return source.for_reader(language)
    own = getattr(source, build_localized_fieldname(field, language))
    # Mostly the reader's own text is there, and nobody need look at the others.
    return ShownText(own, language) if is_filled(own) else text_for_reader(field_texts(source, field), language)


def stream_leaves(instance):
    """Return the leaves of all streams of an object (`languages.streams`), addressed from the name of their field on."""
    return [
        leaf
        for field in instance._meta.get_fields()
        if isinstance(field, StreamField)
        for leaf in streams.leaves(field.stream_block, stored_stream(instance, field), (field.name,))
    ]


def stored_stream(instance, field):
    """Return a stream as plain data, every block and list item with its id."""
    return getattr(instance, field.attname).get_prep_value()


def kind_of(field):
    """Return the kind of the units of a translated model field."""
    if isinstance(field, RichTextField):
        return "rich"
    if isinstance(field, models.URLField):
        return "url"
    return "slug" if isinstance(field, models.SlugField) else "plain"
