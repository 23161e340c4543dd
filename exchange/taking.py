"""Takes texts of a file over into drafts.

All that is taken over at once is one transaction. Each object is locked before its texts are looked at, so that nothing is
replaced that somebody wrote since a person saw it. What has no drafts is changed where readers see it, and is done at once.
"""

from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import LogContext, log
from wagtail.models import DraftStateMixin, Page

from directory.models import GlossaryTerm
from directory.models.glossary_term import NOT_TWICE, lock_names
from exchange.current_texts import keys_of_lags, text_pairs
from exchange.judging import TAKEABLE, Left, Verdict, judge, seen_key
from exchange.models import Import, ImportedText
from exchange.outcomes import OtherOrderError, Outcome
from exchange.take_log import TAKEN
from exchange.what_stood import what_stood
from languages import alignment
from languages.normalising import digest
from languages.open_texts import IMPORTED, Author
from languages.rights import languages_to_write
from languages.slugs import slug_of
from languages.units import put, units
from languages.versions import read_latest_version
from languages.views import may_edit
from notices.models import Notice
from pages.list_parts import is_part
from pages.models import SitePage


@transaction.atomic
def take(one, seen, user, is_ordered=False):
    """Take texts of an import over, as `user`; return the `Outcome`.

    `seen` maps keys of imported texts to what somebody saw there (`judging.seen_key`), or to None for whatever verdict "ready"
    allows: then neither source nor target may have changed since the texts were sent. `is_ordered` says that it is done for
    `exchange.large_imports`; raises `OtherOrderError` for anything else while that is going on.
    """
    one, outcome = lock_import(one, is_ordered), Outcome()
    package = one.package
    for place, texts in by_object(one.texts.filter(pk__in=seen, is_taken=False, kept_at=None)):
        latest, reason = get_to_write(*place, package.target, user)
        now = text_pairs(latest, package.source, package.target) if latest else {}
        reasons = [(text, reason or reason_against_taking(text, now.get(text.sent.address), seen[text.pk])) for text in texts]
        to_write = [text for text, reason in reasons if not reason]
        outcome.left += [(text, reason) for text, reason in reasons if reason]
        try:
            if to_write:
                write(latest, to_write, now, package, user)
                outcome.note(latest, to_write)
        except ValidationError:
            outcome.left += [(text, Left.INVALID) for text in to_write]
    if outcome.written:
        one.taken_by, one.taken_at, one.undone_at, one.undone_by = user, timezone.now(), None, None
    note_left(one, outcome, is_ordered)
    return outcome


def lock_import(one, is_ordered):
    """Return an import as it is now, locked. Raises `OtherOrderError`."""
    one = Import.objects.select_for_update(no_key=True).get(pk=one.pk)
    if (one.begun_at is not None) != is_ordered:
        raise OtherOrderError
    return one


def note_left(one, outcome, is_ordered):
    """Save an import, with what was left; an order comes in parts, and tells of all of them. What is left is judged anew."""
    left = [[text.pk, reason] for text, reason in outcome.left]
    one.left = one.left + left if is_ordered else left
    one.save()
    ImportedText.objects.bulk_update([text for text, _reason in outcome.left], ["verdict"])


def by_object(texts):
    """Yield `(content type, key)` and imported texts of it, always in the same order: two imports never wait in a circle.

    Before the first entry of the glossary, where one of them is to be named, nobody else may name one any more.
    """
    ordered = texts.select_related("sent").order_by("sent__content_type_id", "sent__object_id", "sent__number")
    for kind, of_kind in groupby(ordered, lambda text: text.sent.content_type_id):
        of_kind = list(of_kind)
        if kind == ContentType.objects.get_for_model(GlossaryTerm).pk and any(one.sent.address == "term" for one in of_kind):
            lock_entries({text.sent.object_id for text in of_kind})
        for key, group in groupby(of_kind, lambda text: text.sent.object_id):
            yield (kind, key), list(group)


def lock_entries(keys):
    """Lock entries of the glossary, and then the names of all: whoever saves the form of one does it in this order too."""
    list(GlossaryTerm.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
    lock_names()


def get_to_write(content_type, pk, language, user):
    """Return the latest version of an object, locked, and None; or None and a `Left` where `user` cannot write in it now."""
    model = ContentType.objects.get_for_id(content_type).model_class()
    if model is None:
        return None, Left.GONE
    try:
        latest = read_latest_version(model(pk=pk), locked=True)
    except ObjectDoesNotExist:
        return None, Left.GONE
    is_open = not isinstance(latest, Notice) or latest.may_be_changed_by(user)
    if language not in languages_to_write(user) or not may_edit(user, latest) or not is_open:
        return None, Left.FORBIDDEN
    lock = latest.get_lock() if isinstance(latest, Page) else None
    return (None, Left.LOCKED) if lock and lock.for_user(user) else (latest, None)


def reason_against_taking(text, now, seen):
    """Return why a text is not taken over, None where it is: what stands there is what somebody saw, or what was sent."""
    sent = text.sent
    text.verdict = judge(sent, text.text, text.codes, now)
    if now is None:
        return Left.GONE
    if text.verdict not in TAKEABLE or (text.verdict == Verdict.STILL_CORRECT and seen is None):
        return Left.NOTHING
    known = seen_key(sent, sent.kind) if seen is None else seen
    return None if seen_key(now, sent.kind) == known else Left.CHANGED


def write(latest, texts, now, package, user):
    """Write texts into an object and remember what stood there: a draft is in translation until a person confirms it.

    What is only called still correct stays as it is, and is behind no more.
    """
    memory = latest.memory()
    known = alignment.texts_by_digest(units(latest), memory)
    still_correct = {text.sent.address for text in texts if text.verdict == Verdict.STILL_CORRECT}
    new = {text.sent.address: text.text for text in texts if text.sent.address not in still_correct}
    put_texts(latest, new, package.target)
    moment = timezone.now()
    for text in texts:
        address = text.sent.address
        text.before = what_stood(address, package.target, now[address].target, memory, known)
        text.is_taken, text.taken_at = True, moment
    latest.note_change(memory, author_of(latest, user, IMPORTED), known, keys_of_lags(memory, still_correct, package))
    for text in texts:
        if digest(now[text.sent.address].source, text.sent.kind) != digest(text.sent.source, text.sent.kind):
            fall_behind(latest.alignment, text, package)
    save(latest, user, TAKEN, {"package": package.name, "language": package.target, "number": len(texts)})
    keep_marks(texts)


def put_texts(latest, texts, language):
    """Put texts in a language into an object. Raises ValidationError where it has no drafts and would not be valid.

    A heading makes the slug of a page that has none yet, as it does in the form.
    """
    put(latest, {address: {language: text} for address, text in texts.items()})
    if isinstance(latest, SitePage) and texts.get("heading") and not getattr(latest, f"url_slug_{language}"):
        slug = slug_of(texts["heading"], language)
        put(latest, {"url_slug": {language: slug.replace("-", "") if is_part(language, slug) else slug}})
    if not isinstance(latest, DraftStateMixin):
        latest.full_clean()
        names = [f"{address}_{language}" for address in texts]
        if isinstance(latest, GlossaryTerm) and latest.names_taken(names):
            raise ValidationError(NOT_TWICE)


def keep_marks(texts):
    """Save what was noted of imported texts, in one insert: an update of many rows takes several times as long."""
    marks = ["before", "is_taken", "taken_at", "verdict"]
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


def save(latest, user, action, data):
    """Save an object with its texts: a page as a draft, what has no drafts where readers see it.

    The log of an object shows one line for each act of a person, so that each object is an act of its own.
    """
    has_drafts = isinstance(latest, DraftStateMixin)
    revision = latest.save_revision(user=user, clean=False) if has_drafts else None
    if not has_drafts:
        latest.save()
    with LogContext(user=user):
        log(instance=latest, action=action, user=user, revision=revision, data=data, content_changed=True)
