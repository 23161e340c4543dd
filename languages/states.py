"""The state of each text of an object in each language, for whoever edits it: pure, from units and a memory."""

from dataclasses import dataclass

from languages import parity
from languages.lags import lags
from languages.texts import is_filled, text_for_reader
from languages.word_diff import mark_changes

MISSING, BEHIND, FALLBACK, FINE = "missing", "behind", "fallback", "fine"


@dataclass(frozen=True, slots=True)
class Twin:
    """A language that changed while a text stayed: its key for `alignment.advance(confirmed=…)`, and the change as HTML."""

    language: str
    key: str
    difference: str


@dataclass(frozen=True, slots=True)
class TextState:
    """The state of a text in one language: `missing` keeps the object from being published, `behind` has `twins` that moved on,
    `fallback` is empty and shown to readers in the language `shows`, `fine` needs nothing."""

    address: str
    language: str
    state: str
    twins: tuple = ()
    shows: str = ""


def text_states(texts, memory):
    """Return the `TextState` of every unit in `texts` and every language it is meant for, in their order.

    `memory` is in step with `texts` (`alignment.refresh`). What no language has and none needs is left out, as is what is
    empty where each language has its own.
    """
    texts = list(texts)
    missing = {(unit.address, code) for unit, code in parity.gaps(texts)}
    behind = {(lag.address, lag.language): lag for lag in lags(memory)}
    result = []
    for unit in texts:
        for code in unit.languages:
            place = unit.address, code
            if place in missing:
                result.append(TextState(*place, MISSING))
            elif place in behind:
                result.append(TextState(*place, BEHIND, twins_of(behind[place], unit, memory)))
            elif is_filled(unit.texts[code]):
                result.append(TextState(*place, FINE))
            elif unit.kind != "own" and (fallback := text_for_reader(unit.texts, code)).text:
                result.append(TextState(*place, FALLBACK, shows=fallback.language))
    return result


def twins_of(lag, unit, memory):
    """Return the `Twin`s of a lag. What a twin said before is "" where nobody remembers it."""
    before = memory.get("was", {})
    return tuple(
        Twin(code, key, mark_changes(before.get(then, ""), unit.texts[code], unit.kind))
        for key, (code, then, _now) in zip(lag.keys, lag.twins, strict=True)
    )
