"""Member countries: stored as ISO 3166-1 codes, named by Unicode CLDR in the reader's language."""

from functools import cache

from babel import Locale
from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models

from languages.codes import current_language
from languages.sorting import sort_key

EUROPE = [
    "AD", "AL", "AT", "BA", "BE", "BG", "BY", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU",
    "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI",
    "SK", "SM", "UA", "VA", "XK",
]  # a line each would fill a page  # fmt: skip

# The Member States of the European Union. Source: Treaty on European Union, article 52(1), without the United Kingdom, which
# left on 31 January 2020 by article 50.
EU_MEMBERS = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT",
    "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # likewise  # fmt: skip


def country_name(code, language=None):
    """Return the name of a country in a language (the active one when left out), or its code where nobody knows it."""
    return territories(language or current_language()).get(code, code)


@cache
def territories(language):
    """Return the names of countries in a language by code: a map has some fifty, and to look each up anew takes a while."""
    return dict(Locale.parse(language).territories)


def country_names(codes, language=None):
    """Return the names of countries in a language (the active one when left out), in its alphabetical order."""
    return sorted((country_name(code, language) for code in codes), key=sort_key)


def country_choices():
    """Return the countries of Europe as form choices in the active language."""
    names = territories(current_language())
    return sorted(((code, names[code]) for code in EUROPE), key=lambda choice: sort_key(choice[1]))


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes in a group with a name of its own: Wagtail ties the label of a field to the first of them only."""

    template_name = "networks/checkboxes.html"

    def __init__(self, *args, group, **kwargs):
        super().__init__(*args, **kwargs)
        self.group = group

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["group"] = self.group
        return context


class CountriesFormField(forms.MultipleChoiceField):
    """Checkboxes, whose answer comes in the order of the codes."""

    def clean(self, value):
        return sorted(super().clean(value))


class CountriesField(ArrayField):
    """A list of countries, chosen with checkboxes."""

    def __init__(self, *args, **kwargs):
        kwargs.update(base_field=models.CharField(max_length=2), blank=True, default=list)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for implied in ("base_field", "blank", "default"):
            kwargs.pop(implied, None)
        return name, path, args, kwargs

    def clean(self, value, model_instance):
        """Keep the codes in one order, whatever the language in whose alphabet they were chosen."""
        return sorted(super().clean(value, model_instance))

    def formfield(self, **kwargs):
        return CountriesFormField(
            choices=country_choices,
            required=False,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=Checkboxes(group=self.verbose_name, attrs={"class": "countries"}),
        )
