"""The content of a page, snippet or setting as `languages.snapshots` takes it: its shape and its values by form field."""

from django.db import models
from modeltranslation.utils import build_localized_fieldname
from wagtail.fields import StreamField

from languages.codes import LANGUAGES
from languages.snapshots import Column
from languages.units import kind_of, stored_stream, translated_fields


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
