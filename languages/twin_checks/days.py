"""Days, months and hours of the day, as each language writes them."""

import re
from functools import cache

from babel.dates import get_day_names, get_month_names

ISO = re.compile(r"(?<![\d/.-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d/-])")
NUMERIC = re.compile(r"(?<![\d/.])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/])")
SPACE = "[ \u00a0\u202f]"
# Half past nine, where the minutes show that it is an hour: "9.30 uur", "9u30", "9 h 30", "9:30", "9.30 am".
CLOCK = re.compile(
    rf"(?<![\d.,:])([01]?\d|2[0-4])(?:{SPACE}?[hu]{SPACE}?|:|[.](?=[0-5]\d{SPACE}?(?:uur|u\b|a\.?m|p\.?m)))([0-5]\d)(?!\d)"
    rf"(?:{SPACE}?(?:uur|u\b|h\b))?(?:{SPACE}?([ap])\.?m\b\.?)?",
    re.IGNORECASE,
)
WHOLE_HOUR = re.compile(rf"(?<![\d.,:])(1[0-2]|[1-9]){SPACE}?([ap])\.?m\b\.?", re.IGNORECASE)
MARCH_OR_MAY = {"March", "May"}  # words of other meanings, which are months beside a number
BESIDE_A_NUMBER = re.compile(r"\d\w{0,2} (?:of )?\Z|\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Oo]f|[Ee]nd|[Ll]ate) \Z")
NUMBER_AFTER = re.compile(r" \d")
BESIDE = 20  # signs before a word in which all that it may stand beside has room


@cache
def name_pattern(kind, language):
    """Return `({name: number}, regular expression)` of the months or of the days of the week in a language."""
    names = get_month_names("wide", locale=language) if kind == "months" else get_day_names("wide", locale=language)
    by_name = {name.lower(): number for number, name in names.items()}
    listed = "|".join(names.values())  # in English with capitals, unlike "march" and "may"
    plural = "" if kind == "months" else "(?:s|en)?"
    return by_name, re.compile(rf"(?<![\w-])({listed}){plural}(?!\w)", 0 if language == "en" else re.IGNORECASE)


def names_in_calendar(kind, text, language):
    """Yield `(number, match)` for each month or day of the week that a text names."""
    by_name, pattern = name_pattern(kind, language)
    for match in pattern.finditer(text):
        if (
            match[0] not in MARCH_OR_MAY
            or BESIDE_A_NUMBER.search(text, max(0, match.start() - BESIDE), match.start())
            or NUMBER_AFTER.match(text, match.end())
        ):
            yield by_name[match[1].lower()], match


def numeric_dates(text):
    """Yield `(day, month, year, match)` for dates in figures; the day comes first, unless it could be no month then."""
    for match in ISO.finditer(text):
        year, month, day = (int(part) for part in match.groups())
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield day, month, year, match
    for match in NUMERIC.finditer(text):
        day, month, year = (int(match[number]) for number in (1, 3, 4))
        if month > 12 >= day:
            day, month = month, day
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield day, month, year, match


def clock_times(text):
    """Yield `(readings, match)` for the hours of the day in a text, each as what it may be called in another language."""
    for match in CLOCK.finditer(text):
        hour, minute = int(match[1]), match[2]
        hours = {hour, hour + 12} if (match[3] or "").lower() == "p" and hour < 12 else {hour}
        yield {one if minute == "00" else f"{one}:{minute}" for one in hours}, match
    for match in WHOLE_HOUR.finditer(text):
        yield {int(match[1]), int(match[1]) + 12} if match[2].lower() == "p" else {int(match[1])}, match
