"""Facts as people read them: a date, a choice, or the name of what a key stands for."""

from django.utils import formats
from django.utils.translation import gettext as _


def value_label(field, value):
    """Return the value of a form's field in words of the active language, "" for nothing."""
    if value in (None, "", [], ()):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, (list, tuple)):
        return ", ".join(choice_label(field, part) for part in value)
    return choice_label(field, value)


def choice_label(field, value):
    """Return the label of a choice, or the name of what a key stands for."""
    if hasattr(field, "queryset"):
        key = getattr(value, "pk", value)
        return str(field.queryset.filter(pk=key).first() or key)
    labels = dict(getattr(field, "choices", None) or ())
    return str(labels.get(value) or formats.localize(value))
