"""Confirms texts that were taken over from a file, for whoever reads them side by side on the screen of the import."""

from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin

from exchange.current_texts import text_pairs
from exchange.judging import TextNow, seen_key
from exchange.taking import by_object, get_to_write
from languages.open_texts import UNCONFIRMED, Author, open_texts, place_of


@transaction.atomic
def confirm(one, seen, user):
    """Confirm texts of an import, as `user`; return these.

    `seen` maps keys of imported texts to what somebody saw, or to None for what the file says beside its source as it was
    sent. What says something else by now, or is not in translation any more, is left.
    """
    confirmed = []
    for place, texts in by_object(one.texts.filter(pk__in=seen, is_taken=True)):
        latest, reason = get_to_write(*place, one.package.target, user)
        if reason or not isinstance(latest, DraftStateMixin):
            continue
        now = text_pairs(latest, one.package.source, one.package.target)
        as_seen = {
            text.sent.address
            for text in texts
            if text.sent.address in now and seen_key(now[text.sent.address], text.sent.kind) == key_seen(text, seen[text.pk])
        }
        done = {
            text.place
            for text in open_texts(latest.memory())
            if text.kind in UNCONFIRMED and text.language == one.package.target and text.address in as_seen
        }
        if done:
            finish(latest, frozenset(done), user)
            confirmed += [text for text in texts if place_of(text.sent.address, one.package.target) in done]
    return confirmed


def key_seen(text, seen):
    """Return what somebody saw of a text; where that is None, what the file says beside the source that was sent."""
    return seen_key(TextNow(text.sent.source, text.text), text.sent.kind) if seen is None else seen


def finish(latest, places, user):
    """Save a draft in which the texts at some places are done."""
    author = Author(user.pk, timezone.now().isoformat(timespec="seconds"), places)
    latest.note_change(latest.memory(), author)
    latest.save_revision(user=user, clean=False, log_action=True)
