"""Confirms texts that were taken over from a file, for whoever reads them side by side on the screen of the import."""

from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin

from exchange.current_texts import text_pairs
from exchange.judging import seen_key
from exchange.taking import by_object, get_to_write
from languages.open_texts import UNCONFIRMED, Author, open_texts


@transaction.atomic
def confirm(one, seen, user):
    """Confirm texts of an import, as `user`; return how many. `seen` maps keys of imported texts to what somebody saw.

    What says something else by now, or is not in translation any more, is left.
    """
    number = 0
    for place, texts in by_object(one.texts.filter(pk__in=seen, is_taken=True)):
        latest, reason = get_to_write(*place, one.package.target, user)
        if reason or not isinstance(latest, DraftStateMixin):
            continue
        now = text_pairs(latest, one.package.source, one.package.target)
        as_seen = {
            text.sent.address
            for text in texts
            if text.sent.address in now and seen_key(now[text.sent.address], text.sent.kind) == seen[text.pk]
        }
        done = {
            text.place
            for text in open_texts(latest.memory())
            if text.kind in UNCONFIRMED and text.language == one.package.target and text.address in as_seen
        }
        if done:
            finish(latest, frozenset(done), user)
            number += len(done)
    return number


def finish(latest, places, user):
    """Save a draft in which the texts at some places are done."""
    author = Author(user.pk, timezone.now().isoformat(timespec="seconds"), places)
    latest.note_change(latest.memory(), author)
    latest.save_revision(user=user, clean=False, log_action=True)
