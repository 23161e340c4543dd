"""The form by which texts are sent out."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput

from exchange.making import ALL, WAITING
from exchange.models import MAX_NOTE_LENGTH, SentPackage
from exchange.preview import language_label
from exchange.staying import limit_help
from languages.codes import LANGUAGES
from languages.rights import languages_to_write
from pages.years import DeadlineField


class SendForm(forms.Form):
    """From which language to which, which texts, under which name, by when. `user` writes in the language to which."""

    source = forms.ChoiceField(label=pgettext_lazy("language of a package", "From"), widget=forms.RadioSelect)
    target = forms.ChoiceField(label=pgettext_lazy("language of a package", "To"), widget=forms.RadioSelect)
    texts = forms.ChoiceField(
        label=gettext_lazy("Which texts"),
        choices=[(WAITING, gettext_lazy("What is missing or behind")), (ALL, gettext_lazy("All texts"))],
        initial=WAITING,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The other texts of a page go along to be read, not to be translated."),
    )
    again = forms.BooleanField(
        label=gettext_lazy("Send again what is out already"),
        required=False,
        help_text=gettext_lazy("For example to another agency. Otherwise a text that is out and has not changed is left out."),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=SentPackage._meta.get_field("name").max_length,
        help_text=gettext_lazy("So that you and the agency know it again. The files are named after it."),
    )
    deadline = DeadlineField()
    note = forms.CharField(
        label=gettext_lazy("Note for the translator"),
        required=False,
        max_length=MAX_NOTE_LENGTH,
        widget=AdminAutoHeightTextInput,
        help_text=gettext_lazy("It stands in the files."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [(code, language_label(code)) for code in LANGUAGES]
        self.fields["target"].choices = [(code, language_label(code)) for code in languages_to_write(user)]
        self.fields["target"].help_text = limit_help(user)

    def clean(self):
        values = super().clean()
        if values.get("source") and values.get("source") == values.get("target"):
            self.add_error("target", _("Choose two different languages."))
        return values
