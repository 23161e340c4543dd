"""A package of texts as it goes out, and texts as they come back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

KEY = r"[\w-]{1,64}"  # the pattern of the key of a package
# The states of a text that goes out, and of one that comes back (XLIFF 2.1, 4.3.1.30).
MISSING, BEHIND, FINE = "missing", "behind", "fine"
INITIAL, TRANSLATED, REVIEWED, FINAL = "initial", "translated", "reviewed", "final"


@dataclass(frozen=True, slots=True)
class PackageText:
    """One text that goes out.

    `number` counts from 1 in the package; `page` and `place` tell the translator where it stands. `source` and `target` are
    what the two languages say now, `was` what the source said when both last agreed ("" where that is not known). `limit` is a
    number of characters. Texts that are `is_context` are to be read only. `terms` are pairs of the glossary: source, target.

    Raises `ValueError` for a text without a source: there is nothing to translate.
    """

    number: int
    page: str
    place: str
    kind: str
    source: str
    target: str = ""
    was: str = ""
    limit: int | None = None
    state: str = MISSING
    is_context: bool = False
    terms: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self):
        if not self.source:
            raise ValueError(f"Text {self.number} says nothing in the source language.")


@dataclass(frozen=True, slots=True)
class Head:
    """What identifies a package in a file: its key (`KEY`) and its two languages."""

    key: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Package:
    """What goes out. `texts` may be a generator: formats go through it once and keep nothing."""

    head: Head
    name: str
    texts: Iterable[PackageText]
    deadline: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedText:
    """One text of a file: source and target as parts (`exchange.formats.codes`). An empty target is no translation.

    `is_called_correct` says that somebody marked the translation as right, which a text that is not touched is not by itself.
    """

    number: int
    source: list
    target: list
    state: str
    is_called_correct: bool = False


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """What came back. `texts` is read from the file as one goes on, and may raise `FormatError` up to its end.

    So nothing of it counts before all of it is read.
    """

    head: Head
    texts: Iterator[ReturnedText]


def is_final(state):
    """Say whether a state is one that only somebody who looked at a translation gives it."""
    return state in {REVIEWED, FINAL}


def state_of(state, target):
    """Return the state of a returned text: the one the file says, or where that is not known what its target makes likely."""
    if state in {INITIAL, TRANSLATED, REVIEWED, FINAL}:
        return state
    return TRANSLATED if target else INITIAL
