"""Days by which work is asked for, or since which it waits, in words."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.dates import format_partial_date
from languages.codes import current_language

SOON = 2  # days


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day, and how near it is: "overdue", "soon", or ""."""

    words: str
    state: str = ""


def day_words(day):
    """Return a day as it stands within a sentence: "Friday 4 December"; with the year where it is another one."""
    date = f"--{day:%m-%d}" if day.year == timezone.localdate().year else day.isoformat()
    return f"{date_format(day, 'l')} {format_partial_date(date, current_language())}"


def deadline_of(day):
    """Return the `Deadline` of a day, None where there is none."""
    if day is None:
        return None
    days = (day - timezone.localdate()).days
    if days < 0:
        return Deadline(_("overdue: %(day)s") % {"day": day_words(day)}, "overdue")
    words = pgettext("deadline", "today") if days == 0 else _("by %(day)s") % {"day": day_words(day)}
    return Deadline(words, "soon" if days <= SOON else "")


def due_words(day):
    """Say by when something is due, as it stands within a sentence."""
    return _("due today") if day == timezone.localdate() else deadline_of(day).words


def since_of(moment):
    """Return since when something waits, as a `Deadline` that is none."""
    return Deadline(_("since %(day)s") % {"day": day_words(timezone.localdate(moment))})
