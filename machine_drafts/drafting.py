"""Drafts the texts of a page that are missing or behind in a language, and saves them as a draft, to be confirmed."""

from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from operator import attrgetter
from time import monotonic

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from languages import alignment
from languages.normalising import digest
from languages.numbers import format_number
from languages.open_texts import MACHINE, Author
from languages.units import put, units
from languages.versions import read_latest_version
from machine_drafts.choosing import LeftOut, choose_texts
from machine_drafts.marks import to_xml
from machine_drafts.reading import codes_of, find_terms, read_draft
from machine_drafts.rights import why_not
from machine_drafts.services import SENTENCES, ServiceRefused, ask_in_time, get_service
from machine_drafts.use import LimitReached, monthly_limit, release, reserve, used_characters
from pages import address_writer

# What is sent at once, so that the answer is there before anybody's patience ends.
MOST_TEXTS, MOST_CHARACTERS = 50, 50_000
PATIENCE = 25  # seconds for all that is asked of the service, its glossary too: gunicorn gives up after 30, nginx after 35


@dataclass(slots=True)
class DraftingOutcome:
    """What came of it: the units that were drafted and saved, those that were left out, and in words why there are no more."""

    units: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    refusal: str = ""


def draft_texts(page, language, user):
    """Draft what is missing or behind in a language of the latest version of a page, save it, and return a `DraftingOutcome`.

    Call it outside of transactions: what is counted must be seen by others before anything is sent.
    """
    latest = read_latest_version(page)
    if reason := why_not(user, latest, language):
        return DraftingOutcome(refusal=reason)
    chosen, left_out = choose_texts(latest, language)
    now, later = take_first(chosen)
    drafted = DraftingOutcome(left_out=left_out)
    drafts = translate(now, drafted)
    if drafts:
        save_drafts(page, language, user, drafts, drafted)
    drafted.left_out += [LeftOut(one.unit, "later") for one in later]
    return drafted


def take_first(chosen):
    """Return the texts that are sent at once, and those that are not."""
    characters, count = 0, 0
    for one in chosen[:MOST_TEXTS]:
        characters += count_characters([one])
        if count and characters > MOST_CHARACTERS:
            break
        count += 1
    return chosen[:count], chosen[count:]


def count_characters(texts):
    """Return how many characters are sent for texts, their marks among them."""
    return sum(len(to_xml(codes_of(one))) for one in texts)


def translate(chosen, drafted):
    """Return pairs of a `TextToDraft` and its draft; note in `drafted` what is left out, and why the service sent no more.

    All is counted before the first text is sent. What was not translated is taken back, but not what the service may still be
    translating when nobody waits for it any more: it counts that, too. Once the time is over no other text is sent.
    """
    left, deadline = count_characters(chosen), monotonic() + PATIENCE
    try:
        month = reserve(left)
    except LimitReached:
        drafted.refusal = limit_words(left)
        return []
    drafts = []
    try:
        for _source, group in groupby(sorted(chosen, key=attrgetter("source")), key=attrgetter("source")):
            texts, seconds = list(group), deadline - monotonic()
            if seconds <= 0:
                drafted.refusal = str(SENTENCES["slow"])
                break
            answers = ask_service(texts, seconds)
            left -= count_characters(texts)
            for one, answer in zip(texts, answers, strict=True):
                draft, reason = read_draft(one, answer)
                if reason:
                    drafted.left_out.append(LeftOut(one.unit, reason))
                else:
                    drafts.append((one, draft))
    except ServiceRefused as error:
        drafted.refusal = str(error.sentence)
        left -= count_characters(texts) if error.code == "slow" else 0
    finally:
        release(left, month)
    return drafts


def ask_service(texts, seconds=PATIENCE):
    """Return what the service makes of texts that have one source and one target. Raises `ServiceRefused`."""
    source, target = texts[0].source, texts[0].target
    words, terms = [to_xml(codes_of(one)) for one in texts], find_terms(source, target)
    return ask_in_time(partial(get_service().translate, words, source, target, terms), seconds)


def limit_words(characters):
    """Return in words that so many characters are more than are left of this month."""
    return _("This would send %(count)s characters, and of this month %(left)s are left.") % {
        "count": format_number(characters),
        "left": format_number(max(0, monthly_limit() - used_characters())),
    }


@transaction.atomic
def save_drafts(page, language, user, drafts, drafted):
    """Save drafts in the latest version of a page, as a machine's (`languages.open_texts`), and note that in `drafted`.

    What was changed since it was sent, or whose source was, stays as it is.
    """
    if not page.live:
        address_writer.lock()  # before the page, as a draft that is not public is saved whole, with its addresses
    latest = read_latest_version(page, locked=True)
    if reason := why_not(user, latest, language):
        drafted.refusal = reason
        return
    texts_before = list(units(latest))
    memory = alignment.refresh(latest.alignment, texts_before)
    texts = {one.unit.address: {language: draft} for one, draft in drafts if is_as_sent(one, memory["now"])}
    drafted.left_out += [LeftOut(one.unit, "changed") for one, _draft in drafts if one.unit.address not in texts]
    if texts:
        put(latest, texts)
        author = Author(user.pk, timezone.now().isoformat(timespec="seconds"), kind=MACHINE)
        latest.note_change(memory, author, alignment.texts_by_digest(texts_before, memory))
        latest.save_revision(user=user, log_action=True, clean=False)
    drafted.units += [one.unit for one, _draft in drafts if one.unit.address in texts]


def is_as_sent(one, now):
    """Say whether a text and its source say what they did when they were sent, given the digests of today."""
    digests = now.get(one.unit.address, {})
    return all(digests.get(code) == digest(one.unit.texts[code], one.unit.kind) for code in (one.source, one.target))
