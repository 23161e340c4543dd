"""How each text of an object stands in each language, for whoever edits it: pure, from units and a memory."""

from dataclasses import dataclass

from languages import parity
from languages.lags import lags
from languages.texts import is_filled, text_for_reader
from languages.word_diff import mark_changes

MISSING, BEHIND, FALLBACK, FINE = "missing", "behind", "fallback", "fine"


@dataclass(frozen=True, slots=True)
class Twin:
    """A language that changed while a text stayed: its key for `alignment.advanced(confirmed=…)`, and the change as HTML."""

    language: str
    key: str
    difference: str


@dataclass(frozen=True, slots=True)
class TextState:
    """How a text stands in one language: `missing` keeps the object from being published, `behind` has `twins` that moved on,
    `fallback` is empty and shown to readers in the language `shows`, `fine` needs nothing."""

    address: str
    language: str
    state: str
    twins: tuple = ()
    shows: str = ""


def text_states(texts, memory):
    """Return the `State` of every unit in `texts` and every language it is meant for, in their order.

    `memory` is in step with `texts` (`alignment.refresh`). What no language has and none needs is left out, as is what is
    empty where each language has its own.
    """
    texts = list(texts)
    missing = {(unit.address, code) for unit, code in parity.gaps(texts)}
    behind = {(lag.address, lag.language): lag for lag in lags(memory)}
    found = []
    for unit in texts:
        for code in unit.languages:
            place = unit.address, code
            if place in missing:
                found.append(TextState(*place, MISSING))
            elif place in behind:
                found.append(TextState(*place, BEHIND, twins_of(behind[place], unit, memory)))
            elif is_filled(unit.texts[code]):
                found.append(TextState(*place, FINE))
            elif unit.kind != "own" and (instead := text_for_reader(unit.texts, code)).text:
                found.append(TextState(*place, FALLBACK, shows=instead.language))
    return found


def twins_of(lag, unit, memory):
    """Return the `Twin`s of a lag. What a twin said before is "" where nobody remembers it."""
    before = memory.get("was", {})
    return tuple(
        Twin(code, key, mark_changes(before.get(then, ""), unit.texts[code], unit.kind))
        for key, (code, then, _now) in zip(lag.keys, lag.twins, strict=True)
    )


def first_to_mend(found):
    """Return the first `State` of `found` that needs work, by language; what is missing comes before what is behind."""
    first = {}
    for kind in (MISSING, BEHIND):
        for state in found:
            if state.state == kind:
                first.setdefault(state.language, state)
    return first
