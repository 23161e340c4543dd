"""Widgets of the editor's forms."""

from django import forms
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminPageChooser

from languages.slugs import MAX_SLUG_LENGTH, slug_of


class PageChooser(AdminPageChooser):
    """Chooses a page of this site, in the language of whoever looks.

    Forms and blocks keep their widgets, and Wagtail's adds the kind of page to its text once and for all, in the language of
    whoever happened to look first.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.choose_one_text = type(self).choose_one_text


class KeepsTyped:
    """A field with a calendar that leaves what was typed to the form: by itself it makes today of what it cannot read."""

    def get_config(self):
        return {**super().get_config(), "validateOnBlur": False}


class DayInput(KeepsTyped, AdminDateInput):
    pass


class HourInput(KeepsTyped, AdminDateTimeInput):
    pass


class SlugInput(forms.TextInput):
    """Tidies a slug as its language does, so that "été" becomes "ete" with and without scripts.

    With `proposed`, the script proposes slugs from the heading: "" takes an empty slug and that of the heading for its own,
    another text that text too.
    """

    def __init__(self, language, proposed=None, attrs=None):
        self.language = language
        ours = {"data-slug-language": language, "data-max-length": MAX_SLUG_LENGTH, "lang": language, "spellcheck": "false"}
        if proposed is not None:
            ours["data-slug-proposed"] = proposed
        super().__init__(ours | (attrs or {}))

    @property
    def media(self):
        return forms.Media(js=[forms.Script("js/editor/slugs.js", type="module")])

    def value_from_datadict(self, data, files, name):
        typed = super().value_from_datadict(data, files, name)
        return (slug_of(typed, self.language, longest=None) or typed) if typed else typed
