"""The state of each text of an object in each language, for whoever edits it: pure, from units and a memory."""

from dataclasses import dataclass

from languages import parity
from languages.lags import lags, moved_twins
from languages.open_texts import open_texts
from languages.texts import is_filled, text_for_reader
from languages.word_diff import mark_changes

MISSING, OPEN, BEHIND, FALLBACK, FINE = "missing", "open", "behind", "fallback", "fine"


@dataclass(frozen=True, slots=True)
class Twin:
    """A language that changed since it agreed with a text: the change as HTML, and where the text is behind because of it, the
    key for `alignment.advance(confirmed=…)`, else ""."""

    language: str
    key: str
    difference: str


@dataclass(frozen=True, slots=True)
class TextState:
    """The state of a text in one language: `missing` keeps the object from being published, `open` is in translation, `by` the
    user of that key `since` that moment (ISO), `behind` has `twins` that moved on, `fallback` is empty and shown to readers in
    the language `shows`, `fine` needs nothing. `kind` is that of what is open (`open_texts`)."""

    address: str
    language: str
    state: str
    twins: tuple = ()
    shows: str = ""
    by: int | None = None
    since: str = ""
    kind: str = ""


def text_states(texts, memory):
    """Return the `TextState` of every unit in `texts` and every language it is meant for, in their order.

    `memory` is in step with `texts` (`alignment.refresh`). What no language has and none needs is left out, as is what is
    empty where each language has its own.
    """
    texts = list(texts)
    missing = {(unit.address, code) for unit, code in parity.gaps(texts)}
    behind = {(lag.address, lag.language): lag for lag in lags(memory)}
    unfinished = {(text.address, text.language): text for text in open_texts(memory)}
    result = []
    for unit in texts:
        for code in unit.languages:
            place = unit.address, code
            if place in missing:
                result.append(TextState(*place, MISSING))
            elif place in unfinished:
                text = unfinished[place]
                twins = twins_of_open(*place, unit, memory)
                result.append(TextState(*place, OPEN, twins, by=text.by, since=text.since, kind=text.kind))
            elif place in behind:
                result.append(TextState(*place, BEHIND, twins_of(behind[place], unit, memory)))
            elif is_filled(unit.texts[code]):
                result.append(TextState(*place, FINE))
            elif unit.kind != "own" and (fallback := text_for_reader(unit.texts, code)).text:
                result.append(TextState(*place, FALLBACK, shows=fallback.language))
    return result


def twins_of(lag, unit, memory):
    """Return the `Twin`s of a lag."""
    return tuple(
        Twin(code, key, difference(code, then, unit, memory))
        for key, (code, then, _now) in zip(lag.keys, lag.twins, strict=True)
    )


def twins_of_open(address, language, unit, memory):
    """Return the `Twin`s that whoever has a text in translation is following."""
    moved = moved_twins(memory, address, language)
    return tuple(Twin(code, "", difference(code, then, unit, memory)) for code, _own, then, _now in moved)


def difference(language, then, unit, memory):
    """Return what changed in a language as HTML. What it said before is "" where nobody remembers it."""
    return mark_changes(memory.get("was", {}).get(then, ""), unit.texts[language], unit.kind)
