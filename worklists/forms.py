"""The forms by which translations are asked for and handed on."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.widgets import AdminAutoHeightTextInput

from languages.codes import LANGUAGES
from languages.rights import language_names
from languages.standing_saving import WAITING, has_work
from pages.years import DeadlineField
from worklists.models import MAX_NOTE_LENGTH
from worklists.requesting import ask, lock_rows, reason_against_person
from worklists.rights import people_who_may_take


class PersonField(forms.ModelChoiceField):
    """A person, with the languages that their account names."""

    def label_from_instance(self, person):
        codes = [code for code in LANGUAGES if code in person.languages]
        name = get_user_display_name(person)
        return _("%(name)s (%(languages)s)") % {"name": name, "languages": language_names(codes)} if codes else name


class AskForm(forms.Form):
    """Which language, by when, of whom. `standings` are the rows that it is about."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), widget=forms.RadioSelect)
    deadline = DeadlineField()
    person = PersonField(
        label=gettext_lazy("Of whom"),
        queryset=None,
        required=False,
        empty_label=pgettext_lazy("asked for a translation", "Whoever works in this language"),
        help_text=gettext_lazy("Somebody you choose has it at once; else whoever takes it first."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note for the translator"),
        required=False,
        max_length=MAX_NOTE_LENGTH,
        widget=AdminAutoHeightTextInput,
    )

    def __init__(self, *args, standings, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.standings, self.user = standings, user
        self.fields["person"].queryset = people_who_may_take()
        self.fields["language"].choices = [(code, capfirst(name)) for code, name in settings.LANGUAGES]
        waiting = [code for code in LANGUAGES if any(has_work(one.languages, code, WAITING) for one in standings)]
        if len(waiting) == 1:
            self.initial.setdefault("language", waiting[0])

    @transaction.atomic
    def ask_for_all(self):
        """Ask for every row; return the requests that were made, and the sentences that say why others were not."""
        values, requests, reasons = self.cleaned_data, [], []
        for standing in lock_rows(self.standings):
            try:
                requests.append(
                    ask(standing, values["language"], self.user, values["deadline"], values["note"], values["person"])
                )
            except ValidationError as error:
                reasons += error.messages
        return requests, list(dict.fromkeys(reasons))


class HandOnForm(forms.Form):
    """Another person who writes the language of a request."""

    person = PersonField(
        label=gettext_lazy("Hand on to"), queryset=None, empty_label=pgettext_lazy("a person", "Choose somebody")
    )

    def __init__(self, *args, translation_request, **kwargs):
        super().__init__(*args, **kwargs)
        self.translation_request = translation_request
        people = people_who_may_take(translation_request.language)
        self.fields["person"].queryset = people.exclude(pk=translation_request.taken_by_id)

    def clean_person(self):
        person, wanted = self.cleaned_data["person"], self.translation_request
        if reason := reason_against_person(person, wanted.standing, wanted.language):
            raise ValidationError(reason)
        return person
