"""Takes what a file says of terms over into the glossary, in one transaction: where readers see it, as its form does."""

from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from time import monotonic

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import LogContext, log

from directory.models import GlossaryTerm
from directory.models.glossary_term import lock_names
from exchange.judging import Left
from exchange.judging_terms import NamedTerms, TermVerdict, fill, judge_terms
from exchange.models import TakenTerm, TermsImport
from exchange.take_log import TERMS
from exchange.terms import stored_text
from exchange.what_stood import what_stood
from languages import alignment
from languages.units import units
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
    """How many entries were written; what was left, as pairs of a key and a `Left`; and what has to wait.

    `of` is the `TermsImport` that keeps what stood there, None where nothing was ever written of that file.
    """

    written: int = 0
    left: list = field(default_factory=list)
    waiting: dict = field(default_factory=dict)
    of: TermsImport | None = None


def lock_glossary():
    """Lock all entries, and then their names, until the end of the transaction."""
    list(GlossaryTerm.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    lock_names()


@transaction.atomic
def take_terms(concepts, chosen, name, user, of=None):
    """Write what was chosen of a file called `name` into the glossary, as `user`; return the `TermsOutcome`.

    `of` is the `TermsImport` of what was taken of that file before; what is taken after another file has one of its own.
    `chosen` maps the keys of rows to what somebody saw there (`exchange.judging_terms.TermRow.seen`). All entries are locked
    and judged again: nothing is replaced that somebody wrote since then. What does not fit into the time of an answer waits.
    """
    lock_glossary()
    if of is None or TermsImport.objects.filter(pk__gt=of.pk).exists():  # their order says what was written later
        of = TermsImport.objects.create(name=name[-200:], taken_by=user)
    outcome, end = TermsOutcome(of=of), monotonic() + SECONDS
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
                        write(to_write, concepts[place], of, user)
                    outcome.written += 1
                except ValidationError:
                    outcome.left += [(row.key, Left.INVALID) for row in to_write]
    close_list(outcome)
    return outcome


def close_list(outcome):
    """Keep the `TermsImport` of what was written; one of which nothing was is none."""
    if outcome.written:
        outcome.of.undone_at = outcome.of.undone_by = None
        outcome.of.save()
    elif not outcome.of.undone_at and not outcome.of.terms.exists():
        outcome.of.delete()
        outcome.of = None


def reason_against_taking(row, is_known):
    """Return why a row is left; it is None for one that there is no more, and `is_known` where the entry says that already."""
    if row is None:
        return Left.NOTHING if is_known else Left.CHANGED
    return REASONS.get(row.verdict, Left.CHANGED)


def write(rows, concept, of, user):
    """Write rows of one concept into its entry, or make that, and note what stood there.

    Raises ValidationError where it would not be valid.
    """
    term = rows[0].term or GlossaryTerm()
    texts = texts_written(rows, concept, term)
    for row in rows:
        fill(term, row, concept)
    term.full_clean()
    term.save()
    taken, _is_first = TakenTerm.objects.get_or_create(of=of, term=term, defaults={"is_new": rows[0].term is None})
    taken.texts, taken.taken_at = taken.texts | texts, timezone.now()
    taken.save()
    with LogContext(user=user):
        log(instance=term, action=TERMS, user=user, data={"file": of.name}, content_changed=True)


def texts_written(rows, concept, term):
    """Return what `TakenTerm.texts` has of rows that are to be written into an entry, which may be new."""
    columns = [(name, code) for row in rows for code in row.languages(concept) for name in row.fields]
    said = {(name, code): text for name, code in columns if (text := stored_text(concept.words[code], name))}
    if not term.pk:
        return {f"{name}_{code}": {"written": text} for (name, code), text in said.items()}
    memory = term.memory()
    known = alignment.texts_by_digest(units(term), memory)
    before = {place: what_stood(*place, getattr(term, "_".join(place)) or "", memory, known) for place in said}
    return {f"{name}_{code}": {"written": said[name, code], "before": before[name, code]} for name, code in said}
