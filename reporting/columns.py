"""Columns of the tables of reports."""

from wagtail.admin.ui.tables import Column

from languages.numbers import format_number


class NumberColumn(Column):
    """A column of numbers, written as the language of the admin does."""

    def get_value(self, instance):
        return format_number(super().get_value(instance))
