"""How long we keep what readers told us, looked at and searched for."""

import calendar


def months_before(moment, number):
    """Return the same moment `number` months earlier, on the last day of a month that is too short. Takes dates too.

    >>> from datetime import date
    >>> months_before(date(2026, 3, 31), 1)
    datetime.date(2026, 2, 28)
    """
    months = moment.year * 12 + moment.month - 1 - number
    year, month = divmod(months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, calendar.monthrange(year, month + 1)[1]))
