"""Hours that the clock skips in spring, or that come twice in autumn: said plainly, and kept where they stand already."""

from datetime import UTC

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SKIPPED = _("The clock skips this hour on that day. Choose an earlier or a later one.")
REPEATED = _("This hour comes twice on that day, as the clock goes back. Choose an earlier or a later one.")


class HourField(forms.DateTimeField):
    """A moment in the site's time zone. `standing` is the one that stood there: it is kept, whatever hour it is."""

    standing = None

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            hour = error.params["datetime"]
            if self.standing and as_shown(self.standing) == hour.replace(second=0, microsecond=0):
                return self.standing
            raise ValidationError(REPEATED if exists(hour) else SKIPPED, code=error.code) from error


def as_shown(moment):
    """Return a moment as a form shows it: in local time, to the minute."""
    return timezone.localtime(moment).replace(tzinfo=None, second=0, microsecond=0)


def exists(hour):
    """Say whether a local hour exists at all."""
    zone = timezone.get_current_timezone()
    return hour.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == hour


def keep_standing(form):
    """Let the hours of a form know what stood in them when it was opened."""
    for name, field in form.fields.items():
        if isinstance(field, HourField):
            field.standing = form.initial.get(name)
