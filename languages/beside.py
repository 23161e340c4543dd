"""What the editor says beside the texts of a form: how each stands in each language, what changed, and what apps add."""

from django.utils.translation import gettext as _
from wagtail import hooks

from languages.codes import current, name_in
from languages.states import states
from languages.texts import shown
from languages.units import units

# Functions `(instance, units) -> mapping` by which apps above add to what is said; each with a key of its own.
HOOK = "say_beside_texts"


def beside(instance):
    """Return what is said beside the texts of `instance`, as plain data for the editor's script.

    {"states": [{"address", "language", "state", "says", "key", "twins": [{"language", "says", "html"}]}],
     "moved":  [{"address", "language", "says", "keys"}]}       texts that changed while others stayed behind

    What is fine is left out. `html` is escaped, `says` is in the reader's language.
    """
    texts = list(units(instance))
    by_address = {unit.address: unit for unit in texts}
    found = [one for one in states(texts, getattr(instance, "alignment", None) or {}) if one.state != "fine"]
    said = {
        "states": [described(one, by_address[one.address]) for one in found],
        "moved": moved([one for one in found if one.state == "behind"]),
    }
    for add in hooks.get_hooks(HOOK):
        said |= add(instance, texts)
    return said


def described(one, unit):
    """Return one state as plain data."""
    return {
        "address": one.address,
        "language": one.language,
        "state": one.state,
        "says": says(one, unit),
        "key": one.key,
        "twins": [
            {"language": code, "says": _("What changed in %(language)s") % {"language": language(code)}, "html": html}
            for code, html in one.twins
        ],
    }


def says(one, unit):
    """Return a state in a few words."""
    if one.state == "missing":
        return _("Missing")
    if one.state == "behind":
        return _("Behind %(languages)s") % {"languages": listed(code for code, _html in one.twins)}
    return _("Readers see %(language)s") % {"language": language(shown(unit.texts, one.language).language)}


def moved(lags):
    """Return the texts that changed while others stayed behind, each with the keys of the lags that are due to it alone.

    Where two languages changed, nobody can say in one of them that both changes are small: those are left to the text behind.
    """
    found = {}
    for lag in lags:
        if len(lag.twins) == 1:
            found.setdefault((lag.address, lag.twins[0][0]), []).append(lag)
    return [
        {
            "address": address,
            "language": code,
            "says": _("Not followed yet: %(languages)s") % {"languages": listed(lag.language for lag in behind)},
            "keys": [lag.key for lag in behind],
        }
        for (address, code), behind in found.items()
    ]


def language(code):
    """Return the name of a language within a sentence in the reader's own."""
    return name_in(code, current())


def listed(codes):
    return ", ".join(language(code) for code in codes)
