"""Gives back what stood in the glossary before a file of terms was taken over, and deletes the terms that it made."""

from contextlib import nullcontext
from time import monotonic

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import LogContext, log
from wagtail.models import ModelLogEntry

from directory.models import GlossaryTerm
from directory.models.glossary_term import NOT_TWICE
from exchange import taking_terms
from exchange.formats.tbx import SAID
from exchange.judging import Left
from exchange.judging_terms import may_add_terms
from exchange.models import ImportedText, TakenTerm, TermsImport
from exchange.take_log import TERMS, TERMS_UNDONE
from exchange.taking_terms import TermsOutcome, lock_glossary
from exchange.what_stood import memory_given_back, pairs_with
from languages.codes import LANGUAGES
from languages.normalising import digest
from languages.rights import languages_to_write
from languages.units import units
from newsroom.editing.deletion import objects_using
from search.indexing_directory import index_once

COLUMNS = [f"{name}_{code}" for name in SAID for code in LANGUAGES]


@transaction.atomic
def undo_terms(of, user):
    """Give back what stood there before a `TermsImport`, as `user`; return the `TermsOutcome`.

    What somebody changed since then is left, and so is what a later file wrote, with its reason beside the key of the entry.
    What does not fit into the time of an answer waits.
    """
    lock_glossary()
    of = TermsImport.objects.select_for_update(no_key=True).get(pk=of.pk)
    outcome, end = TermsOutcome(of=of), monotonic() + taking_terms.SECONDS
    rows, later = list(of.terms.select_related("term").order_by("-taken_at", "-pk")), columns_written_later(of)
    made, changed = [one for one in rows if one.is_new], [one for one in rows if not one.is_new]
    # The names of those that it made are free before others get theirs back.
    for group, undo_one, together in (
        (made, undo_made(made, later, user), nullcontext()),
        (changed, undo_changed(of, later, user), index_once()),
    ):
        with together:
            for one in group:
                if outcome.written and monotonic() >= end:
                    outcome.waiting[one.pk] = one
                else:
                    undo_one(one, outcome)
    if outcome.written and not of.terms.exists():
        of.undone_by, of.undone_at = user, timezone.now()
        of.save()
    return outcome


def undo_made(made, later, user):
    """Return a function that deletes an entry that a file made, while nothing uses it and it is as it was made.

    One that somebody saved, or into which a later file wrote, may say the same as then and is not.
    """
    used, is_maker = objects_using([one.term for one in made]), may_add_terms(user)
    changed = changed_otherwise(made) | {key for key, _column in later}

    def undo_one(one, outcome):
        if not is_maker:
            outcome.left.append((one.term_id, Left.FORBIDDEN))
        elif one.term_id in changed or not is_as_made(one):
            outcome.left.append((one.term_id, Left.CHANGED))
        elif one.term_id in used:
            outcome.left.append((one.term_id, Left.INVALID))
        else:
            with LogContext(user=user):
                log(instance=one.term, action="wagtail.delete", user=user, deleted=True)
            one.term.delete()
            outcome.written += 1

    return undo_one


def changed_otherwise(made):
    """Return the keys of those entries of some `TakenTerm`s that were changed by anything but files of terms. One query."""
    kind = ContentType.objects.get_for_model(GlossaryTerm)
    entries = ModelLogEntry.objects.filter(content_type=kind, object_id__in=[str(one.term_id) for one in made])
    keys = entries.exclude(action__in=(TERMS, TERMS_UNDONE)).values_list("object_id", flat=True)
    return {int(key) for key in keys}


def is_as_made(one):
    term = one.term
    says = {column: text for column in COLUMNS if (text := getattr(term, column))}
    is_plain = not (term.page_id or term.for_staff_only or term.is_everyday)
    return is_plain and says == {column: said["written"] for column, said in one.texts.items()}


def undo_changed(of, later, user):
    """Return a function that gives an entry its texts back: those that say what the file wrote."""
    own = languages_to_write(user)

    def undo_one(one, outcome):
        reasons = {column: reason_against_undoing(one, column, later, own) for column in one.texts}
        given = {column: said["before"] for column, said in one.texts.items() if not reasons[column]}
        try:
            if given:
                with transaction.atomic():
                    give_back(one.term, given, of, user)
        except ValidationError:
            reasons |= dict.fromkeys(given, Left.INVALID)
        outcome.left += [(one.term_id, reason) for reason in reasons.values() if reason]
        outcome.written += not all(reasons.values())
        one.texts = {column: said for column, said in one.texts.items() if reasons[column]}
        one.save() if one.texts else one.delete()

    return undo_one


def columns_written_later(of):
    """Return what a later file wrote into the entries of a `TermsImport`, as pairs of a key and a column. Two queries."""
    taken = of.terms.order_by("taken_at")
    if not (first := taken.first()):
        return set()
    keys = [*taken.values_list("term", flat=True)]
    later = TakenTerm.objects.filter(term__in=keys, of__gt=of).values_list("term", "texts")  # whatever the clock did meanwhile
    texts = ImportedText.objects.filter(
        is_taken=True,
        taken_at__gt=first.taken_at,
        sent__content_type=ContentType.objects.get_for_model(GlossaryTerm),
        sent__object_id__in=keys,
    ).values_list("sent__object_id", "sent__address", "sent__package__target")
    return {(key, column) for key, said in later for column in said} | {
        (key, f"{address}_{language}") for key, address, language in texts
    }


def reason_against_undoing(one, column, later, own):
    """Return why a text is not given back, None where it is: what stands there has to be what the file wrote."""
    if language_of(column) not in own:
        return Left.FORBIDDEN
    is_ours = digest(getattr(one.term, column) or "", "plain") == digest(one.texts[column]["written"], "plain")
    return None if is_ours and (one.term_id, column) not in later else Left.CHANGED


def give_back(term, given, of, user):
    """Let an entry say what it said before, `{column: what stood}`. Raises ValidationError where it would not be valid."""
    memory = term.memory()
    for column, before in given.items():
        setattr(term, column, before["text"])
    places = [(*column.rsplit("_", 1), before, pairs_with(language_of(column))) for column, before in given.items()]
    term.alignment = memory_given_back(memory, list(units(term)), places)
    term.full_clean()
    if term.names_taken(given):
        raise ValidationError(NOT_TWICE)
    term.save()
    with LogContext(user=user):
        log(instance=term, action=TERMS_UNDONE, user=user, data={"file": of.name}, content_changed=True)


def language_of(column):
    return column.rsplit("_", 1)[1]
