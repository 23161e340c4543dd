"""What somebody ticked on the screen of an import: as its form posts it, and as their session keeps it from page to page."""

import re
from dataclasses import dataclass, field

CHOICE = re.compile(r"(\d{1,18}):([0-9a-f]{0,16}-[0-9a-f]{0,16})", re.ASCII)
# Names in the form: what is ticked; what it shows that was ticked beforehand, and what it shows besides.
CHOSEN, OFFERED, LISTED = "chosen", "offered", "listed"


@dataclass(frozen=True, slots=True)
class Ticks:
    """What differs from how the rows come: `chosen` maps keys of texts that somebody ticked to what they saw there, `unticked`
    has those whose tick they removed."""

    chosen: dict = field(default_factory=dict)
    unticked: frozenset = frozenset()

    def has(self, key, seen, beforehand):
        """Say whether a text is ticked: one that says something else by now is not; of others `beforehand` says it."""
        return self.chosen[key] == seen if key in self.chosen else beforehand and key not in self.unticked

    def with_form(self, data, *, are_used=False):
        """Return them with what a form says of the rows that it shows; `are_used` where it was posted for what is ticked."""
        chosen, offered = chosen_in(data.getlist(CHOSEN)), read_keys(data.getlist(OFFERED))
        shown = offered | read_keys(data.getlist(LISTED)) | chosen.keys()
        elsewhere = {key: seen for key, seen in self.chosen.items() if key not in shown}
        here = {key: seen for key, seen in chosen.items() if key not in offered and not are_used}
        return Ticks(elsewhere | here, (self.unticked | offered) - chosen.keys())


def name_in_session(key, group):
    return f"ticks of import {key}, {group}"


def ticks_of(session, key, group):
    """Return the `Ticks` that somebody made in a group of the texts of an import."""
    chosen, unticked = session.get(name_in_session(key, group), ((), ()))
    return Ticks(dict(chosen), frozenset(unticked))


def remember(session, key, group, ticks):
    """Keep the `Ticks` of a group of the texts of an import for as long as somebody is logged in."""
    session[name_in_session(key, group)] = list(ticks.chosen.items()), sorted(ticks.unticked)


def chosen_in(values):
    """Return what somebody saw of each text that they chose, by its key; a value that the form does not make says nothing."""
    return {int(match[1]): match[2] for match in map(CHOICE.fullmatch, values) if match}


def read_keys(values):
    return frozenset(int(value) for value in values if re.fullmatch(r"\d{1,18}", value, re.ASCII))
