"""Takes texts of a file over into drafts, and gives back what stood there before.

All of an import is one transaction. Each object is locked before its texts are looked at, so that nothing is replaced that
somebody wrote since a person saw it. What has no drafts is changed where readers see it, and is done at once.
"""

from dataclasses import dataclass, field
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page

from exchange.current_texts import text_pairs
from exchange.judging import TAKEABLE, Left, judge, seen_key
from exchange.models import Import, ImportedText
from exchange.take_log import TAKEN, UNDONE
from languages import alignment
from languages.normalising import digest
from languages.open_texts import IMPORTED, Author, records_after
from languages.rights import languages_to_write
from languages.units import put, units
from languages.versions import latest_of
from languages.views import may_edit


@dataclass
class Outcome:
    """What was written, and what was left: pairs of an `ImportedText` and a `Left`."""

    written: list = field(default_factory=list)
    left: list = field(default_factory=list)


@transaction.atomic
def take(one, seen, user):
    """Take texts of an import over, as `user`; return the `Outcome`.

    `seen` maps keys of imported texts to what somebody saw there (`judging.seen_key`), or to None for whatever verdict "ready"
    allows: then neither source nor target may have changed since the texts were sent.
    """
    one = Import.objects.select_for_update(no_key=True).get(pk=one.pk)
    outcome, package = Outcome(), one.package
    texts = one.texts.filter(pk__in=seen, is_taken=False).select_related("sent")
    for place, group in by_object(texts):
        group = list(group)
        latest, reason = get_to_write(*place, package.target, user)
        if reason:
            outcome.left += [(text, reason) for text in group]
            continue
        now = text_pairs(latest, package.source, package.target)
        to_write = []
        for text in group:
            reason = reason_against_taking(text, now.get(text.sent.address), seen[text.pk])
            outcome.left += [(text, reason)] if reason else []
            to_write += [] if reason else [text]
        if to_write:
            write(latest, to_write, now, package, user)
            outcome.written += to_write
    one.left = [[text.pk, reason] for text, reason in outcome.left]
    if outcome.written:
        one.taken_by, one.taken_at, one.undone_at, one.undone_by = user, timezone.now(), None, None
    one.begun_at = one.chosen = None
    one.save()
    return outcome


def by_object(texts):
    """Return imported texts by `(content type, key)`, always in the same order: two imports never wait for each other."""
    ordered = texts.order_by("sent__content_type_id", "sent__object_id", "sent__number")
    return groupby(ordered, lambda text: (text.sent.content_type_id, text.sent.object_id))


def get_to_write(content_type, pk, language, user):
    """Return the latest version of an object, locked, and None; or None and a `Left` where `user` cannot write in it now."""
    model = ContentType.objects.get_for_id(content_type).model_class()
    if model is None:
        return None, Left.GONE
    try:
        latest = latest_of(model(pk=pk), locked=True)
    except ObjectDoesNotExist:
        return None, Left.GONE
    if language not in languages_to_write(user) or not may_edit(user, latest):
        return None, Left.FORBIDDEN
    lock = latest.get_lock() if isinstance(latest, Page) else None
    return (None, Left.LOCKED) if lock and lock.for_user(user) else (latest, None)


def reason_against_taking(text, now, seen):
    """Return why a text is not taken over, None where it is: what stands there is what somebody saw, or what was sent."""
    sent = text.sent
    if now is None:
        return Left.GONE
    verdict = judge(sent, text.text, [finding[0] for finding in text.findings], now)
    if verdict not in TAKEABLE:
        return Left.NOTHING
    known = seen_key(sent, sent.kind) if seen is None else seen
    return None if seen_key(now, sent.kind) == known else Left.CHANGED


def write(latest, texts, now, package, user):
    """Write texts into an object and remember what stood there: a draft is in translation until a person confirms it."""
    memory = latest.memory()
    known = alignment.texts_by_digest(units(latest), memory)
    put(latest, {text.sent.address: {package.target: text.text} for text in texts})
    saved = list(units(latest))
    digests = alignment.digests_of(saved)
    for text in texts:
        text.before = what_stood(text.sent, now[text.sent.address], memory, known, package)
        text.is_taken = True
    author = author_of(latest, user, IMPORTED)
    records = records_after(digests, memory, memory, author)
    latest.alignment = alignment.advance(memory, saved, known_texts=known, records=records)
    for text in texts:
        if digest(now[text.sent.address].source, text.sent.kind) != digest(text.sent.source, text.sent.kind):
            fall_behind(latest.alignment, text, package)
    save(latest, user, TAKEN, {"package": package.name, "language": package.target, "number": len(texts)})
    keep_marks(texts)


def keep_marks(texts):
    """Save what was noted of imported texts, in one insert: an update of many rows takes several times as long."""
    marks = ["before", "is_taken"]
    ImportedText.objects.bulk_create(texts, update_conflicts=True, unique_fields=["id"], update_fields=marks)


def author_of(latest, user, kind):
    """Return the `Author` of what is written into a draft; None where there are no drafts: what is saved is done."""
    moment = timezone.now().isoformat(timespec="seconds")
    return Author(user.pk, moment, kind=kind) if isinstance(latest, DraftStateMixin) else None


def fall_behind(memory, text, package):
    """Note that a text was translated from what its source said when it was sent, and not from what it says now."""
    pair = alignment.pair_name(package.source, package.target)
    agreed = {package.source: digest(text.sent.source, text.sent.kind), package.target: digest(text.text, text.sent.kind)}
    memory["since"].setdefault(text.sent.address, {})[pair] = [agreed[code] for code in pair.split("-")]
    memory["was"][agreed[package.source]] = text.sent.source
    memory["was"][agreed[package.target]] = text.text


def what_stood(sent, now, memory, known, package):
    """Return what `ImportedText.before` has of a text: what it said, and how it stood to its twins."""
    digests = memory["now"].get(sent.address, {})
    since = {}
    for pair in (pair for pair in alignment.PAIRS if package.target in pair and set(pair) <= digests.keys()):
        if agreed := alignment.last_agreement(memory, sent.address, *pair):
            since[alignment.pair_name(*pair)] = agreed
    used = {one for agreed in since.values() for one in agreed}
    was = {one: text for one, text in known.items() if one in used}
    record = memory.get("open", {}).get(sent.address, {}).get(package.target)
    return {"text": now.target, "since": since, "was": was, "open": record}


@transaction.atomic
def undo(one, user):
    """Give back what stood there before an import, as `user`; return the `Outcome`. What was changed since then is left."""
    one = Import.objects.select_for_update(no_key=True).get(pk=one.pk)
    outcome, package = Outcome(), one.package
    for place, group in by_object(one.texts.filter(is_taken=True).select_related("sent")):
        group = list(group)
        latest, reason = get_to_write(*place, package.target, user)
        now = {} if reason else text_pairs(latest, package.source, package.target)
        to_write = []
        for text in group:
            why = reason or reason_against_undoing(text, now.get(text.sent.address))
            outcome.left += [(text, why)] if why else []
            to_write += [] if why else [text]
        if to_write:
            give_back(latest, to_write, package, user)
            outcome.written += to_write
    one.left = [[text.pk, reason] for text, reason in outcome.left]
    if outcome.written:
        one.undone_by, one.undone_at = user, timezone.now()
    one.begun_at = one.chosen = None
    one.save()
    return outcome


def reason_against_undoing(text, now):
    if now is None:
        return Left.GONE
    return None if digest(now.target, text.sent.kind) == digest(text.text, text.sent.kind) else Left.CHANGED


def give_back(latest, texts, package, user):
    """Write what stood there before into an object, and how it stood to its twins."""
    memory = latest.memory()
    put(latest, {text.sent.address: {package.target: text.before["text"]} for text in texts})
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
    latest.alignment = alignment.advance(with_agreements(memory, texts), saved, known_texts=known, records=records)
    for text in texts:
        text.is_taken, text.before = False, None
    save(latest, user, UNDONE, {"package": package.name, "language": package.target, "number": len(texts)})
    keep_marks(texts)


def with_agreements(memory, texts):
    """Return a memory in which texts last agreed with their twins when they did so before the import."""
    since = {address: dict(pairs) for address, pairs in memory["since"].items()}
    for text in texts:
        since.setdefault(text.sent.address, {}).update(text.before["since"])
    return {**memory, "since": since}


def save(latest, user, action, data):
    """Save an object with its texts: a page as a draft, what has no drafts where readers see it."""
    if isinstance(latest, DraftStateMixin):
        revision = latest.save_revision(user=user, clean=False)
        log(instance=latest, action=action, user=user, revision=revision, data=data, content_changed=True)
    else:
        latest.save()
        log(instance=latest, action=action, user=user, data=data, content_changed=True)
