"""Texts of other objects beside those of one: each pair of texts as two numbers, by which all others can be asked for it."""

from dataclasses import dataclass
from hashlib import blake2s
from itertools import permutations

from languages.lags import lags
from languages.normalising import normalise
from languages.open_texts import open_texts
from languages.twin_checks.wording import field_of, number_of_words
from languages.units import Unit

LABEL_WORDS = 6  # a button or a heading of so many is alike on many pages, whatever the other languages call it


@dataclass(frozen=True, slots=True)
class TextPair:
    """What a text says in two languages.

    `target` is a number for its field, its kind, both languages and what it says in `there`, `source` one for what it says in
    `here`, in small letters. One target with two sources is one translation for two texts. Both are of 64 bits, with a sign.
    """

    address: str
    here: str
    there: str
    target: int
    source: int


@dataclass(frozen=True, slots=True)
class OtherText:
    """A text of another object, as its unit, that has the target of one of our pairs with another source.

    `origin` is whatever stands for it to those who hand it in.
    """

    pair: TextPair
    unit: Unit
    origin: object


def text_pairs(units, memory):
    """Return `{(target, source): TextPair}` for the units of an object and its memory (`languages.alignment`).

    Of what is said twice it is the first. Texts of a few words have none, nor has what is no translation yet: what is behind,
    and what waits for a twin that somebody is changing.
    """
    behind = {(lag.address, lag.language) for lag in lags(memory)}
    changing = {(text.address, text.language) for text in open_texts(memory)}
    pairs = {}
    for unit in units:
        if unit.kind not in ("plain", "rich"):
            continue
        texts = {code: text for code in unit.languages if (text := normalise(unit.texts[code], unit.kind))}
        settled = [code for code in texts if (unit.address, code) not in behind]
        for here, there in permutations(settled, 2):
            if (unit.address, here) not in changing and number_of_words(texts[there], unit.kind) > LABEL_WORDS:
                target = number_of(field_of(unit.address), unit.kind, here, there, texts[there])
                source = number_of(texts[here].casefold())
                pairs.setdefault((target, source), TextPair(unit.address, here, there, target, source))
    return pairs


def number_of(*parts):
    return int.from_bytes(blake2s(repr(parts).encode(), digest_size=8).digest(), signed=True)
