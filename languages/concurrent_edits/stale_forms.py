"""A form that loses nobody's work: what others saved since it was opened is merged in, or shown where it conflicts.

The form carries, signed, the `snapshots.snapshot` of what it was opened with. When it comes back, the object is locked and what
it says now is compared with both. What does not conflict is merged; what does is refused at its field, with what the other
person saved, and with all that was typed still in the form. Whoever then saves again has seen it and wins.
"""

from dataclasses import replace

from django import forms
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.models import RevisionMixin

from languages.concurrent_edits import conflicts, merging, snapshots
from languages.concurrent_edits.own_texts import OwnTexts, keep_own
from languages.form_content import Column, languages_of, names_not_sent, shape_of, submitted_values, values_of
from languages.guarded_forms import GuardedForm
from languages.versions import read_latest_version, version_of
from languages.widgets import set_form_attributes

UNPROVEN_VERSION = gettext_lazy(
    "This form does not prove which version it was opened with. Compare it with what is there, and save again."
)
# How long a form's own last save is remembered, in case it saves once more before it has heard of it.
SAVE_REMEMBERED = 30  # seconds
NOT_SAVED = gettext_lazy("Not saved yet: the same was changed in the meantime by %(who)s (%(when)s).")


class OpenedField(forms.CharField):
    """What a form was opened with: it goes out and comes back, and is no change that anybody made."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class StaleSafeForm(GuardedForm, WagtailAdminModelForm):
    """The base of forms that several people may have open at once.

    `is_preview` makes it look at nothing but itself. `opened_latest` on the instance says that it is the latest version, and
    not an older one to revert to, which spares asking.

    After validation `merged` is the `merging.MergeResult` (None where nothing was compared), `latest` the object as others
    left it, `others_saved` says whether they may have saved. `opened_snapshot` is what the form proved it was opened with,
    `submitted_snapshot` what an open form goes on showing, `merged_fields` are the names of the fields that hold others' work;
    `refusal` says, where saving was refused because of them, why. Whoever does not write in all languages changes the latest
    version, also where the form holds an older one, and in it only their own texts (`own_texts.keep_own`).
    """

    opened_as = OpenedField(required=False)

    is_preview = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.shape = shape_of(self._meta.model, self.fields)
        set_form_attributes(self, languages_of(self.shape))
        self.merged, self.latest, self.opened_snapshot, self.submitted_snapshot = None, None, None, None
        self.merged_fields, self.others_saved, self.refusal = (), False, ""
        self.name, self.turn = get_random_string(16), 0  # of this form, and of its answers
        self.not_sent = names_not_sent(self, self.shape) if self.is_bound else set()
        self.fill_in_missing_streams()
        if not self.is_bound and self.instance.pk:
            latest = self.instance if getattr(self.instance, "opened_latest", False) else read_latest_version(self.instance)
            opened = snapshots.snapshot(self.shape, values_of(latest, self.shape))
            self.initial["opened_as"] = self.sign(opened, version_of(latest))

    def clean(self):
        if self.instance.pk and not self.is_preview:
            self.merge()
        return super().clean()

    def merge(self):
        """Take in what others saved, or add an error at each field in which both changed the same."""
        try:
            self.latest = read_latest_version(self.instance, locked=True)
        except ObjectDoesNotExist:
            self.add_error(None, _("Somebody has deleted this in the meantime, so it cannot be saved."))
            return
        self.opened_snapshot, version = self.read_opened()
        self.others_saved = version is None or version != version_of(self.latest)
        shape = {name: of for name, of in self.shape.items() if name in self.cleaned_data}
        theirs = values_of(self.latest, shape)
        # What did not arrive at all was not typed: it stays as it is.
        submitted_shape = {name: of for name, of in shape.items() if name not in self.not_sent}
        mine = theirs | submitted_values(self.cleaned_data, submitted_shape)
        opened = snapshots.UNKNOWN if self.opened_snapshot is None else self.opened_snapshot
        own = keep_own(shape, opened, mine, theirs, self.own_languages) if self.is_limited else OwnTexts(mine)
        merged = merging.merge(shape, opened, own.values, theirs)
        self.merged = replace(merged, conflicts=merged.conflicts + own.orphans)
        if self.opened_snapshot is None:
            self.refuse(snapshots.snapshot(shape, theirs), version_of(self.latest), UNPROVEN_VERSION, as_html=False)
            self.add_error(None, UNPROVEN_VERSION)
        elif self.merged.conflicts:
            why = NOT_SAVED % conflicts.latest_saver(self, self.merged.conflicts)
            self.refuse(snapshots.acknowledge(self.opened_snapshot, self.merged.conflicts), version, why)
        else:
            self.submitted_snapshot = self.opened_snapshot | snapshots.snapshot(shape, mine)
            values = self.merged.values
            self.accept([name for name in values if name not in submitted_shape or values[name] != mine[name]], theirs)
            self.name_refusals(own.refusals)

    @property
    def changes_nothing(self):
        """Say whether saving would leave everything as it is; to be asked after validation.

        Editors of rich text write what they loaded in their own way, which only looks like a change.
        """
        if self.submitted_snapshot is None or self.merged_fields:
            return False
        if any(formset.has_changed() for formset in getattr(self, "formsets", {}).values()):
            return False
        return self.submitted_snapshot == self.opened_snapshot and not set(self.changed_data) - set(self.shape)

    def read_opened(self):
        """Return the snapshot and the version with which the form was opened, None twice where it does not prove them.

        The form's own last save counts as heard only while it is the latest version: the cache also remembers one that failed
        after all, as the database took it back.
        """
        try:
            proved = signing.loads(self.cleaned_data.get("opened_as") or "", salt=self.opened_salt)
        except signing.BadSignature:
            return None, None
        self.name, self.turn = proved.get("form", self.name), proved.get("turn", 0)
        own_last_save = cache.get(self.cache_key)
        if own_last_save and own_last_save["turn"] > self.turn and self.is_latest(own_last_save["version"]):
            proved = own_last_save
            self.prove_from_now_on(proved["seen"], proved["version"])
        return proved["seen"], proved["version"]

    def is_latest(self, version):
        return version is not None and version == version_of(self.latest)

    def fill_in_missing_streams(self):
        """Put an empty stream in place of each that did not arrive: its widget expects one."""
        streams = [name for name in self.not_sent if not isinstance(self.shape[name], Column)]
        if streams:
            self.data = self.data.copy()
            self.data.update({f"{self.add_prefix(name)}-count": "0" for name in streams})

    def accept(self, taken, theirs):
        """Fill the form's data with what the latest version, of which the values are `theirs`, has in the fields `taken`."""
        stored = snapshots.snapshot(self.shape, {name: theirs[name] for name in taken})
        self.merged_fields = tuple(name for name in taken if stored[name] != self.opened_snapshot.get(name))
        for name in taken:
            of = self.shape[name]
            if isinstance(of, Column):
                self.cleaned_data[name] = getattr(self.latest, name)
            else:
                self.cleaned_data[name] = of.to_python(self.merged.values[name])
        if self.is_limited or not isinstance(self.instance, RevisionMixin):
            self.take_over_other_fields()

    def take_over_other_fields(self):
        """Saving writes a whole row: what this form does not know must be that of today."""
        for field in self.instance._meta.concrete_fields:
            if field.name not in self.fields:
                setattr(self.instance, field.attname, getattr(self.latest, field.attname))

    def refuse(self, seen, version, why, as_html=True):
        """Show the conflicts at their fields; the form proves from now on that its editor has `seen` them."""
        self.refusal = why
        for name, error in conflicts.form_errors(self, self.merged.conflicts, as_html).items():
            self.add_error(name, error)
        self.prove_from_now_on(seen, version)

    def prove_from_now_on(self, seen, version):
        """Let the form, should it be shown again, prove this as what it was opened with."""
        self.data = self.data.copy()
        self.data[self.add_prefix("opened_as")] = self.sign(seen, version)

    def get_field_updates_for_resave(self):
        """Let a form that saves by itself and stays open know what it has saved."""
        submitted = self.submitted_snapshot or snapshots.snapshot(self.shape, values_of(self.instance, self.shape))
        signed = self.sign(submitted, version_of(self.instance))
        cache.set(self.cache_key, {"seen": submitted, "version": version_of(self.instance), "turn": self.turn}, SAVE_REMEMBERED)
        return [*super().get_field_updates_for_resave(), (self.add_prefix("opened_as"), signed)]

    @property
    def opened_salt(self):
        return f"languages.stale:{self.instance._meta.label_lower}:{self.instance.pk}"

    @property
    def cache_key(self):
        return f"{self.opened_salt}:{self.name}"

    def sign(self, seen, version):
        self.turn += 1
        proof = {"seen": seen, "version": version, "form": self.name, "turn": self.turn}
        return signing.dumps(proof, salt=self.opened_salt, compress=True)
