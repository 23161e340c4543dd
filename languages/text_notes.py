"""What the editor says beside the texts of a form: how each stands in each language, what changed, and what apps add."""

from django.utils.translation import gettext as _
from wagtail import hooks

from languages import alignment
from languages.codes import current_language, name_in
from languages.states import BEHIND, FINE, MISSING, text_states
from languages.units import units

# Functions `(instance, units) -> mapping` by which apps above add to what is said; each with a key of its own.
HOOK = "construct_text_notes"


def text_notes(instance):
    """Return what is said beside the texts of `instance`, as plain data for the editor's script.

    {"states": [{"address", "language", "state", "says", "keys", "twins": [{"language", "says", "html"}]}],
     "moved":  [{"address", "language", "says", "keys"}]}       texts that changed while twins stayed behind

    What is fine is left out. `keys` are those of lags (`languages.lags`), `html` is escaped, `says` is in the language of
    whoever edits.
    """
    texts = list(units(instance))
    memory = alignment.refresh(getattr(instance, "alignment", {}), texts)  # pictures and documents keep none
    found = [one for one in text_states(texts, memory) if one.state != FINE]
    said = {"states": [note_of(one) for one in found], "moved": moved_texts(found)}
    for add in hooks.get_hooks(HOOK):
        said |= add(instance, texts)
    return said


def note_of(one):
    """Return one state as plain data."""
    return {
        "address": one.address,
        "language": one.language,
        "state": one.state,
        "says": state_label(one),
        "keys": [twin.key for twin in one.twins],
        "twins": [
            {
                "language": twin.language,
                "says": _("What changed in %(language)s") % {"language": language_name(twin.language)},
                "html": twin.difference,
            }
            for twin in one.twins
        ],
    }


def state_label(one):
    """Return a state in a few words."""
    if one.state == MISSING:
        return _("Missing")
    if one.state == BEHIND:
        return _("Behind")
    return _("Readers see %(language)s") % {"language": language_name(one.shows)}


def moved_texts(found):
    """Return the texts that changed while twins stayed behind, with the keys of all lags that are due to them."""
    movers = {}
    for one in found:
        for twin in one.twins:
            movers.setdefault((one.address, twin.language), []).append((one.language, twin.key))
    return [
        {
            "address": address,
            "language": code,
            "says": _("Not followed yet: %(languages)s") % {"languages": join_names(behind for behind, _key in lags)},
            "keys": [key for _behind, key in lags],
        }
        for (address, code), lags in movers.items()
    ]


def language_name(code):
    """Return the name of a language within a sentence of whoever edits."""
    return name_in(code, current_language())


def join_names(codes):
    return ", ".join(language_name(code) for code in codes)
