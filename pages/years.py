"""The years in which a day or hour that staff give may lie.

Anything else is a slip, and some of it is stored by PostgreSQL and cannot be read by Python.
"""

from datetime import UTC, date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.widgets import DayInput

FIRST, LAST = 2000, 2100
# A day more at both ends: the year of an hour is that of the site's clock, whatever zone it is stored in.
FIRST_MOMENT, LAST_MOMENT = datetime(FIRST - 1, 12, 31, tzinfo=UTC), datetime(LAST + 1, 1, 2, tzinfo=UTC)


def require_year(value):
    """Return a day, or a moment with its zone. Raises ValidationError for one outside of the years that staff may give."""
    is_moment = isinstance(value, datetime)
    if not (FIRST_MOMENT <= value < LAST_MOMENT if is_moment else date(FIRST, 1, 1) <= value <= date(LAST, 12, 31)):
        message = _("Give a year from %(first)s to %(last)s.")
        raise ValidationError(message, code="year", params={"first": FIRST, "last": LAST})
    return value


class DayField(forms.DateField):
    """A day. `stored` is what the form was opened with: it is accepted, whatever its year."""

    widget = DayInput
    stored = None

    def to_python(self, value):
        day = super().to_python(value)
        return day if day is None or day == self.stored else require_year(day)


class DeadlineField(DayField):
    """By when something is asked for: today or later, or empty where there is no hurry."""

    def __init__(self):
        super().__init__(label=_("By when"), required=False, help_text=_("Leave empty where there is no hurry."))

    def validate(self, value):
        super().validate(value)
        if value and value < timezone.localdate():
            raise ValidationError(_("This day has passed: choose today or a later one."))
