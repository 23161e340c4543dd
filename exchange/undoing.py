"""Gives back what stood there before texts of a file were taken over, and how it stood to its twins."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import Revision, RevisionMixin

from directory.models import GlossaryTerm
from exchange.current_texts import text_pairs
from exchange.judging import Left, Verdict
from exchange.models import ImportedText, TakenTerm
from exchange.outcomes import Outcome
from exchange.take_log import TAKEN, UNDONE
from exchange.taking import by_object, get_to_write, keep_marks, lock_import, note_left, put_texts, save
from exchange.what_stood import memory_given_back, pairs_with
from languages import alignment
from languages.normalising import digest
from languages.open_texts import TYPED, records_of
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
        memory = latest.memory() if latest else {}
        typed = addresses_typed(latest, group, package.target, memory) if latest else ()
        reasons = [(text, reason or reason_against_undoing(text, now.get(text.sent.address), memory, typed)) for text in group]
        to_write = [text for text, reason in reasons if not reason]
        outcome.left += [(text, reason) for text, reason in reasons if reason]
        try:
            if to_write:
                restore(latest, to_write, package, user)
            outcome.written += to_write
        except ValidationError:
            outcome.left += [(text, Left.INVALID) for text in to_write]
    if outcome.written and not one.texts.filter(is_taken=True).exists():
        one.undone_by, one.undone_at = user, timezone.now()
    note_left(one, outcome, is_ordered)
    return outcome


def reason_against_undoing(text, now, memory, typed):
    """Return why a text is not given back, None where it is: what stands there has to be what this import brought.

    What a person `typed` (`addresses_typed`) is theirs.
    """
    sent = text.sent
    if now is None:
        return Left.GONE
    is_ours = sent.address not in typed and digest(now.target, sent.kind) == digest(text.text, sent.kind)
    is_last_word = text.verdict != Verdict.STILL_CORRECT or agrees_as_sent(text, memory)
    return None if is_ours and is_last_word and not was_taken_later(text) else Left.CHANGED


def addresses_typed(latest, texts, language, memory):
    """Return the addresses of texts of a file that a person typed since they were taken over, though they may say the same.

    Somebody has them in translation, or saved them again after something else stood there. Of what keeps no revisions nobody
    knows the latter. Two queries.
    """
    addresses = [text.sent.address for text in texts]
    typed = {one for one in addresses if records_of(memory, one).get(language, {}).get("kind") == TYPED}
    if not isinstance(latest, RevisionMixin):
        return typed
    logged = registry.get_logs_for_instance(latest).filter(action__in=(TAKEN, UNDONE), revision__isnull=False)
    of_files = set(logged.values_list("revision", flat=True))
    since = Revision.objects.for_instance(latest).filter(created_at__gte=min(text.taken_at for text in texts)).order_by("pk")
    replaced = set()
    for key, saved_at, digests in since.values_list("pk", "created_at", "content__alignment__now"):
        for text in (text for text in texts if text.taken_at <= saved_at):
            address = text.sent.address
            if digests.get(address, {}).get(language) != digest(text.text, text.sent.kind):
                replaced.add(address)
            elif address in replaced:
                replaced.remove(address)
                if key not in of_files:
                    typed.add(address)
    return typed


def agrees_as_sent(text, memory):
    """Say whether a text that was called still correct last agreed with what its source said then, and with nothing newer."""
    sent, package = text.sent, text.of.package
    agreed = {package.source: digest(sent.source, sent.kind), package.target: digest(sent.target, sent.kind)}
    pair = pair_of(package)
    return alignment.last_agreement(memory, sent.address, *pair) == [agreed[code] for code in pair]


def was_taken_later(text):
    """Say whether another file wrote a text after this one: what stood there before it is what that one gives back."""
    sent, target = text.sent, text.of.package.target
    same = {f"sent__{name}": getattr(sent, name) for name in ("content_type", "object_id", "address")}
    later = ImportedText.objects.filter(is_taken=True, taken_at__gt=text.taken_at, sent__package__target=target, **same)
    if later.exists():
        return True
    column = f"{sent.address}_{target}"
    is_term = sent.content_type == ContentType.objects.get_for_model(GlossaryTerm)
    of_terms = TakenTerm.objects.filter(term=sent.object_id, taken_at__gt=text.taken_at, texts__has_key=column)
    return is_term and of_terms.exists()


def restore(latest, texts, package, user):
    """Write what stood there before into an object, and how it stood to its twins."""
    memory = latest.memory()
    put_texts(latest, {text.sent.address: text.before["text"] for text in texts}, package.target)
    given = [(text.sent.address, package.target, text.before, pairs_of(text, package)) for text in texts]
    latest.alignment = memory_given_back(memory, list(units(latest)), given)
    for text in texts:
        text.is_taken, text.taken_at, text.before = False, None, None
    save(latest, user, UNDONE, {"package": package.name, "language": package.target, "number": len(texts)})
    keep_marks(texts)


def pairs_of(text, package):
    """Return the pairs of languages that are given back: of what was only called still correct, that of the package."""
    return [pair_of(package)] if text.verdict == Verdict.STILL_CORRECT else pairs_with(package.target)


def pair_of(package):
    """Return the two languages of a package in the order of `alignment.PAIRS`."""
    return next(pair for pair in alignment.PAIRS if set(pair) == {package.source, package.target})
