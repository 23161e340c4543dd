"""Who is in the chair, and since when the list of chairs has no break: computed from stored partial dates. Pure."""

from dataclasses import dataclass
from datetime import timedelta

from directory.dates import parse
from pages.date_phrases import sort_terms, term_tense


@dataclass(frozen=True, slots=True)
class Chairs:
    """The terms of a network: those that run now, those of the list without a break, and those before a break.

    `since` and `until` are stored partial dates that say for which time the list is whole, "" where it is so from the
    foundation of the network, or until now.
    """

    now: list
    listed: list
    earlier: list
    since: str
    until: str


def chairs_of(terms, shown, founded_on, today):
    """Return the `Chairs` of a network, given all its terms as mappings, those that readers see, and a partial date."""
    chain = unbroken_chain(shown)
    is_whole = len(chain) == len(terms) and begins_with(chain, founded_on)
    is_over = chain and term_tense(chain[0]["from_date"], chain[0]["until"], today) == "past"
    return Chairs(
        now=[term for term in shown if term_tense(term["from_date"], term["until"], today) == "current"],
        listed=sort_terms(chain, today),
        earlier=sort_terms([term for term in shown if term not in chain], today),
        since="" if is_whole or not chain else chain[-1]["from_date"],
        until=chain[0]["until"] if is_over else "",
    )


def unbroken_chain(terms):
    """Return the terms, the newest first, between which no day is without one: back to the first break."""
    dated = [term for term in terms if term["from_date"] and parse(term["from_date"]).year]
    dated.sort(key=lambda term: first_day(term), reverse=True)
    chain, begins = [], None
    for term in dated:
        if chain and not (last_day(term) and last_day(term) + timedelta(days=1) >= begins):
            break
        chain.append(term)
        begins = first_day(term)
    return chain


def begins_with(chain, founded_on):
    """Say whether terms go back to a foundation, given as a partial date; "" where that is not known."""
    founded = parse(founded_on).last_day() if founded_on else None
    return not chain or not founded or first_day(chain[-1]) <= founded


def first_day(term):
    return parse(term["from_date"]).first_day()


def last_day(term):
    return parse(term["until"]).last_day() if term["until"] else None
