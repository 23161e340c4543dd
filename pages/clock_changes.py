"""Hours that the clock skips in spring, or that come twice in autumn: refused in forms, unless they are stored already."""

from datetime import UTC

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.widgets import HourInput
from pages.years import DayField, require_year

SKIPPED = _("The clock skips this hour on that day. Choose an earlier or a later one.")
REPEATED = _("This hour comes twice on that day, as the clock goes back. Choose an earlier or a later one.")


class HourField(forms.DateTimeField):
    """A moment in the site's time zone. `stored` is what the form was opened with: it is accepted, whatever hour it is."""

    widget = HourInput
    stored = None

    def to_python(self, value):
        try:
            moment = super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            hour = error.params["datetime"]
            if self.is_stored(hour):
                return self.stored
            raise ValidationError(REPEATED if hour_exists(hour) else SKIPPED, code=error.code) from error
        return moment if moment is None or self.is_stored(moment.replace(tzinfo=None)) else require_year(moment)

    def is_stored(self, hour):
        """Say whether a local hour is the one that the form was opened with."""
        return bool(self.stored) and local_minute(self.stored) == hour.replace(second=0, microsecond=0)


def local_minute(moment):
    """Return a moment as a form shows it: in local time, to the minute."""
    return timezone.localtime(moment).replace(tzinfo=None, second=0, microsecond=0)


def hour_exists(hour):
    """Say whether a local hour exists at all."""
    zone = timezone.get_current_timezone()
    return hour.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == hour


def remember_stored_moments(form):
    """Give each `HourField` and `DayField` the value the form was opened with."""
    for name, field in form.fields.items():
        if isinstance(field, (HourField, DayField)):
            field.stored = form.initial.get(name)
