"""The form of whatever has texts in several languages: it knows what was opened, and what somebody found still correct."""

import json

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from languages import alignment, snapshots
from languages.lags import own_keys
from languages.stale_forms import OpenedField, StaleSafeForm
from languages.units import units


class AlignedForm(StaleSafeForm):
    """Advances the memory of what the languages said (`languages.alignment`) from the version that was opened.

    A form that saves by itself posts again and again what was opened once, so the version in the database cannot tell what
    changed together; the hidden field `alignment_base` can. `alignment_confirmed` holds, as a JSON list, the keys of lags that
    were found still correct.
    """

    alignment_base = OpenedField(required=False)
    alignment_confirmed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Of now, before anything typed reaches the instance.
        self.texts_before = list(units(self.instance))
        self.memory_before = alignment.refresh(self.instance.alignment, self.texts_before)
        self.initial["alignment_base"] = signing.dumps(self.memory_before, salt=self.salt, compress=True)

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
        """Return the keys of confirmed lags, those of one's own languages, as a list of strings.

        What is no such list confirms nothing.
        """
        try:
            keys = json.loads(self.cleaned_data["alignment_confirmed"] or "[]")
        except ValueError:
            return []
        keys = [key for key in keys if isinstance(key, str)] if isinstance(keys, list) else []
        return own_keys(keys, self.own_languages)

    def _post_clean(self):
        super()._post_clean()  # the instance now has what was typed
        if "alignment_base" in self.cleaned_data:
            self.instance.alignment = self.advance_alignment(list(units(self.instance)))

    def advance_alignment(self, texts):
        """Return the memory of the units that are about to be saved."""
        return alignment.advance(
            self.memory_to_advance(texts),
            texts,
            self.cleaned_data.get("alignment_confirmed", ()),
            alignment.texts_by_digest(self.texts_before, self.memory_before),
            in_session=True,
        )

    def memory_to_advance(self, texts):
        """Return the memory from which the one of `texts` follows: that of what was opened, and of what others did since."""
        opened = {**self.cleaned_data["alignment_base"], "excused": self.memory_before.get("excused")}
        if not self.others_saved or self.opened_snapshot is None:
            return opened
        latest = alignment.refresh(self.latest.alignment, list(units(self.latest)))
        opened_digests = snapshots.text_digests(self.shape, self.opened_snapshot)
        return alignment.rebase(opened, opened_digests, latest, alignment.digests_of(texts))


FORGED_FORM = _(
    "This form was not made by the site, or was changed on its way here. Nothing was saved: what you typed is still below. "
    "Copy it, open the page again and paste it there."
)
