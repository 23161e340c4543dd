"""Words of two texts: terms of the glossary, texts that nobody translated, one translation for two texts."""

import re
import unicodedata
from functools import lru_cache

from languages.normalising import normalise
from languages.twin_checks.reading import read
from languages.twin_checks.wrong_language import WORD, language_seen

MIN_WORDS = 4  # shorter texts are alike in two languages often enough
MANY_WORDS = 9  # no name has so many
SENTENCE = re.compile(r"[.!?:](?:\s|$)")  # names and headings have words of their own
ENDING = 3  # letters of a long word that inflection may change


def lacking_terms(first, second, languages, glossary):
    """Return the names of terms that a text uses and its twin does not, and the names expected there, as two tuples.

    `glossary` is one of `directory.glossary.usage`, which stands above this app.
    """
    here, there = languages
    if not SENTENCE.search(first):
        return (), ()
    used = terms_in(glossary, first, here) - terms_in(glossary, second, there)
    lacking = []
    for key in sorted(used):
        names = glossary.names[key]
        is_asked = names[here] and names[there] and glossary.is_of_the_trade(key) and says(first, names[here])
        if is_asked and not any(says(second, form) for form in glossary.forms_of(key, there)):
            lacking.append((names[here], names[there]))
    return tuple(zip(*lacking, strict=True)) if lacking else ((), ())


@lru_cache(maxsize=1_000)
def terms_in(glossary, text, language):
    return glossary.terms_in(text, language)


def says(text, name):
    """Say whether a text has all words of a name, in whatever order and inflection. The stems of the search are SQL."""
    words = bare_words(text)
    return all(any(word.startswith(stem_of(part)) for word in words) for part in bare_words(name))


@lru_cache(maxsize=1_000)
def bare_words(text):
    return tuple(bare(word) for word in WORD.findall(text))


def bare(word):
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def stem_of(word):
    """Return what inflection leaves of a word, roughly."""
    return word[: max(4, len(word) - ENDING)]


def is_copied(first, second, languages, kind):
    """Say whether two texts are one, and no name that is the same in both languages."""
    if normalise(first, kind) != normalise(second, kind):
        return False
    text = read(first, kind).text
    number = len(WORD.findall(text))
    has_little_words = any(language_seen(text, code) for code in languages)
    return number >= MANY_WORDS or (number >= MIN_WORDS and has_little_words)


def shared_translations(units, languages):
    """Yield `(address, other address)` for texts that differ in the first language and are one in the second.

    Only texts of the same field, with more words than a few, are compared.
    """
    seen = {}
    for unit in units:
        source, target = (normalise(unit.texts[code], unit.kind) for code in languages)
        if not source or number_of_words(target, unit.kind) <= MIN_WORDS:
            continue
        other = seen.setdefault((field_of(unit.address), target), (unit, source))
        if other[1] != source and not differ_in_case(other[1], source):
            yield other[0], unit


@lru_cache(maxsize=5_000)
def number_of_words(text, kind):
    return len(WORD.findall(read(text, kind).text))


def field_of(address):
    """Return the last name in the address of a unit: what kind of text it is, wherever it stands."""
    names = [step for step in address.split(".") if re.fullmatch(r"[a-z_]+", step)]
    return names[-1] if names else address


def differ_in_case(first, second):
    return first.casefold() == second.casefold()
