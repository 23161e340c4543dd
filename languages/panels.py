"""Panels of the editor in which a text stands with its languages side by side."""

from django.conf import settings
from django.utils.text import capfirst
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from languages.codes import OFFICIAL


class LanguagePanel(FieldPanel):
    """One language of a translated field. What the field is for is said once, above all languages."""

    def __init__(self, field_name, is_marked_required=False, **kwargs):
        super().__init__(field_name, required_on_save=False, **kwargs)
        self.is_marked_required = is_marked_required

    def clone_kwargs(self):
        kwargs = super().clone_kwargs()
        kwargs.pop("required_on_save")
        return {**kwargs, "is_marked_required": self.is_marked_required}

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.help_text = ""
            if self.bound_field is not None:
                self.bound_field.help_text = ""

        def is_required(self):
            return self.panel.is_marked_required


class TranslatedPanel(MultiFieldPanel):
    """One translated field: its languages in columns under one heading.

    `required` puts the asterisk at the official languages; a draft may still lack them (see `languages.parity`).
    """

    def __init__(self, field_name, required=False, **kwargs):
        self.field_name = field_name
        self.required = required
        children = [
            LanguagePanel(
                build_localized_fieldname(field_name, code),
                heading=name,
                is_marked_required=required and code in OFFICIAL,
                attrs={"data-language": code},
            )
            for code, name in settings.LANGUAGES
        ]
        super().__init__(children, classname="translated", **kwargs)

    def clone_kwargs(self):
        kwargs = super().clone_kwargs()
        for derived in ("children", "classname"):
            kwargs.pop(derived, None)
        return {**kwargs, "field_name": self.field_name, "required": self.required}

    def on_model_bound(self):
        field = self.model._meta.get_field(self.field_name)
        if not self.heading:
            self.heading = capfirst(field.verbose_name)
        if not self.help_text:
            self.help_text = field.help_text
        super().on_model_bound()


def translated_panels(*field_names):
    """Return a `TranslatedPanel` for each field, for the lists of panels on models."""
    return [TranslatedPanel(name) for name in field_names]
