"""Takes what a file says of terms over into the glossary, in one transaction: where readers see it, as its form does."""

from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from time import monotonic

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import LogContext, log

from directory.models import GlossaryTerm
from directory.models.glossary_term import lock_names
from exchange.judging import Left
from exchange.judging_terms import NamedTerms, TermVerdict, fill, judge_terms
from exchange.take_log import TERMS
from search.indexing_directory import index_once

SECONDS = 8  # after which nothing more is begun: an answer takes at most thirty
REASONS = {
    TermVerdict.TWICE: Left.INVALID,
    TermVerdict.INCOMPLETE: Left.INVALID,
    TermVerdict.FORBIDDEN: Left.FORBIDDEN,
    TermVerdict.GONE: Left.GONE,
    TermVerdict.UNCHANGED: Left.NOTHING,
}


@dataclass
class TermsOutcome:
    """How many entries were written; what was left, as pairs of the key of a row and a `Left`; and what has to wait."""

    written: int = 0
    left: list = field(default_factory=list)
    waiting: dict = field(default_factory=dict)


@transaction.atomic
def take_terms(concepts, chosen, name, user):
    """Write what was chosen of a file called `name` into the glossary, as `user`; return the `TermsOutcome`.

    `chosen` maps the keys of rows to what somebody saw there (`exchange.judging_terms.TermRow.seen`). All entries are locked
    and judged again: nothing is replaced that somebody wrote since then. What does not fit into the time of an answer waits.
    """
    list(GlossaryTerm.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    lock_names()
    outcome, end = TermsOutcome(), monotonic() + SECONDS
    rows = {row.key: row for row in judge_terms(concepts, NamedTerms(), user)}
    says_more = {row.place for row in rows.values() if row.verdict != TermVerdict.UNCHANGED}
    with index_once():
        for place, keys in groupby(sorted(chosen), itemgetter(0)):
            keys = list(keys)
            if outcome.written and monotonic() >= end:
                outcome.waiting |= {key: chosen[key] for key in keys}
                continue
            to_write = [rows[key] for key in keys if key in rows and rows[key].may_take and rows[key].seen == chosen[key]]
            left = [key for key in keys if rows.get(key) not in to_write]
            outcome.left += [(key, reason_against_taking(rows.get(key), place not in says_more)) for key in left]
            if to_write:
                try:
                    with transaction.atomic():
                        write(to_write, concepts[place], name, user)
                    outcome.written += 1
                except ValidationError:
                    outcome.left += [(row.key, Left.INVALID) for row in to_write]
    return outcome


def reason_against_taking(row, is_known):
    """Return why a row is left; it is None for one that there is no more, and `is_known` where the entry says that already."""
    if row is None:
        return Left.NOTHING if is_known else Left.CHANGED
    return REASONS.get(row.verdict, Left.CHANGED)


def write(rows, concept, name, user):
    """Write rows of one concept into its entry, or make that. Raises ValidationError where it would not be valid."""
    term = rows[0].term or GlossaryTerm()
    for row in rows:
        fill(term, row, concept)
    term.full_clean()
    term.save()
    with LogContext(user=user):
        log(instance=term, action=TERMS, user=user, data={"file": name}, content_changed=True)
