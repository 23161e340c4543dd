"""What comparing the languages of a long form costs: as it is opened for the first time, and after a change of one text."""

from dataclasses import replace
from itertools import chain, islice
from statistics import median
from time import process_time

from differences.site_checks import find_with_keys, surroundings_of_site
from languages.codes import LANGUAGES
from languages.twin_checks import find
from languages.units import units
from pages.models import SitePage

MOST_AT_FIRST, MOST_AFTER_A_CHANGE = 1000, 50  # ms of CPU
ROUNDS = 5


def measure(number):
    """Return `(ms at first, ms after a change)`, CPU, for so many texts of the starting content."""
    texts = list(islice(chain.from_iterable(units(page.specific) for page in SitePage.objects.order_by("pk")), number))
    find.found_in_texts.cache_clear()
    first = cost(texts)
    return first, median(cost([change(texts[0], turn), *texts[1:]]) for turn in range(ROUNDS))


def cost(texts):
    begin = process_time()
    find_with_keys(texts, surroundings_of_site())
    return (process_time() - begin) * 1000


def change(unit, turn):
    return replace(unit, texts={**unit.texts, LANGUAGES[0]: f"{unit.texts[LANGUAGES[0]]} {turn}"})


def sentences(number):
    """Return what is to be said of so many texts, one line more where a budget is exceeded."""
    first, after = measure(number)
    line = (
        f"- Differences between the languages of {number} texts: {first:.0f} ms of CPU at first, {after:.0f} after a change "
        f"of one; at most {MOST_AT_FIRST:,} and {MOST_AFTER_A_CHANGE} are allowed."
    )
    is_over = first > MOST_AT_FIRST or after > MOST_AFTER_A_CHANGE
    return [line, *(["- Over budget: the differences between languages."] if is_over else [])]
