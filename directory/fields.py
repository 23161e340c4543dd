"""Partial dates as a model field, a form field and a block; they are stored as text and hold none."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from directory.dates import parse

HELP = _("A year (2024), a month (2023-07), a day (2023-06-08), or a day without a year (26/02).")


class PartialDateFormField(forms.CharField):
    """Takes a partial date as people type it and gives it back in ISO form."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", HELP)
        kwargs["max_length"] = 10
        super().__init__(**kwargs)

    def clean(self, value):
        value = super().clean(value)
        return clean_partial_date(value) if value else ""


class PartialDateField(models.CharField):
    """A column that holds a partial date, "" when it is not known."""

    holds_no_text = True

    def __init__(self, *args, **kwargs):
        kwargs.update(max_length=10, blank=True, default="")
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for implied in ("max_length", "blank", "default"):
            kwargs.pop(implied, None)
        return name, path, args, kwargs

    def clean(self, value, model_instance):
        return super().clean(clean_partial_date(value) if value else "", model_instance)

    def formfield(self, **kwargs):
        return super().formfield(form_class=PartialDateFormField, **kwargs)


class PartialDateBlock(blocks.FieldBlock):
    """A partial date within a block."""

    def __init__(self, required=False, help_text=HELP, **kwargs):
        self.field = PartialDateFormField(required=required, help_text=help_text)
        super().__init__(**kwargs)

    class Meta:
        icon = "date"
        default = ""


def clean_partial_date(value):
    """Return `value` in ISO form. Raises ValidationError with an example of what is understood."""
    try:
        return str(parse(value))
    except ValueError:
        raise ValidationError(
            _("‘%(value)s’ is not a date. Write 2024, 2023-07, 2023-06-08 or 26/02."), params={"value": value}
        ) from None
