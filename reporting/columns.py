"""Columns of the tables of reports."""

from wagtail.admin.ui.tables import Column

from languages.numbers import written


class NumberColumn(Column):
    """A column of numbers, written as the language of the admin does."""

    def get_value(self, instance):
        return written(super().get_value(instance))
