"""The content of a page, snippet or setting as its form has it: a mapping from field name to value, and its shape.

The *shape* says what stands in each field: a `Column` (one text or one fact), or the block of a stream, whose value is then its
stored JSON.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.text import capfirst
from modeltranslation.utils import build_localized_fieldname
from wagtail.fields import StreamField

from languages.codes import LANGUAGES, current_language, name_in
from languages.units import kind_of, stored_stream, translated_fields


@dataclass(frozen=True, slots=True)
class Column:
    """A field that holds one text in one language (`unit` is its address), or one fact: a date, a choice, a reference."""

    unit: str
    language: str | None = None
    kind: str = "fact"


def shape_of(model, names):
    """Return the shape of those fields of a model that are among `names`, the fields of its form."""
    texts = {
        build_localized_fieldname(name, code): Column(name, code, kind_of(model._meta.get_field(name)))
        for name in translated_fields(model)
        for code in LANGUAGES
    }
    shape = {}
    for field in model._meta.get_fields():
        if field.name not in names or field.auto_created or isinstance(field, models.FileField):
            continue
        if isinstance(field, StreamField):
            shape[field.name] = field.stream_block
        else:
            shape[field.name] = texts.get(field.name) or Column(field.name)
    return shape


def languages_of(shape):
    """Return the language of each text in the fields of `shape`; an address elsewhere is in none."""
    columns = {name: of for name, of in shape.items() if isinstance(of, Column)}
    return {name: of.language for name, of in columns.items() if of.language and of.kind != "url"}


def values_of(instance, shape):
    """Return the values of an instance in the fields of `shape`; makes no query."""
    return {name: value_of(instance, instance._meta.get_field(name)) for name in shape}


def value_of(instance, field):
    return stored_stream(instance, field) if isinstance(field, StreamField) else field.value_from_object(instance)


def submitted_values(cleaned, shape):
    """Return the values of a form's cleaned data in the fields of `shape`."""
    return {
        name: value if isinstance(of, Column) else of.get_prep_value(value)
        for name, of in shape.items()
        if (value := cleaned.get(name)) is not None or name in cleaned
    }


def names_not_sent(form, names):
    """Return which of the fields `names` of a bound form did not arrive."""
    return {
        name for name in names if form.fields[name].widget.value_omitted_from_data(form.data, form.files, form.add_prefix(name))
    }


def place_label(model, place):
    """Return what a `Conflict` or a `Refusal` is about: a field, or a block of a stream, and the language."""
    model_field = model._meta.get_field(place.steps[0])
    text_field = getattr(model_field, "translated_field", model_field)  # of a language: its text, without the language
    names = [str(capfirst(text_field.verbose_name))]
    if place.of is not None and place.of.label:
        names.append(str(place.of.label))
    language = f" ({name_in(place.language, current_language())})" if place.language else ""
    return " – ".join(names) + language
