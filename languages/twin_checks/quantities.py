"""Numbers, amounts, dates and hours in a text, each as what it may mean, whatever the language that writes it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from languages.twin_checks.days import BESIDE, clock_times, names_in_calendar, numeric_dates
from languages.twin_checks.number_words import number_words

SPACES = " \u00a0\u202f\u2009"
GAP = f"[{SPACES}]?"
NUMBER = re.compile(rf"(?<![\w.,])\d{{1,3}}(?:[{SPACES}]\d{{3}}){{1,6}}(?:[.,]\d++)?(?![\d.,]*\d)|(?<!\w)\d+(?:[.,]\d+)*")
ROMAN = re.compile(r"(?<![\w-])([IVX]{2,})(?=(?:e|er|ème)?\b)")
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
THOUSAND, MILLION, BILLION, TRILLION, QUINTILLION = (10**power for power in (3, 6, 9, 12, 18))  # as in English
SCALES = {
    "nl": {
        **{"duizend": THOUSAND, "miljoen": MILLION, "mln": MILLION, "miljard": BILLION, "mld": BILLION},
        **{"biljoen": TRILLION, "triljoen": QUINTILLION},
    },
    "fr": {
        **{"mille": THOUSAND, "million": MILLION, "millions": MILLION, "milliard": BILLION, "milliards": BILLION},
        **{"billion": TRILLION, "billions": TRILLION, "trillion": QUINTILLION, "trillions": QUINTILLION},
    },
    "en": {"thousand": THOUSAND, "million": MILLION, "billion": BILLION, "trillion": TRILLION, "quintillion": QUINTILLION},
}
SCALE = {code: re.compile(rf"{GAP}({'|'.join(sorted(words, key=len, reverse=True))})\b") for code, words in SCALES.items()}
PERCENT, EURO = "%", "€"
AFTER = {
    PERCENT: re.compile(rf"{GAP}(?:%|procent|pour{GAP}cent|per{GAP}?cent)"),
    EURO: re.compile(rf"{GAP}(?:d['’]|de )?(?:€|euro|EUR)"),
}
BEFORE = re.compile(rf"(?:€|EUR){GAP}\Z")
# A text that says so has its unit, wherever it stands.
NAMED_UNIT = {
    PERCENT: re.compile(r"%|percent|per.cent|procent|pour.?cent|taux|\brate\b|graad"),
    EURO: re.compile(r"€|euro|EUR", re.I),
}
DECADE = re.compile(r"(?:jaren|années) ['’]?\Z|['’]\Z")
DAY_BEFORE = re.compile(rf"(?<!\d)(\d{{1,2}})(?:er|e|de|ste|st|nd|rd|th)?(?: of| de)?[{SPACES}]\Z")
YEAR_AFTER = re.compile(rf",?[{SPACES}](\d{{4}})(?!\d)")
DAY_AFTER = re.compile(rf"[{SPACES}](\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,:]\d)(?:,?[{SPACES}](\d{{4}})(?!\d))?")
GROUPS = {"nl": ".", "fr": ".", "en": ","}
TAKEN = "\x1f"
MOST_FIGURES = 50  # of a number; what is longer means none


@dataclass(frozen=True, slots=True)
class Quantity:
    """What may be a number in a text: what it may mean, and how it is written.

    `is_exact` is said of figures, which the twin must have; of words, it must have another only where it has one too many.
    """

    readings: frozenset
    words: str
    is_exact: bool = True
    is_asked: bool = True
    unit: str = ""
    is_date: bool = False
    pool: str = "numbers"


@lru_cache(maxsize=2_000)
def quantities(text, language):
    """Return the `Quantity`s of a text, read as `language` writes them."""
    found = []
    text = take(text, found, dates(text))
    text = take(text, found, month_dates(text, language))
    text = take(text, found, hours(text))
    text = take(text, found, figures(text, language))
    take(text, found, spelt_numbers(text, language))
    return tuple(found)


def take(text, found, pairs):
    """Add quantities to a list, given with their spans; return the text without them, as long as before."""
    signs = list(text)
    for some, (start, end) in pairs:
        found += some
        signs[start:end] = TAKEN * (end - start)
    return "".join(signs)


def dates(text):
    for day, month, year, match in numeric_dates(text):
        numbers = [Quantity(frozenset({number}), match[0], is_date=True) for number in (day, year)]
        yield [*numbers, Quantity(frozenset({month}), match[0], is_exact=False, is_date=True, pool="months")], match.span()


def month_dates(text, language):
    """Yield months and days of the week, a month with the day and the year beside it."""
    for number, match in names_in_calendar("months", text, language):
        start, end = match.span()
        numbers = []
        if before := DAY_BEFORE.search(text, max(0, start - BESIDE), start):
            start = before.start()
            numbers.append(int(before[1]))
        if after := YEAR_AFTER.match(text, end):
            numbers.append(int(after[1]))
        elif language == "en" and not before and (after := DAY_AFTER.match(text, end)):
            numbers += [int(part) for part in after.groups() if part]
        end = after.end() if after else end
        words = text[start:end]
        exact = [Quantity(frozenset({one}), words, is_date=True) for one in numbers]
        yield [*exact, Quantity(frozenset({number}), words, False, is_date=True, pool="months")], (start, end)
    for number, match in names_in_calendar("days", text, language):
        yield [Quantity(frozenset({number}), match[0], False, is_date=True, pool="days")], match.span()


def hours(text):
    for readings, match in clock_times(text):
        decimals = {Decimal(one.replace(":", ".")).normalize() for one in readings if isinstance(one, str)}
        yield [Quantity(frozenset(readings | decimals), match[0].strip())], match.span()


def figures(text, language):
    """Yield what is written in figures, with its scale and its unit, and Roman numerals, which answer rather than ask."""
    for match in NUMBER.finditer(text):
        start, end = match.span()
        value = read_number(match[0], language)
        if scale := isinstance(value, Decimal) and SCALE[language].match(text, end):
            value, end = value * SCALES[language][scale[1]], scale.end()
        unit = next((unit for unit, pattern in AFTER.items() if pattern.match(text, end)), "")
        unit = unit or (EURO if BEFORE.search(text, max(0, start - BESIDE), start) else "")
        readings = {value}
        if (
            len(match[0]) == 2
            and match[0][1] == "0"
            and (DECADE.search(text, max(0, start - BESIDE), start) or text[end : end + 1] == "s")
        ):
            readings.add(Decimal(1900 + int(match[0])))
        yield [Quantity(frozenset(readings), text[start:end] + unit_words(text, start, end, unit), unit=unit)], (start, end)
    for match in ROMAN.finditer(text):
        yield [Quantity(frozenset({roman_value(match[1])}), match[1], is_exact=False)], match.span()


def unit_words(text, start, end, unit):
    """Return how a unit is written behind a number, "" where it stands before it."""
    after = unit and AFTER[unit].match(text, end)
    return after[0] if after else ""


def spelt_numbers(text, language):
    for numbers, is_asked, match in number_words(text, language):
        scale = SCALE[language].match(text, match.end())
        scaled = {number * SCALES[language][scale[1]] for number in numbers} if scale else set()
        yield [Quantity(frozenset(numbers | scaled), match[0], is_exact=False, is_asked=is_asked)], match.span()


def read_number(figures, language):
    """Return the `Decimal` that figures mean in a language, or the figures themselves where they are no number: "2.2.1".

    Babel reads neither "1 600" in Dutch nor "1.600" in French, both of which Belgians write.
    """
    group = GROUPS[language]
    decimal = "," if group == "." else "."
    if len(figures) > MOST_FIGURES:
        return figures
    compact = re.sub(f"[{SPACES}]", "", figures)
    if compact != figures or re.fullmatch(r"\d+(?:[.,]\d+)?", compact):
        is_grouped = compact == figures and re.fullmatch(rf"[1-9]\d{{0,2}}\{group}\d{{3}}", compact)
        return Decimal(compact.replace(group, "") if is_grouped else compact.replace(",", ".")).normalize()
    if re.fullmatch(rf"[1-9]\d{{0,2}}(?:\{group}\d{{3}})+(?:\{decimal}\d+)?", compact):
        return Decimal(compact.replace(group, "").replace(decimal, ".")).normalize()
    return compact


def roman_value(numeral):
    values = [ROMAN_VALUES[sign] for sign in numeral]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def other_quantities(first, second):
    """Return `(check, words of the first, words of the second)` where the quantities of two texts differ, else None.

    `check` is "dates", "amounts" or "numbers". Both are tuples of `Quantity`s.
    """
    missing = [without_answer(one, other) for one, other in ((first, second), (second, first))]
    exact = [[one for one in side if one.is_exact] for side in missing]
    if not any(exact):
        # A word for a number that the twin lacks is one that meets another there: "three" and "quatre".
        pools = [{one.pool for one in side} for side in reversed(missing)]
        missing = [[one for one in side if one.pool in rivals] for side, rivals in zip(missing, pools, strict=True)]
    if not any(missing):
        return None
    every = [*missing[0], *missing[1]]
    check = "dates" if any(one.is_date for one in every) else "amounts" if any(one.unit for one in every) else "numbers"
    return check, *(tuple(dict.fromkeys(one.words.strip() for one in side)) for side in missing)


def without_answer(quantities, others):
    """Return the quantities to which no other one answers."""
    readings = {}
    for one in others:
        readings.setdefault(one.pool, set()).update(one.readings)
    return [one for one in quantities if one.is_asked and not one.readings & readings.get(one.pool, set())]


def other_units(first, second, first_text, second_text):
    """Return the words of amounts and percentages of the one text whose number the other has without any such unit."""
    found = ((), ())
    for number, (one, other, text) in enumerate(((first, second, second_text), (second, first, first_text))):
        bare = {reading for quantity in other if quantity.is_exact and not quantity.unit for reading in quantity.readings}
        named = {unit for unit, pattern in NAMED_UNIT.items() if pattern.search(text)} | {""}
        lost = [quantity.words for quantity in one if quantity.unit not in named and quantity.readings & bare]
        if lost:
            found = (tuple(lost), ()) if number == 0 else ((), tuple(lost))
    return found
