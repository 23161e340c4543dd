"""The form of one string: a field for each form of each language that somebody may write."""

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput

from interface_strings.refusals import fit_edges, refusals, source_of
from interface_strings.states import empty_forms
from languages.codes import LANGUAGES
from languages.concurrent_edits import conflicts, merging, snapshots
from languages.concurrent_edits.stale_forms import UNPROVEN_VERSION, OpenedField
from languages.form_content import Column

WRITE_SOMETHING = gettext_lazy("Write something here, or go back to the file.")


def field_name(language, index):
    return f"text_{language}_{index}"


class StringForm(forms.Form):
    """Takes in what others saved since it was opened, and refuses what both changed, at its field, with nothing typed lost.

    `string` is locked when the form comes back. After validation `changed` holds the languages to be written: their forms.
    `refused` are the languages in which something was sent without a right to it.
    """

    opened_as = OpenedField(required=False)

    def __init__(self, *args, string, languages, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.string, self.user, self.changed = string, user, {}
        self.current = {code: string.shown.get(code) or empty_forms(string, code) for code in languages}
        for language, texts in self.current.items():
            for index, text in enumerate(texts):
                self.fields[field_name(language, index)] = text_field(language, text)
        for name in list(self.names)[:1]:  # whoever goes from string to string by a key is in the text at once
            self.fields[name].widget.attrs["autofocus"] = True
        if not self.is_bound:
            self.initial["opened_as"] = self.sign(snapshots.snapshot(self.shape, self.stored))

    @property
    def names(self):
        """The field of each language and form: `{name: (language, index)}`."""
        return {field_name(code, index): (code, index) for code, texts in self.current.items() for index in range(len(texts))}

    @property
    def shape(self):
        """Texts are compared sign for sign, as facts are, but for white space at the edges: a no-break space counts."""
        return {name: Column(name, language) for name, (language, _index) in self.names.items()}

    @property
    def stored(self):
        return {name: self.current[language][index] for name, (language, index) in self.names.items()}

    def clean(self):
        names = {name: of for name, of in self.names.items() if name in self.cleaned_data}
        # What did not arrive at all was not typed: it stays as it is.
        mine = {name: self.fit(name, self.cleaned_data[name]) if name in self.data else self.stored[name] for name in names}
        opened = self.read_opened()
        shape, theirs = ({name: side[name] for name in names} for side in (self.shape, self.stored))
        result = merging.merge(shape, opened, mine, theirs)
        if result.conflicts:
            self.refuse(opened, result.conflicts)
        for language in self.current:
            forms_of = [result.values.get(name) for name, (code, _index) in self.names.items() if code == language]
            if None not in forms_of and forms_of != self.current[language]:
                self.check(language, forms_of)
                self.changed[language] = forms_of
        return self.cleaned_data

    def fit(self, name, text):
        """Return a text that was typed as the code needs it; one that nobody changed stays as it is."""
        if text.replace("\r\n", "\n") == self.stored[name]:
            return self.stored[name]
        _language, index = self.names[name]
        return fit_edges(source_of(self.string.sources, index), text)

    def check(self, language, texts):
        """Add an error to each field whose text cannot be shown."""
        for index, problems in enumerate(refusals(self.string.sources, texts)):
            name = field_name(language, index)
            for problem in problems if name not in self.errors else ():
                self.add_error(name, problem.sentence if texts[index].strip() else WRITE_SOMETHING)

    def read_opened(self):
        """Return the snapshot with which the form was opened, `UNKNOWN` when it does not prove one."""
        try:
            return signing.loads(self.cleaned_data.get("opened_as") or "", salt=self.salt)
        except signing.BadSignature:
            return snapshots.UNKNOWN

    def refuse(self, opened, found):
        """Show what somebody else wrote; the form proves from now on that its editor has seen it."""
        self.add_error(None, UNPROVEN_VERSION if opened is snapshots.UNKNOWN else _("Somebody else has changed the same text."))
        for conflict in found:
            words = self.saver(conflict.language) | {"text": conflict.theirs or _("(nothing)")}
            message = _("Saved in the meantime by %(who)s (%(when)s): ‘%(text)s’. Saving again keeps what stands here.")
            self.add_error(conflict.steps[0], message % words)
        seen = snapshots.snapshot(self.shape, self.stored)
        if opened is not snapshots.UNKNOWN:
            seen = opened | {conflict.steps[0]: seen[conflict.steps[0]] for conflict in found}
        self.data = self.data.copy()
        self.data["opened_as"] = self.sign(seen)

    def saver(self, language):
        """Return who wrote the text of a language last, in words."""
        last = self.string.changes.filter(language=language).select_related("author").first()
        return conflicts.saver_words(last.author, last.moment, self.user) if last else conflicts.unknown_saver()

    @property
    def refused(self):
        return [code for code in LANGUAGES if code not in self.current and self.is_sent_otherwise(code)]

    def is_sent_otherwise(self, language):
        """Say whether another text than is shown was sent in a language that this form has no field for."""
        shown = self.string.shown.get(language) or empty_forms(self.string, language)
        return any(self.data.get(field_name(language, index), text) != text for index, text in enumerate(shown))

    @property
    def salt(self):
        return f"interface_strings:{self.string.pk}"

    def sign(self, snapshot):
        return signing.dumps(snapshot, salt=self.salt, compress=True)


def text_field(language, text):
    """Return the field for one text, which shows what stands there now."""
    widget = AdminAutoHeightTextInput(attrs={"lang": language, "rows": 2, "autocomplete": "off"})
    return forms.CharField(initial=text, required=False, strip=False, widget=widget)
