"""Columns of the tables of reports."""

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.ui.tables import Column

from languages.numbers import format_number


class NumberColumn(Column):
    """A column of numbers, written as the language of the admin does."""

    def get_value(self, instance):
        return format_number(super().get_value(instance))


class DayColumn(Column):
    """A column of days, written out: how long ago a day was, as of a moment, says little of one that is still to come."""

    def get_value(self, instance):
        day = super().get_value(instance)
        return date_format(day) if day else ""


class MomentColumn(Column):
    """A column of moments in Brussels time, which may be still to come: Wagtail's own calls them some time ago."""

    def get_value(self, instance):
        return date_format(timezone.localtime(super().get_value(instance)), "SHORT_DATETIME_FORMAT")
