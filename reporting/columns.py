"""Columns of the tables of reports."""

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
