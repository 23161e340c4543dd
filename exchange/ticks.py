"""What somebody ticked on a page of an import: as its form posts it, and as its address carries it past a button."""

import re
from dataclasses import dataclass, field

CHOICE = re.compile(r"(\d{1,18}):([0-9a-f]{0,16}-[0-9a-f]{0,16})", re.ASCII)
CHOSEN, OFFERED = "chosen", "offered"  # names in the form: what is ticked, and what was ticked beforehand
TICKED, UNTICKED = "ticked", "unticked"  # names in the address


@dataclass(frozen=True, slots=True)
class Ticks:
    """`chosen` maps keys of texts that are ticked to what somebody saw there; `unticked` has those whose tick they removed."""

    chosen: dict = field(default_factory=dict)
    unticked: frozenset = frozenset()

    def has(self, key, seen, beforehand):
        """Say whether a text is ticked: one that says something else by now is not; of others `beforehand` says it."""
        return self.chosen[key] == seen if key in self.chosen else beforehand and key not in self.unticked

    def in_address(self):
        """Return what an address has to say for `ticks_in_address` to read it, as a dictionary."""
        chosen = ",".join(f"{key}:{seen}" for key, seen in self.chosen.items())
        unticked = ",".join(map(str, sorted(self.unticked)))
        return {name: value for name, value in ((TICKED, chosen), (UNTICKED, unticked)) if value}


def ticks_in_form(data):
    """Return the `Ticks` of a form that was posted."""
    chosen = chosen_in(data.getlist(CHOSEN))
    return Ticks(chosen, read_keys(data.getlist(OFFERED)) - chosen.keys())


def ticks_in_address(query):
    """Return the `Ticks` of the query of an address."""
    return Ticks(chosen_in(query.get(TICKED, "").split(",")), read_keys(query.get(UNTICKED, "").split(",")))


def chosen_in(values):
    """Return what somebody saw of each text that they chose, by its key; a value that the form does not make says nothing."""
    return {int(match[1]): match[2] for match in map(CHOICE.fullmatch, values) if match}


def read_keys(values):
    return frozenset(int(value) for value in values if re.fullmatch(r"\d{1,18}", value, re.ASCII))
