"""Gives back what stood there before texts of a file were taken over, and how it stood to its twins."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from exchange.current_texts import text_pairs
from exchange.judging import Left
from exchange.models import ImportedText
from exchange.outcomes import Outcome
from exchange.take_log import UNDONE
from exchange.taking import by_object, get_to_write, keep_marks, lock_import, note_left, put_texts, save
from languages import alignment
from languages.normalising import digest
from languages.open_texts import TYPED, open_texts
from languages.units import units


@transaction.atomic
def undo(one, user, keys=None, is_ordered=False):
    """Give back what stood there before an import, as `user`; return the `Outcome`. What was changed since then is left.

    `keys` are those of imported texts, where it is not all. Raises `OtherOrderError` as `exchange.taking.take` does.
    """
    one, outcome = lock_import(one, is_ordered), Outcome()
    package, texts = one.package, one.texts.filter(is_taken=True)
    for place, group in by_object(texts if keys is None else texts.filter(pk__in=keys)):
        latest, reason = get_to_write(*place, package.target, user)
        now = text_pairs(latest, package.source, package.target) if latest else {}
        typed = typed_addresses(latest, package.target) if latest else ()
        reasons = [(text, reason or reason_against_undoing(text, now.get(text.sent.address), typed)) for text in group]
        to_write = [text for text, reason in reasons if not reason]
        outcome.left += [(text, reason) for text, reason in reasons if reason]
        try:
            if to_write:
                give_back(latest, to_write, package, user)
            outcome.written += to_write
        except ValidationError:
            outcome.left += [(text, Left.INVALID) for text in to_write]
    if outcome.written and not one.texts.filter(is_taken=True).exists():
        one.undone_by, one.undone_at = user, timezone.now()
    note_left(one, outcome, is_ordered)
    return outcome


def typed_addresses(latest, language):
    """Return the addresses of texts in a language that a person has in translation."""
    return {text.address for text in open_texts(latest.memory()) if text.kind == TYPED and text.language == language}


def reason_against_undoing(text, now, typed):
    """Return why a text is not given back, None where it is: what stands there has to be what this import brought."""
    sent = text.sent
    if now is None:
        return Left.GONE
    is_ours = sent.address not in typed and digest(now.target, sent.kind) == digest(text.text, sent.kind)
    return None if is_ours and not was_taken_later(text) else Left.CHANGED


def was_taken_later(text):
    """Say whether another import wrote a text after this one: what stood there before it is what that one gives back."""
    same = {name: getattr(text.sent, name) for name in ("content_type_id", "object_id", "address")}
    later = ImportedText.objects.filter(is_taken=True, of__taken_at__gt=text.of.taken_at).exclude(of=text.of)
    return later.filter(
        sent__content_type=same["content_type_id"],
        sent__object_id=same["object_id"],
        sent__address=same["address"],
        sent__package__target=text.of.package.target,
    ).exists()


def give_back(latest, texts, package, user):
    """Write what stood there before into an object, and how it stood to its twins."""
    memory = latest.memory()
    put_texts(latest, {text.sent.address: text.before["text"] for text in texts}, package.target)
    saved = list(units(latest))
    known = alignment.texts_by_digest(saved, memory) | {
        one: words for text in texts for one, words in text.before["was"].items()
    }
    records = {address: dict(of_unit) for address, of_unit in memory.get("open", {}).items()}
    for text in texts:
        of_unit = records.setdefault(text.sent.address, {})
        of_unit.pop(package.target, None)
        if text.before["open"]:
            of_unit[package.target] = text.before["open"]
    records = {address: of_unit for address, of_unit in records.items() if of_unit}
    latest.alignment = alignment.advance(
        with_agreements(memory, texts, package.target), saved, known_texts=known, records=records
    )
    for text in texts:
        text.is_taken, text.before = False, None
    save(latest, user, UNDONE, {"package": package.name, "language": package.target, "number": len(texts)})
    keep_marks(texts)


def with_agreements(memory, texts, language):
    """Return a memory in which texts last agreed with their twins when they did so before the import, or never did."""
    since = {address: dict(pairs) for address, pairs in memory["since"].items()}
    for text in texts:
        agreed = since.setdefault(text.sent.address, {})
        for pair in (alignment.pair_name(*pair) for pair in alignment.PAIRS if language in pair):
            agreed[pair] = text.before["since"].get(pair, alignment.NEVER)
    return {**memory, "since": since}
