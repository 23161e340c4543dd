"""Which texts of a page a machine may draft in a language, from which other language, and which are left out and why."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from languages import alignment
from languages.open_texts import open_texts
from languages.states import BEHIND, FALLBACK, MISSING, text_states
from languages.texts import is_filled
from languages.units import Unit, units

DRAFTED_KINDS = ("plain", "rich")
DRAFTED_STATES = (MISSING, BEHIND, FALLBACK)
REASONS = {
    "kept": _("Not drafted, since these texts are never sent to the translation service: %(texts)s."),
    "no_source": _("Not drafted, since no other language is done: %(texts)s."),
    "later": _("Not drafted yet, since there are too many for one time; ask once more: %(texts)s."),
    "changed": _("Not drafted, since somebody has changed it in the meantime: %(texts)s."),
    "lost_marks": _("Not drafted, since links or formatting were lost at the translation service: %(texts)s."),
    "too_long": _("Not drafted, since the draft is too long for its place: %(texts)s."),
    "empty": _("Not drafted, since the translation service sent nothing back: %(texts)s."),
}


@dataclass(frozen=True, slots=True)
class TextToDraft:
    """A unit, and the language in which it says what is to be translated into the language `target`."""

    unit: Unit
    source: str
    target: str

    @property
    def source_text(self):
        return self.unit.texts[self.source]

    @property
    def target_text(self):
        return self.unit.texts[self.target]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A unit that a machine did not draft; `reason` is a key of `REASONS`, which are sentences."""

    unit: Unit
    reason: str


def choose_texts(page, language):
    """Return the texts of a version of a page that are missing or behind in a language: two lists, `TextToDraft`, `LeftOut`."""
    texts = list(units(page))
    memory = alignment.refresh(page.alignment, texts)
    by_address = {unit.address: unit for unit in texts}
    states = text_states(texts, memory)
    unfinished = {(text.address, text.language) for text in open_texts(memory)}
    behind = {(state.address, state.language) for state in states if state.state == BEHIND}
    chosen, left_out = [], []
    for state in states:
        unit = by_address[state.address]
        if state.language != language or state.state not in DRAFTED_STATES or unit.kind not in DRAFTED_KINDS:
            continue
        source = source_of(unit, state, unfinished, behind)
        if unit.address.split(".")[0] in page.never_sent:
            left_out.append(LeftOut(unit, "kept"))
        elif source is None:
            left_out.append(LeftOut(unit, "no_source"))
        else:
            chosen.append(TextToDraft(unit, source, language))
    return chosen, left_out


def source_of(unit, state, unfinished, behind):
    """Return the language to translate from, None where none is done: one that moved on, else the first in reading order."""
    if state.twins:
        return state.twins[0].language
    others = [
        code
        for code in settings.LANGUAGE_FALLBACKS[state.language]
        if code in unit.languages and is_filled(unit.texts[code]) and (unit.address, code) not in unfinished
    ]
    in_step = [code for code in others if (unit.address, code) not in behind]
    return next(iter(in_step or others), None)
