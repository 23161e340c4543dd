"""The form of a note: first in the language of the admin, the other languages folded away."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from languages.codes import LANGUAGES, current_language, name_in
from languages.concurrent_edits.stale_forms import StaleSafeForm
from languages.texts import is_filled
from staff_notes.models import TEXTS, StaffNote
from staff_notes.places import places


class StaffNoteForm(StaleSafeForm):
    """A note on an object. A text in one language is enough: staff write in their own."""

    about = forms.ChoiceField(label=_("About"), required=False)

    class Meta:
        model = StaffNote
        fields = ["about", *(build_localized_fieldname(name, code) for code in LANGUAGES for name in TEXTS)]

    def __init__(self, *args, carrier, **kwargs):
        super().__init__(*args, **kwargs)
        labels = places(carrier)
        if self.instance.about not in labels:  # deleted since
            self.initial["about"] = ""
        self.fields["about"].choices = [("", _("The whole")), *labels.items()]
        for code in LANGUAGES:
            for name in TEXTS:
                field = self.fields[build_localized_fieldname(name, code)]
                is_closed = self.is_limited and code not in self.own_languages
                field.widget.attrs |= {"lang": code, "rows": 3} | ({"readonly": True} if is_closed else {})
                field.label = capfirst(StaffNote._meta.get_field(name).verbose_name)
                if code != current_language():
                    field.label += f" ({name_in(code, current_language())})"

    @property
    def is_limited(self):
        """A note is its author's own, in every language; in others' notes people mend their own languages only."""
        is_own = self.for_user is not None and self.instance.author_id == self.for_user.pk
        return super().is_limited and not is_own

    def clean(self):
        cleaned = super().clean()
        if not any(is_filled(cleaned.get(build_localized_fieldname("text", code))) for code in LANGUAGES):
            self.add_error(build_localized_fieldname("text", current_language()), ValidationError(_("Say what is doubtful.")))
        return cleaned

    def own_fields(self):
        """Return what the form asks in the language of the admin."""
        return [self["about"], *self.fields_in(current_language())]

    def other_fields(self):
        return [field for code in LANGUAGES if code != current_language() for field in self.fields_in(code)]

    def fields_in(self, code):
        return [self[build_localized_fieldname(name, code)] for name in TEXTS]

    def has_errors_elsewhere(self):
        return any(field.errors for field in self.other_fields())
