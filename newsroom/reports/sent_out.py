"""How many texts of rows of the table of everything are out for translation, or back: an app above says it by a hook."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks

from languages.numbers import format_number

# The hook of functions that return rows with `texts_sent_out`, [{"language": "fr", "number": 3, "is_late": false, "until":
# "2026-12-14"}], where a day may be null; or with `texts_back`, those to be taken over: [{"language": "fr", "number": 3}].
HOOK = "annotate_texts_sent_out"


@dataclass(frozen=True, slots=True)
class PartOut:
    """What is out of an object in one language: how many texts, by when the first, and whether any should have been back."""

    number: int
    is_late: bool
    until: date | None

    @property
    def icon(self):
        return "warning" if self.is_late else "upload"

    @property
    def said(self):
        text = ngettext("%(number)s out for translation", "%(number)s out for translation", self.number)
        return text % {"number": format_number(self.number)}

    @property
    def words(self):
        return _("%(what)s, overdue") % {"what": self.said} if self.is_late else self.said


def words_to_decide(number):
    """Say how many translations came back and are to be taken over, "" for none."""
    text = ngettext("%(number)s translation to be taken over", "%(number)s translations to be taken over", number or 0)
    return text % {"number": format_number(number)} if number else ""


def with_texts_sent_out(rows):
    """Return rows that know what is out of them, which takes no query of its own."""
    for annotate in hooks.get_hooks(HOOK):
        rows = annotate(rows)
    return rows


def parts_out(row):
    """Return what is out of a row, as a `PartOut` by language."""
    return {
        one["language"]: PartOut(
            one["number"], bool(one["is_late"]), date.fromisoformat(one["until"]) if one["until"] else None
        )
        for one in getattr(row, "texts_sent_out", ())
    }


def back_by_language(row):
    """Return what is to be taken over of a row, in words by language."""
    return {one["language"]: words_to_decide(one["number"]) for one in getattr(row, "texts_back", ())}
