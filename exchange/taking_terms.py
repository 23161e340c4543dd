"""Takes what a file says of terms over into the glossary, in one transaction: where readers see it, as its form does."""

from dataclasses import dataclass, field
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import LogContext, log

from directory.models import GlossaryTerm
from exchange.formats.tbx import SAID
from exchange.judging import Left
from exchange.take_log import TERMS
from exchange.terms import Glossary, Verdict, judge, stored_text

REASONS = {
    Verdict.TWICE: Left.INVALID,
    Verdict.INCOMPLETE: Left.INVALID,
    Verdict.FORBIDDEN: Left.FORBIDDEN,
    Verdict.GONE: Left.GONE,
    Verdict.UNCHANGED: Left.NOTHING,
}


@dataclass
class TermsOutcome:
    """How many entries were written, and the `Left` of each row that was not."""

    written: int = 0
    left: list = field(default_factory=list)


@transaction.atomic
def take_terms(concepts, chosen, name, user):
    """Write what was chosen of a file called `name` into the glossary, as `user`; return the `TermsOutcome`.

    `chosen` maps the place and language of rows to what somebody saw there (`exchange.terms.Row.seen`). All entries are locked
    and judged again: nothing is replaced that somebody wrote since then.
    """
    list(GlossaryTerm.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    outcome = TermsOutcome()
    rows = {(row.place, row.language): row for row in judge(concepts, Glossary(), user)}
    says_more = {row.place for row in rows.values() if row.verdict != Verdict.UNCHANGED}
    for place, group in groupby(sorted(chosen), lambda key: key[0]):
        group = list(group)
        to_write = [rows[key] for key in group if key in rows and rows[key].may_take and rows[key].seen == chosen[key]]
        left = [key for key in group if rows.get(key) not in to_write]
        outcome.left += [reason_against_taking(rows.get(key), place not in says_more) for key in left]
        if to_write:
            try:
                with transaction.atomic():
                    write(to_write, concepts[place], name, user)
                outcome.written += 1
            except ValidationError:
                outcome.left += [Left.INVALID for _row in to_write]
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
        for code in [row.language] if row.language else concept.words:
            for field_name in row.fields if row.language else SAID:
                setattr(term, f"{field_name}_{code}", stored_text(concept.words[code], field_name))
    term.full_clean()
    term.save()
    with LogContext(user=user):
        log(instance=term, action=TERMS, user=user, data={"file": name}, content_changed=True)
