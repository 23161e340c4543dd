"""Partial dates and what they say about today, as pure functions.

A partial date is a string in the manner of ISO 8601: "2024", "2023-07", "2023-06-08", or "--02-26" for a day whose year is
not known (the reduced form that RFC 6350, section 4.3.1, gives it).
"""

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

from babel.dates import format_date, format_skeleton

ISO = re.compile(r"^(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d))?)?$|^--(?P<bare_month>\d\d)-(?P<bare_day>\d\d)$")
# What people type: 8/6/2023, 06/2023, 26/02. A month never exceeds 12, so 06/2023 is not mistaken for a day.
TYPED = re.compile(
    r"^((?P<day>\d{1,2})[./-])?(?P<month>\d{1,2})[./-](?P<year>\d{4})$|^(?P<bare_day>\d{1,2})[./-](?P<bare_month>\d{1,2})$"
)
LEAP_YEAR = 2000  # a day without a year may be 29 February
DAY_FIRST = {"en": "en_GB"}  # the English of Europe: "8 June 2023" and not "June 8, 2023"
FIRST_IN_FRENCH = re.compile(r"^1 ")  # "1er janvier": the one ordinal of French dates, which Unicode CLDR leaves out


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the day, the month and day, or the year may be unknown (None)."""

    year: int | None
    month: int | None = None
    day: int | None = None

    def __str__(self):
        if self.year is None:
            return f"--{self.month:02}-{self.day:02}"
        return "-".join(f"{part:0{width}}" for part, width in ((self.year, 4), (self.month, 2), (self.day, 2)) if part)

    def first_day(self):
        """Return the first day it may mean, None when the year is not known."""
        return self.year and datetime.date(self.year, self.month or 1, self.day or 1)

    def last_day(self):
        """Return the last day it may mean, None when the year is not known."""
        if not self.year:
            return None
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@lru_cache(maxsize=4096)  # a page asks for the same few dates again and again
def parse(text):
    """Return the `PartialDate` that `text` gives, in ISO form or as people type it. Raises ValueError."""
    match = ISO.match(text.strip()) or TYPED.match(text.strip())
    if not match:
        raise ValueError(text)
    part = {name: int(value) for name, value in match.groupdict().items() if value}
    if not all(part.values()):
        raise ValueError(text)  # a zero is no day, month or year, and must not be taken for one that is unknown
    date = PartialDate(part.get("year"), part.get("month", part.get("bare_month")), part.get("day", part.get("bare_day")))
    datetime.date(date.year or LEAP_YEAR, date.month or 1, date.day or 1)  # raises ValueError for 31 April
    return date


@lru_cache(maxsize=4096)
def format_partial_date(text, language):
    """Return a stored partial date as running text of `language`: "juni 2025", "26 février", "8 June 2023"."""
    date, locale = parse(text), DAY_FIRST.get(language, language)
    if date.month is None:
        return str(date.year)
    example = datetime.date(date.year or LEAP_YEAR, date.month, date.day or 1)
    if date.day is None:
        return format_date(example, "MMMM y", locale=locale)
    text_of_day = (
        format_skeleton("MMMMd", example, locale=locale) if date.year is None else format_date(example, "long", locale=locale)
    )
    return FIRST_IN_FRENCH.sub("1er ", text_of_day) if language == "fr" else text_of_day


def tense(start, end, today):
    """Say whether a term that runs from `start` to `end` (stored partial dates, "" when open) is past, current or future."""
    if end and (last := parse(end).last_day()) and last < today:
        return "past"
    if start and (first := parse(start).first_day()) and first > today:
        return "future"
    return "current"


def format_day(date, language):
    """Return a `datetime.date` as running text of `language`: "1er janvier 2027", "8 June 2023"."""
    return format_partial_date(date.isoformat(), language)
