"""Which texts of a page have fallen behind their twins: the memory of what the languages said when they last agreed.

Dutch, French and English are peers: whichever moves first, the others are behind until they follow, or until somebody says
that they are still correct. Only texts as they are compared count (`languages.normalising`), so a technical save marks nothing.

The memory is a plain mapping that is stored with the texts, in the page and in each of its revisions, so that what is
published, reverted, copied or scheduled keeps its own:

    {"now":   {address: {"nl": digest, "fr": digest, "en": ""}},     what each text said at the last save
     "since": {address: {"nl-fr": [digest, digest]}},                 where two differ: what they said when they last agreed
     "was":   {digest: text},                                         the texts of those digests, to show what changed
     "excused": {"reason": …, "texts": […], "by": …}}                 why it may be published (keys of lags), and who says so

Two languages of a text that are both filled and have no entry in `since` agree as they are. Everything here is pure.
"""

from itertools import combinations

from languages.codes import LANGUAGES
from languages.lags import lags, official_lags
from languages.normalising import digest

# Not compared: an address leads elsewhere in each language, a slug keeps its page's address, own words have no twin.
UNCOMPARED_KINDS = ("url", "own", "slug")
PAIRS = tuple(combinations(LANGUAGES, 2))


def digests_of(texts):
    """Return `{address: {language: digest}}` of the units that are compared."""
    return {
        unit.address: {code: digest(unit.texts[code], unit.kind) for code in unit.languages}
        for unit in texts
        if unit.kind not in UNCOMPARED_KINDS
    }


def texts_by_digest(texts, memory=None):
    """Return `{digest: text}` of units as they stand, and of what `memory` keeps."""
    digests = dict((memory or {}).get("was", {}))
    for unit in texts:
        if unit.kind not in UNCOMPARED_KINDS:
            digests.update({digest(unit.texts[code], unit.kind): unit.texts[code] for code in unit.languages})
    return digests


def advance(memory, texts, confirmed=(), known_texts=None, in_session=False):
    """Return the memory after a save of the units `texts`.

    `memory` is that of what was opened for editing ({} for something new): texts that changed since then, in two languages,
    were changed together and agree. `confirmed` are keys of lags that somebody looked at and found still correct: those
    texts agree with their twins as they are. `known_texts` maps digests to texts, those from before the save. `in_session`
    says that more saves may follow from the same opened form, as when it saves by itself: what was opened is then remembered
    too.
    """
    now, since, agreements = digests_of(texts), {}, open_agreements(memory)
    for address, digests in now.items():
        for one, other in PAIRS:
            agreed = last_agreement(memory, address, one, other)
            if one not in digests or other not in digests:
                if agreed:  # a text that is limited to some languages for a while is compared again when it is not
                    since.setdefault(address, {})[pair_name(one, other)] = agreed
                continue
            current = [digests[one], digests[other]]
            agreed = agreed or agreements.get((one, other, *current))
            if agreed is None or agreed == current:
                continue
            changed_together = agreed[0] != current[0] and agreed[1] != current[1]
            if not (changed_together and all(current)):
                since.setdefault(address, {})[pair_name(one, other)] = agreed
    for lag in lags({"now": now, "since": since}):
        for key, (twin, _then, _now) in zip(lag.keys, lag.twins, strict=True):
            if key in confirmed:
                since[lag.address].pop(pair_name(lag.language, twin), None)
    since = {address: pairs for address, pairs in since.items() if pairs}
    used = {one for pairs in since.values() for pair in pairs.values() for one in pair}
    if in_session:
        opened = memory.get("now", {})
        used |= {one for address, digests in opened.items() if now.get(address) != digests for one in digests.values()}
    new_memory = {
        "now": now,
        "since": since,
        "was": {one: text for one, text in {**memory.get("was", {}), **(known_texts or {})}.items() if one in used},
    }
    return {**new_memory, "excused": memory["excused"]} if memory.get("excused") and official_lags(new_memory) else new_memory


def refresh(memory, texts):
    """Return a memory whose `now` is what `texts` say: itself, or one brought up to date."""
    return memory if memory.get("now") == digests_of(texts) else advance(memory, texts)


def rebase(opened, opened_digests, latest, submitted):
    """Return the memory from which to advance where somebody else saved while a form was open.

    `opened` is the memory of what the form opened, `opened_digests` are its digests as of its own last save, `latest` is the
    memory that the other left, `submitted` are the digests of the merged texts about to be saved; digests are
    `{address: {language: digest}}`.
    Where the other changed one language and this person its twin, neither has seen the other's text: what was typed here
    agrees with what its twin said when the form was opened, and is behind what it says now.
    """
    now, since = {**latest.get("now", {}), **opened.get("now", {})}, {}
    for address, digests in latest.get("now", {}).items():
        theirs = {code for code, one in digests.items() if opened_digests.get(address, {}).get(code, "") != one}
        # Where nobody here changed a text, or it is saved already as it stands here, what was confirmed meanwhile counts too.
        is_known = submitted.get(address) in (opened.get("now", {}).get(address), digests)
        source = latest if theirs or is_known else opened
        if theirs:
            now[address] = digests
        for one, other in PAIRS:
            if one not in digests or other not in digests:
                if agreed := last_agreement(latest, address, one, other):
                    since.setdefault(address, {})[pair_name(one, other)] = agreed
                continue
            agreed = last_agreement(source, address, one, other)
            if len(theirs & {one, other}) == 1:
                mover, follower = (one, other) if one in theirs else (other, one)
                mine, before = submitted.get(address, {}).get(follower, ""), opened.get("now", {}).get(address, {})
                if mine != before.get(follower, "") and mine and before.get(mover):
                    pair = {mover: before[mover], follower: mine}
                    agreed = [pair[one], pair[other]]
            elif theirs and not theirs & {one, other}:
                agreed = last_agreement(opened, address, one, other)
            if agreed:
                since.setdefault(address, {})[pair_name(one, other)] = agreed
    return {**latest, "now": now, "since": since, "was": {**opened.get("was", {}), **latest.get("was", {})}}


def pair_name(one, other):
    """Return the name of a pair of languages, whichever comes first."""
    return "-".join(sorted((one, other), key=LANGUAGES.index))


def last_agreement(memory, address, one, other):
    """Return the digests of two languages of a text when they last agreed; None when they never did."""
    before = memory.get("now", {}).get(address, {})
    digests = memory.get("since", {}).get(address, {}).get(pair_name(one, other)) or [
        before.get(one, ""),
        before.get(other, ""),
    ]
    return list(digests) if all(digests) else None


def open_agreements(memory):
    """Return `{(language, twin, digest, digest): digests when they last agreed}` of every pair that does not agree.

    A copy of a block within a page is a new text with the same words: it is behind as the first one is.
    """
    now = memory.get("now", {})
    return {
        (*name.split("-"), *(now[address].get(code, "") for code in name.split("-"))): agreed
        for address, pairs in memory.get("since", {}).items()
        for name, agreed in pairs.items()
        if address in now
    }


def excuse(memory, reason, by=None):
    """Return the memory with a reason why its official lags may be published as they are; itself where there are none.

    `by` is the key of whoever gives it; a reason that was there before stays theirs who gave it.
    """
    keys = [key for lag in official_lags(memory) for key in lag.keys]
    before = memory.get("excused", {})
    by = before.get("by") if before.get("reason") == reason else by
    return {**memory, "excused": {"reason": reason, "texts": keys, "by": by}} if keys else memory
