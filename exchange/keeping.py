"""Settles texts of a file in favour of what stands here, until somebody decides again: no text is written."""

from django.db import transaction
from django.utils import timezone

from exchange.current_texts import CurrentTexts
from exchange.judging import TAKEABLE, Left, judge, seen_key
from exchange.models import ImportedText
from exchange.outcomes import Outcome
from exchange.taking import lock_import


@transaction.atomic
def keep(one, seen, user):
    """Settle texts of an import as `user`; return them. `seen` maps keys of imported texts to what somebody saw there.

    What says something else by now, and what they may not edit, stays to be decided. Raises `OtherOrderError`.
    """
    one = lock_import(one, is_ordered=False)
    texts = list(one.texts.filter(pk__in=seen, is_taken=False, kept_at=None).select_related("sent"))
    current, moment = CurrentTexts(one.package, user), timezone.now()
    current.read([text.sent for text in texts])
    kept = [text for text in texts if is_to_decide(text, current.of(text.sent), seen[text.pk])]
    for text in kept:
        text.kept_at, text.kept_by = moment, user
    ImportedText.objects.bulk_update(kept, ["kept_at", "kept_by", "verdict"])
    return kept


def is_to_decide(text, now, seen):
    """Say whether a text, judged anew, is one that may be taken over, and what stands there is what they saw."""
    if now is None or seen_key(now, text.sent.kind) != seen:
        return False
    text.verdict = judge(text.sent, text.text, text.codes, now)
    return text.verdict in TAKEABLE


@transaction.atomic
def decide_again(one, user, seen=None):
    """Let texts of an import that were kept be decided again, as `user`; return the `Outcome`. What they may not edit is left.

    `seen` maps keys of imported texts to what somebody saw there; without it, it is all of them. Raises `OtherOrderError`.
    """
    one, outcome = lock_import(one, is_ordered=False), Outcome()
    texts = one.texts.filter(kept_at__isnull=False).select_related("sent")
    texts = list(texts if seen is None else texts.filter(pk__in=seen))
    current = CurrentTexts(one.package, user)
    current.read([text.sent for text in texts])
    for text in texts:
        if reason := reason_against_deciding(text, current, seen):
            outcome.left.append((text, reason))
        else:
            text.kept_at, text.kept_by = None, None
            outcome.written.append(text)
    ImportedText.objects.bulk_update(outcome.written, ["kept_at", "kept_by"])
    return outcome


def reason_against_deciding(text, current, seen):
    """Return why a text that was kept is not to be decided again, None where it is."""
    if current.is_hidden(text.sent):
        return Left.FORBIDDEN
    if seen is None:
        return None
    now = current.of(text.sent)
    if now is None:
        return Left.GONE
    return None if seen_key(now, text.sent.kind) == seen[text.pk] else Left.CHANGED
