"""How many texts of rows of the table of everything are out for translation: an app above knows, and says it by a hook."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks

from languages.numbers import format_number

# The hook of functions that return, for rows, `{key of a row: {language: PartOut}}`.
HOOK = "find_texts_sent_out"


@dataclass(slots=True)
class PartOut:
    """What is out of an object in one language: how many texts, and whether any of them should have been back."""

    number: int = 0
    is_late: bool = False

    def add(self, number, is_late):
        self.number += number
        self.is_late |= is_late

    @property
    def icon(self):
        return "warning" if self.is_late else "upload"

    @property
    def words(self):
        text = ngettext("%(number)s out for translation", "%(number)s out for translation", self.number)
        said = text % {"number": format_number(self.number)}
        return _("%(what)s, overdue") % {"what": said} if self.is_late else said


def add_parts_out(rows):
    """Give each of `rows` what is out of it by language as `sent_out`; return the rows."""
    found = {}
    for find in hooks.get_hooks(HOOK):
        found |= find(rows)
    for row in rows:
        row.sent_out = found.get(row.pk, {})
    return rows
