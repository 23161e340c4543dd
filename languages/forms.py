"""The form of whatever has texts in several languages: it knows what was opened, and of which texts somebody says what.

A text that somebody changed is in translation until they say that it is done, with a key or a button beside it or by publishing
or submitting (`languages.open_texts`).
"""

import json

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin

from languages import alignment
from languages.concurrent_edits import rebasing, snapshots
from languages.concurrent_edits.stale_forms import OpenedField, StaleSafeForm
from languages.lags import keys_in_languages
from languages.open_texts import Author, records_after, seen_places
from languages.units import units


class AlignedForm(StaleSafeForm):
    """Advances the memory of what the languages said (`languages.alignment`) from the version that was opened.

    A form that saves by itself posts again and again what was opened once, so the version in the database cannot tell what
    changed together; the hidden field `alignment_base` can. `alignment_confirmed` holds, as a JSON list, the keys of lags that
    were found still correct, `alignment_done` the places, "address:language", of texts that are done, `alignment_drafted` what
    a machine drafted (`open_texts.drafted_key`). Without drafts there are no such fields: whatever is saved is done.
    """

    alignment_base = OpenedField(required=False)
    alignment_confirmed = forms.CharField(widget=forms.HiddenInput, required=False)
    alignment_done = forms.CharField(widget=forms.HiddenInput, required=False)
    alignment_drafted = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Of now, before anything typed reaches the instance.
        self.texts_before = list(units(self.instance))
        self.memory_before = alignment.refresh(self.instance.alignment, self.texts_before)
        self.initial["alignment_base"] = signing.dumps(self.memory_before, salt=self.salt, compress=True)
        if not isinstance(self.instance, DraftStateMixin):
            del self.fields["alignment_done"], self.fields["alignment_drafted"]

    @property
    def salt(self):
        return f"alignment of {self._meta.model._meta.label}"

    def clean_alignment_base(self):
        """Return the memory of what was opened. Raises ValidationError for a form that the site did not make."""
        try:
            return signing.loads(self.cleaned_data["alignment_base"], salt=self.salt)
        except signing.BadSignature as error:
            raise ValidationError(FORGED_FORM, code="forged") from error

    def clean_alignment_confirmed(self):
        """Return the keys of confirmed lags in one's own languages; what is no list of them confirms nothing."""
        return keys_in_languages(self.read_keys("alignment_confirmed"), self.own_languages)

    def clean_alignment_done(self):
        """Return the places of texts in one's own languages that are done; what is no list of them finishes nothing."""
        return keys_in_languages(self.read_keys("alignment_done"), self.own_languages)

    def clean_alignment_drafted(self):
        return self.read_keys("alignment_drafted")

    def read_keys(self, name):
        """Return the keys in a field as a list of strings; nothing of what is no such list."""
        try:
            keys = json.loads(self.cleaned_data[name] or "[]")
        except (ValueError, RecursionError):
            return []
        return [key for key in keys if isinstance(key, str)] if isinstance(keys, list) else []

    def _post_clean(self):
        super()._post_clean()  # the instance now has what was typed
        if "alignment_base" in self.cleaned_data:
            self.instance.alignment = self.advance_alignment(list(units(self.instance)))

    @property
    def author_key(self):
        return self.for_user.pk if self.for_user else None

    @property
    def finishes_texts(self):
        """Whether what is saved with this form is done; of a draft nobody says so."""
        return not self.is_deferred_validation

    def advance_alignment(self, texts):
        """Return the memory of the units that are about to be saved: that of what was opened, and of what others did since."""
        opened = {**self.cleaned_data["alignment_base"], "excused": self.memory_before.get("excused")}
        return rebasing.advance_form(
            opened,
            self.opened_snapshot and snapshots.text_digests(self.shape, self.opened_snapshot),
            alignment.refresh(self.latest.alignment, list(units(self.latest))) if self.latest else opened,
            texts,
            self.author(alignment.digests_of(texts)),
            self.cleaned_data.get("alignment_confirmed", ()),
            alignment.texts_by_digest(self.texts_before, self.memory_before),
            self.others_saved,
        )

    def memory_if_published(self, texts):
        """Return what would be remembered of the instance's units `texts` if whoever has the form open published them."""
        memory = alignment.refresh(self.instance.alignment, texts)
        author = Author(self.author_key, "", finishes=True)
        return alignment.advance(memory, texts, records=records_after(memory["now"], memory, memory, author))

    def author(self, now):
        """Return the `Author` of a save of texts whose digests are `now`.

        Nobody finishes a text that they do not see: where somebody else's was taken in, it is not what the form shows.
        """
        shown = now if self.submitted_snapshot is None else snapshots.text_digests(self.shape, self.submitted_snapshot)
        done = seen_places(self.cleaned_data.get("alignment_done", ()), shown, now)
        drafted = frozenset(self.cleaned_data.get("alignment_drafted", ()))
        moment = timezone.now().isoformat(timespec="seconds")
        return Author(self.author_key, moment, done, self.finishes_texts, drafted=drafted)


FORGED_FORM = _(
    "This form was not made by the site, or was changed on its way here. Nothing was saved: what you typed is still below. "
    "Copy it, open the page again and paste it there."
)
