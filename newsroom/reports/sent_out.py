"""How many texts of rows of the table of everything are out for translation: an app above knows, and says it by a hook."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks

from languages.numbers import format_number

# The hook of functions that return rows with `texts_sent_out`, a list: [{"language": "fr", "number": 3, "is_late": false}].
HOOK = "annotate_texts_sent_out"


@dataclass(frozen=True, slots=True)
class PartOut:
    """What is out of an object in one language: how many texts, and whether any of them should have been back."""

    number: int
    is_late: bool

    @property
    def icon(self):
        return "warning" if self.is_late else "upload"

    @property
    def words(self):
        text = ngettext("%(number)s out for translation", "%(number)s out for translation", self.number)
        said = text % {"number": format_number(self.number)}
        return _("%(what)s, overdue") % {"what": said} if self.is_late else said


def with_texts_sent_out(rows):
    """Return rows that know what is out of them, which takes no query of its own."""
    for annotate in hooks.get_hooks(HOOK):
        rows = annotate(rows)
    return rows


def parts_out(row):
    """Return what is out of a row, as a `PartOut` by language."""
    return {one["language"]: PartOut(one["number"], bool(one["is_late"])) for one in getattr(row, "texts_sent_out", ())}
