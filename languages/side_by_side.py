"""Forms without Wagtail's panels, such as those of pictures and documents: their languages stand side by side as well."""

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.utils.html import html_safe
from django.utils.text import capfirst
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from languages.codes import LANGUAGES
from languages.form_content import languages_of, shape_of
from languages.guarded_forms import GuardedForm, Refusal
from languages.language_bar import MEDIA, bar_context
from languages.widgets import set_form_attributes


class SideBySideForm(GuardedForm):
    """For a model form. Whatever template shows its fields meets the bar, and then each translated field once."""

    def __init__(self, *args, user=None, **kwargs):
        self.for_user = user
        super().__init__(*args, user=user, **kwargs)
        self.shape = shape_of(self._meta.model, self.fields)
        self.languages = languages_of(self.shape)
        set_form_attributes(self, self.languages)
        if self.is_limited and self.instance.pk:
            self.close_fields()

    def close_fields(self):
        """Leave open the texts in one's own languages only: others are shown, files and tags are not there at all."""
        refusals = []
        for name in [name for name in self.fields if self.languages.get(name) not in self.own_languages]:
            if self.is_posted_otherwise(name):
                kind = self.shape[name].kind if name in self.shape else "fact"
                refusals.append(Refusal((name,), self.languages.get(name), kind))
            model_field = self._meta.model._meta.get_field(name)
            if isinstance(model_field, models.FileField) or model_field.many_to_many:
                del self.fields[name]
            else:
                self.fields[name].disabled = True
        self.name_refusals(refusals)

    def is_posted_otherwise(self, name):
        """Say whether something else was posted for a field than what is stored."""
        field, posted_name = self.fields[name], self.add_prefix(name)
        if not self.is_bound or field.widget.value_omitted_from_data(self.data, self.files, posted_name):
            return False
        return field.has_changed(self[name].initial, self[name].data)

    def __iter__(self):
        yield Bar(self)
        columns = translated_columns(self)
        for field in super().__iter__():
            name = columns.get(field.name)
            if name is None:
                yield field
            elif field.name == build_localized_fieldname(name, LANGUAGES[0]):
                yield TranslatedField(self, name)

    @property
    def media(self):
        return super().media + MEDIA


def translated_columns(form):
    """Return of which translated field each field of a form is a language, by name."""
    names = translator.get_options_for_model(form._meta.model).get_field_names()
    columns = {build_localized_fieldname(name, code): name for name in names for code in LANGUAGES}
    return {column: name for column, name in columns.items() if column in form.fields}


@html_safe
class Bar:
    """The bar of languages. Templates take it for a hidden field, so they print it alone and before what they label."""

    name = ""
    is_hidden = True

    def __init__(self, form):
        self.form = form

    def __str__(self):
        return render_to_string("languages/bar.html", bar_context(self.form.for_user, self.form.instance))


class TranslatedField:
    """All languages of a field in columns. Templates take it for a bound field, whose label and help are said once."""

    is_hidden = False
    errors = ()  # each stands at its language

    def __init__(self, form, name):
        self.columns = [(code, language, form[build_localized_fieldname(name, code)]) for code, language in settings.LANGUAGES]
        _code, _language, first = self.columns[0]
        model_field = form._meta.model._meta.get_field(name)
        self.name, self.html_name = name, first.html_name
        self.label, self.help_text = capfirst(model_field.verbose_name), model_field.help_text
        self.field, self.id_for_label = first.field, first.id_for_label
        for _code, _language, column in self.columns:
            column.help_text = ""
            if self.help_text:
                column.field.widget.attrs["aria-describedby"] = f"{self.id_for_label}-helptext"

    def as_widget(self, attrs=None):
        return render_to_string("languages/columns.html", {"columns": self.columns, "label": f"{self.id_for_label}-label"})
