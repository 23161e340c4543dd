"""Maps of member countries: the outlines that `deploy/outlines.py` made, sorted into who belongs and who does not."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from languages.sorting import key
from networks.countries import EU_MEMBERS, name, names
from pages.date_phrases import listed

OUTLINES = Path(__file__).with_name("outlines.json")
DOT = 4  # units of the drawing


@dataclass(frozen=True, slots=True)
class Country:
    """A country in its place: an SVG path ("" where it is too small to have one) and, when it is small, the middle of a dot."""

    code: str
    name: str
    path: str
    dot: list


@dataclass(frozen=True, slots=True)
class Group:
    """Members that look alike on the map: `kind` is "eu" or "other".

    The hatching of the others is a pattern of the page, which outlines of another document do not find: theirs are drawn
    in the page.
    """

    kind: str
    title: str
    codes: list

    @property
    def names(self):
        return names(self.codes)

    @property
    def drawn(self):
        return countries(self.codes)


@dataclass(frozen=True, slots=True)
class Map:
    """What a template draws: members by group, everybody else around them, and the same in words."""

    groups: list
    outside: list  # names of members that lie outside of the frame
    words: str
    around: list
    width: int
    height: int
    radius: int = DOT


@cache
def outlines():
    """Return the data of the map; the file is a part of the code."""
    return json.loads(OUTLINES.read_text(encoding="utf-8"))


def map_of(codes):
    """Return the `Map` on which the countries `codes` are members, in the active language."""
    held, members = outlines(), set(codes)
    eu, others = sorted(members & EU_MEMBERS), sorted(members - EU_MEMBERS)
    drawable = held["countries"].keys() | held["dots"].keys()
    kinds = [("eu", _("EU Member States"), eu), ("other", _("Other countries"), others)]
    return Map(
        groups=[Group(kind, title, found) for kind, title, found in kinds if found],
        outside=names(members - drawable),
        words=in_words(eu, others),
        around=countries(held["countries"].keys() - members),
        width=held["width"],
        height=held["height"],
    )


def countries(codes):
    """Return the countries among `codes` that the map holds, in alphabetical order; dots last, so that nothing covers them."""
    held = outlines()
    found = [Country(code, name(code), held["countries"].get(code, ""), held["dots"].get(code)) for code in codes]
    return sorted((one for one in found if one.path or one.dot), key=lambda one: (bool(one.dot), key(one.name)))


def in_words(eu, others):
    """Return the map as a sentence: "31 countries: the 27 EU Member States and 4 other countries (Iceland, …)."."""
    parts = []
    if len(eu) == len(EU_MEMBERS):
        parts.append(_("the %(count)s EU Member States") % {"count": len(eu)})
    elif eu:
        message = ngettext("%(count)s EU Member State (%(names)s)", "%(count)s EU Member States (%(names)s)", len(eu))
        parts.append(message % {"count": len(eu), "names": listed(names(eu))})
    if others:
        message = ngettext("%(count)s other country (%(names)s)", "%(count)s other countries (%(names)s)", len(others))
        parts.append(message % {"count": len(others), "names": listed(names(others))} if eu else listed(names(others)))
    whole = ngettext("%(count)s country: %(which)s.", "%(count)s countries: %(which)s.", len(eu) + len(others))
    return whole % {"count": len(eu) + len(others), "which": listed(parts)}
