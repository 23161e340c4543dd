"""Notes beside the texts of a form: the state of each in each language, what changed, and what apps add."""

from django.utils.translation import gettext as _
from wagtail import hooks

from languages import alignment
from languages.codes import LANGUAGES, language_name
from languages.lags import keys_in_languages
from languages.open_texts import IMPORTED, MACHINE, UNCONFIRMED, place_of
from languages.states import BEHIND, FINE, MISSING, OPEN, text_states
from languages.translators import translator_words
from languages.units import units

# The hook of functions `(instance, units, reader) -> mapping` by which apps above add notes; each has keys of its own.
HOOK = "construct_text_notes"


def text_notes(instance, own=LANGUAGES, reader=None):
    """Return the notes on the texts of `instance`, as plain data for the script of `reader`, who writes in the languages `own`.

    {"states": [{"address", "language", "state", "says", "keys", "twins": [{"language", "says", "html"}]}],
     "moved":  [{"address", "language", "says", "keys"}]}       texts that changed while twins stayed behind

    What is fine is left out. `keys` are those of lags (`languages.lags`) that the reader may call still correct, and of a text
    in translation its place, by which a form says that it is done; that one also has `by`, who works at it since when, and
    `is_mine` where that is the reader, or nobody who is still there, or where it is to be confirmed: then
    `action` is what its button says. `html` is escaped, `says` and `by` are in their language.
    """
    texts = list(units(instance))
    memory = alignment.refresh(getattr(instance, "alignment", {}), texts)  # pictures and documents keep none
    to_mend = [state for state in text_states(texts, memory) if state.state != FINE]
    notes = {"states": notes_of(to_mend, reader), "moved": moved_texts(to_mend)}
    for note in (*notes["states"], *notes["moved"]):
        note["keys"] = keys_in_languages(note["keys"], own)
    for add in hooks.get_hooks(HOOK):
        notes |= add(instance, texts, reader)
    return notes


def notes_of(states, reader):
    """Return states as plain data; one query where texts are open, for who works at them."""
    unfinished = [state for state in states if state.state == OPEN]
    translators = dict(zip(unfinished, translator_words(unfinished, reader), strict=True))
    return [note_of(state) | (open_note(state, translators[state]) if state in translators else {}) for state in states]


def open_note(state, words):
    """Return who has a text in translation, given the words for that; what is to be confirmed is anybody's to finish."""
    if state.kind in UNCONFIRMED:
        says = {
            IMPORTED: _("From a file, taken over by %(who)s %(when)s: read it, then confirm it."),
            MACHINE: _("Drafted by a machine for %(who)s %(when)s: read it, then confirm it."),
        }
        return {"by": says[state.kind] % words, "is_mine": True, "action": _("Confirm")}
    return {"by": _("In translation by %(who)s since %(when)s.") % words, "is_mine": words["is_mine"]}


def note_of(state):
    """Return one state as plain data."""
    return {
        "address": state.address,
        "language": state.language,
        "state": state.state,
        "says": state_label(state),
        "keys": [place_of(state.address, state.language)] if state.state == OPEN else [twin.key for twin in state.twins],
        "twins": [
            {
                "language": twin.language,
                "says": _("What changed in %(language)s") % {"language": language_name(twin.language)},
                "html": twin.difference,
            }
            for twin in state.twins
        ],
    }


def state_label(state):
    """Return the words for a state."""
    if state.state == MISSING:
        return _("Missing")
    if state.state == BEHIND:
        return _("Behind")
    if state.state == OPEN:
        return {IMPORTED: _("From a file"), MACHINE: _("By a machine")}.get(state.kind) or _("In translation")
    return _("Readers see %(language)s") % {"language": language_name(state.shows)}


def moved_texts(states):
    """Return the texts that changed while twins stayed behind, with the keys of all lags that are due to them."""
    movers = {}
    for state in (state for state in states if state.state == BEHIND):
        for twin in state.twins:
            movers.setdefault((state.address, twin.language), []).append((state.language, twin.key))
    return [
        {
            "address": address,
            "language": code,
            "says": _("Not followed yet: %(languages)s") % {"languages": join_names(behind for behind, _key in lags)},
            "keys": [key for _behind, key in lags],
        }
        for (address, code), lags in movers.items()
    ]


def join_names(codes):
    return ", ".join(language_name(code) for code in codes)
