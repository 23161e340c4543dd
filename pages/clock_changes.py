"""Hours that the clock skips in spring, or that come twice in autumn: refused in forms, unless they are stored already."""

from datetime import UTC

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SKIPPED = _("The clock skips this hour on that day. Choose an earlier or a later one.")
REPEATED = _("This hour comes twice on that day, as the clock goes back. Choose an earlier or a later one.")


class HourField(forms.DateTimeField):
    """A moment in the site's time zone. `stored` is what the form was opened with: it is accepted, whatever hour it is."""

    stored = None

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            hour = error.params["datetime"]
            if self.stored and local_minute(self.stored) == hour.replace(second=0, microsecond=0):
                return self.stored
            raise ValidationError(REPEATED if hour_exists(hour) else SKIPPED, code=error.code) from error


def local_minute(moment):
    """Return a moment as a form shows it: in local time, to the minute."""
    return timezone.localtime(moment).replace(tzinfo=None, second=0, microsecond=0)


def hour_exists(hour):
    """Say whether a local hour exists at all."""
    zone = timezone.get_current_timezone()
    return hour.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == hour


def remember_stored_hours(form):
    """Give each `HourField` the value the form was opened with."""
    for name, field in form.fields.items():
        if isinstance(field, HourField):
            field.stored = form.initial.get(name)
