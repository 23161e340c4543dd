"""All checks across languages: of one text in its languages, and of all texts of an object."""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations, permutations

from languages import placeholders
from languages.codes import LANGUAGES
from languages.normalising import digest
from languages.texts import is_filled
from languages.twin_checks.contacts import without_contacts
from languages.twin_checks.links import foreign_links, other_addresses, other_phones
from languages.twin_checks.markup import other_markup
from languages.twin_checks.mismatch import Check, Elsewhere, Mismatch
from languages.twin_checks.quantities import other_quantities, other_units, quantities
from languages.twin_checks.reading import read
from languages.twin_checks.wording import is_copied, lacking_terms, shared_translations
from languages.twin_checks.wrong_language import language_seen

CHECKED_KINDS = ("plain", "rich", "url")
VERSION = "3"  # what checks find is found anew everywhere when it changes


@dataclass(frozen=True)
class Surroundings:
    """What checks know beside the texts: the sites of the house, each in all our languages, and its glossary, None without.

    See `languages.twin_checks.wording.lacking_terms` for what a glossary knows. One that says the same as another equals it.
    """

    own_sites: frozenset = field(default_factory=frozenset)
    glossary: object = None


def find_in_units(units, surroundings=Surroundings(), others=()):
    """Return the `Mismatch`es of the texts of one object, in the order of its units; `others` are `elsewhere.OtherText`s."""
    units = [unit for unit in units if unit.kind in CHECKED_KINDS]
    found = {unit.address: find_in_texts(texts_of(unit), unit.kind, surroundings) for unit in units}
    for here, there in permutations(LANGUAGES, 2):
        filled = [unit for unit in units if unit.kind != "url" and {here, there} <= texts_of(unit).keys()]
        for other, unit in shared_translations(filled, (here, there)):
            words = (read(other.texts[here], other.kind).text,)
            found[unit.address].append(Mismatch(Check.SAME, there, here, (read(unit.texts[there], unit.kind).text,), words))
    by_address = {unit.address: unit for unit in units}
    for other in others:
        address = other.pair.address
        found[address].append(compare_elsewhere(by_address[address], other))
    return [replace(mismatch, address=address) for address, mismatches in found.items() for mismatch in mismatches]


def compare_elsewhere(unit, other):
    """Return the mismatch of a unit with an `OtherText`."""
    here, there = other.pair.here, other.pair.there
    own, others = read(unit.texts[there], unit.kind).text, read(other.unit.texts[here], other.unit.kind).text
    where = Elsewhere(other.origin, other.unit.address, digest(other.unit.texts[here], other.unit.kind))
    return Mismatch(Check.SAME, there, here, (own,), (others,), elsewhere=where)


def texts_of(unit):
    return {code: unit.texts[code] for code in unit.languages if is_filled(unit.texts[code])}


def find_in_texts(texts, kind="plain", surroundings=Surroundings()):
    """Return the `Mismatch`es of one text, given as `{language: text}` of the languages that have it; `kind` is its unit's."""
    return list(found_in_texts(tuple(texts.items()), kind, surroundings))


@lru_cache(maxsize=5_000)
def found_in_texts(texts, kind, surroundings):
    """Remember what was found in each text: of a form that is opened or saved again, only what changed is looked at."""
    texts = dict(texts)
    readings = {code: read(text, kind) for code, text in texts.items()}
    found = []
    for code, reading in readings.items():
        twins = {other: twin for other, twin in readings.items() if other != code}
        if links := foreign_links(code, reading, twins, kind, surroundings.own_sites):
            found.append(Mismatch(Check.LINK_LANGUAGE, code, here=links))
        if kind != "url" and (seen := language_seen(without_contacts(reading.text), code)):
            found.append(Mismatch(Check.LANGUAGE, code, here=(seen,)))
    for pair in combinations([code for code in LANGUAGES if code in texts], 2):
        found += find_in_pair(pair, texts, readings, kind, surroundings)
    return tuple(found)


def find_in_pair(pair, texts, readings, kind, surroundings):
    """Yield the mismatches about two languages of a text."""
    first, second = (readings[code] for code in pair)
    if kind != "url" and is_copied(*(texts[code] for code in pair), pair, kind):
        yield Mismatch(Check.COPIED, *pair, here=(first.text,))
        return  # whatever else differs is not to be looked for
    yield from differing(Check.ADDRESSES, pair, other_addresses(first, second, kind))
    if kind == "url":
        return
    yield from differing(Check.PHONES, pair, other_phones(first, second))
    yield from differing(Check.MARKUP, pair, other_markup(first, second))
    yield from differing(Check.PLACEHOLDERS, pair, other_placeholders(first.text, second.text))
    yield from find_quantities(pair, *(without_contacts(one.text) for one in (first, second)))
    if surroundings.glossary:
        for here, there in (pair, pair[::-1]):
            lacking = lacking_terms(readings[here].text, readings[there].text, (here, there), surroundings.glossary)
            # What is to be mended is the text that lacks the term.
            yield from differing(Check.TERMS, (there, here), lacking[::-1])


def differing(check, pair, sides):
    if any(sides):
        yield Mismatch(check, *pair, *sides)


def find_quantities(pair, first, second):
    one, other = quantities(first, pair[0]), quantities(second, pair[1])
    if found := other_quantities(one, other):
        yield Mismatch(found[0], *pair, *found[1:])
    if (not found or found[0] != Check.AMOUNTS) and any(units := other_units(one, other, first, second)):
        yield Mismatch(Check.AMOUNTS, *pair, *units)


def other_placeholders(first, second):
    """Return the placeholders that one text lacks and those that the other lacks; a % behind a figure begins none."""
    extra, missing = placeholders.difference(*(placeholders.PER_CENT.sub(r"\1", text) for text in (first, second)))
    return tuple(extra), tuple(missing)
