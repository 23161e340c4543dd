"""Maps of member countries: who belongs and who does not, drawn and in words."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from drawings import maps
from languages.codes import current_language
from languages.enumeration import join_texts
from languages.sorting import sort_key
from networks.countries import EU_MEMBERS, country_name, country_names


@dataclass(frozen=True, slots=True)
class Group:
    """Members that look alike on the map: `kind` is "eu" or "other".

    The hatching of the others is a pattern of the page, which outlines of another document do not find: theirs are drawn
    in the page.
    """

    kind: str
    title: str
    names: list
    shapes: list


@dataclass(frozen=True, slots=True)
class Map:
    """What a template draws: members by group, everybody else around them, and the same in words."""

    groups: list
    outside: list  # names of members that lie outside of the frame
    words: str
    around: list
    width: int
    height: int
    radius: int = maps.DOT


def map_of(codes):
    """Return the `Map` on which the countries `codes` are members, in the active language."""
    members = set(codes)
    eu, others = sorted(members & EU_MEMBERS), sorted(members - EU_MEMBERS)
    width, height = maps.size()
    kinds = [("eu", _("EU Member States"), eu), ("other", _("Other countries"), others)]
    return Map(
        groups=[Group(kind, title, country_names(some), countries(some)) for kind, title, some in kinds if some],
        outside=country_names(members - maps.drawable_codes()),
        words=map_sentence(eu, others),
        around=countries(maps.outlined_codes() - members),
        width=width,
        height=height,
    )


def countries(codes):
    """Return the countries among `codes` that the map holds, in alphabetical order, dots last."""
    return countries_in(frozenset(codes), current_language())


@lru_cache(maxsize=64)
def countries_in(codes, language):
    """Return them as a language orders them: of most networks the same, and for each map all around as well."""
    names = ((code, country_name(code, language)) for code in codes)
    return maps.countries(sorted(names, key=lambda named: sort_key(named[1])))


def map_sentence(eu, others):
    """Return the map as a sentence: "31 countries: the 27 EU Member States and 4 other countries (Iceland, …)."."""
    parts = []
    if len(eu) == len(EU_MEMBERS):
        parts.append(_("the %(count)s EU Member States") % {"count": len(eu)})
    elif eu:
        message = ngettext("%(count)s EU Member State (%(names)s)", "%(count)s EU Member States (%(names)s)", len(eu))
        parts.append(message % {"count": len(eu), "names": join_texts(country_names(eu))})
    if others:
        message = ngettext("%(count)s other country (%(names)s)", "%(count)s other countries (%(names)s)", len(others))
        parts.append(
            message % {"count": len(others), "names": join_texts(country_names(others))}
            if eu
            else join_texts(country_names(others))
        )
    whole = ngettext("%(count)s country: %(which)s.", "%(count)s countries: %(which)s.", len(eu) + len(others))
    return whole % {"count": len(eu) + len(others), "which": join_texts(parts)}
