"""Settles conflicts of a file in favour of what stands here: nothing is written, and nobody is asked about it again."""

from django.db import transaction
from django.utils import timezone

from exchange.current_texts import CurrentTexts
from exchange.judging import KEEPABLE, judge, seen_key
from exchange.models import ImportedText
from exchange.taking import lock_import


@transaction.atomic
def keep(one, seen, user):
    """Settle texts of an import as `user`; return how many. `seen` maps keys of imported texts to what somebody saw there.

    What says something else by now, and what they may not edit, stays to be decided. Raises `OtherOrderError`.
    """
    one = lock_import(one, is_ordered=False)
    texts = list(one.texts.filter(pk__in=seen, is_taken=False, kept_at=None).select_related("sent"))
    current, moment = CurrentTexts(one.package, user), timezone.now()
    current.read([text.sent for text in texts])
    kept = [text for text in texts if is_to_decide(text, current.of(text.sent), seen[text.pk])]
    for text in kept:
        text.kept_at, text.kept_by = moment, user
    ImportedText.objects.bulk_update(kept, ["kept_at", "kept_by"])
    return len(kept)


def is_to_decide(text, now, seen):
    """Say whether a text is one that a person decides about, and what stands there is what they saw."""
    if now is None or seen_key(now, text.sent.kind) != seen:
        return False
    return judge(text.sent, text.text, [finding[0] for finding in text.findings], now) in KEEPABLE


@transaction.atomic
def decide_again(one, keys=None):
    """Let what was kept of an import be decided again, all of it or texts with these keys; return how many.

    Raises `OtherOrderError`.
    """
    kept = lock_import(one, is_ordered=False).texts.filter(kept_at__isnull=False)
    return (kept if keys is None else kept.filter(pk__in=keys)).update(kept_at=None, kept_by=None)
