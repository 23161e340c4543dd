"""Columns of the tables of reports."""

from babel.numbers import format_decimal
from wagtail.admin.ui.tables import Column

from languages.codes import current


class NumberColumn(Column):
    """A column of numbers, written as the language of the admin does."""

    def get_value(self, instance):
        return format_decimal(super().get_value(instance), locale=current())
