"""Which texts of a page have fallen behind their twins: the memory of what the languages said when they last agreed.

Dutch, French and English are peers: whichever moves first, the others are behind until they follow, or until somebody says
that they are still correct. Only texts as they are compared count (`languages.normalising`), so a technical save marks nothing.

The memory is a plain mapping that is stored with the texts, in the page and in each of its revisions, so that what is
published, reverted, copied or scheduled keeps its own:

    {"now":   {address: {"nl": digest, "fr": digest, "en": ""}},     what each text said at the last save
     "since": {address: {"nl-fr": [digest, digest]}},                 where two differ: what they said when they last agreed
     "was":   {digest: text},                                         the texts of those digests, to show what changed
     "open":  {address: {"fr": {…}}},                                 what is in translation (`languages.open_texts`)
     "excused": {"reason": …, "texts": […], "by": …}}                 why it may be published (keys of lags and of open
                                                                      texts), and who says so

Two languages of a text that are both filled and have no entry in `since` agree as they are, unless one of them is open: then
they never agreed. `open` and `excused` are there only where there is something to say. Everything here is pure.
"""

from itertools import combinations

from languages.codes import LANGUAGES
from languages.lags import lags, official_lags
from languages.normalising import digest
from languages.open_texts import open_texts_to_publish, records_after, records_of

# Not compared: an address leads elsewhere in each language, a slug keeps its page's address, own words have no twin.
UNCOMPARED_KINDS = ("url", "own", "slug")
PAIRS = tuple(combinations(LANGUAGES, 2))
NEVER = ["", ""]  # what two languages said when they last agreed, where they never did


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


def advance(memory, texts, confirmed=(), known_texts=None, in_session=False, records=None):
    """Return the memory after a save of the units `texts`.

    `memory` is that of what was opened for editing ({} for something new): texts that changed since then, in two languages,
    were changed together and agree, once both are done. `confirmed` are keys of lags that somebody looked at and found still
    correct: those texts agree with their twins as they are. `known_texts` maps digests to texts, those from before the save.
    `in_session` says that more saves may follow from the same opened form, as when it saves by itself: what was opened is then
    remembered too. `records` are those of what is open now (`open_texts.records_after`); left out, what changed is done.
    """
    now = digests_of(texts)
    records = records_after(now, memory, memory) if records is None else records
    new_memory = {"now": now, "since": disagreements_after(memory, now, records), **({"open": records} if records else {})}
    confirm(new_memory, confirmed)
    used = {one for pairs in new_memory["since"].values() for pair in pairs.values() for one in pair}
    if in_session:
        opened = memory.get("now", {})
        used |= {one for address, digests in opened.items() if now.get(address) != digests for one in digests.values()}
    known = {**memory.get("was", {}), **(known_texts or {})}
    new_memory["was"] = {one: text for one, text in known.items() if one in used}
    is_excused = memory.get("excused") and (official_lags(new_memory) or open_texts_to_publish(new_memory))
    return {**new_memory, "excused": memory["excused"]} if is_excused else new_memory


def disagreements_after(memory, now, records):
    """Return the `since` of the texts `now` where `records` says what is open: with an open text nothing agrees anew."""
    since, disagreeing = {}, disagreements(memory)
    for address, digests in now.items():
        for one, other in PAIRS:
            agreed = last_agreement(memory, address, one, other)
            # A text that is limited to some languages for a while is compared again when it is not.
            if one in digests and other in digests:
                current = [digests[one], digests[other]]
                agreed = agreed or disagreeing.get((one, other, *current))
                is_open = not {one, other}.isdisjoint(records.get(address, ()))
                if agreed and not is_open and agrees_anew(agreed, current):
                    agreed = None
            if agreed:
                since.setdefault(address, {})[pair_name(one, other)] = agreed
    return since


def agrees_anew(agreed, current):
    """Say whether two languages that agreed once agree as they are: neither changed since, or both did."""
    are_changed = [then != now for then, now in zip(agreed, current, strict=True)]
    return not any(are_changed) or (all(are_changed) and all(current))


def confirm(memory, keys):
    """Let the lags with these keys agree with their twins as they are."""
    for lag in lags(memory):
        for key, (twin, _then, _now) in zip(lag.keys, lag.twins, strict=True):
            if key in keys:
                memory["since"][lag.address].pop(pair_name(lag.language, twin), None)
    memory["since"] = {address: pairs for address, pairs in memory["since"].items() if pairs}


def refresh(memory, texts):
    """Return a memory whose `now` is what `texts` say: itself, or one brought up to date."""
    return memory if memory.get("now") == digests_of(texts) else advance(memory, texts)


def pair_name(one, other):
    """Return the name of a pair of languages, whichever comes first."""
    return "-".join(sorted((one, other), key=LANGUAGES.index))


def last_agreement(memory, address, one, other):
    """Return the digests of two languages of a text when they last agreed; None when they never did."""
    digests = memory.get("since", {}).get(address, {}).get(pair_name(one, other))
    if not digests and {one, other}.isdisjoint(records_of(memory, address)):
        before = memory.get("now", {}).get(address, {})
        digests = [before.get(one, ""), before.get(other, "")]
    return list(digests) if digests and all(digests) else None


def disagreements(memory):
    """Return `{(language, twin, digest, digest): digests when they last agreed}` of every pair that does not agree.

    A copy of a block within a page is a new text with the same words: it is behind as the first one is.
    """
    now = memory.get("now", {})
    return {
        (*name.split("-"), *(now[address].get(code, "") for code in name.split("-"))): agreed
        for address, pairs in memory.get("since", {}).items()
        for name, agreed in pairs.items()
        if address in now and all(agreed)
    }


def excuse(memory, reason, by=None, among=None):
    """Return the memory with a reason why what is behind or open in Dutch or French may be published; itself where nothing is.

    `among` are the keys of the texts for which it is given, where it is not given for all. `by` is the key of whoever gives it;
    a reason that was there before stays theirs who gave it, unless it is now given for more.
    """
    keys = [key for lag in official_lags(memory) for key in lag.keys]
    keys += [text.key for text in open_texts_to_publish(memory)]
    keys = [key for key in keys if among is None or key in among]
    before = memory.get("excused", {})
    if before.get("reason") == reason and before["texts"] and set(keys).issubset(before["texts"]):
        by = before.get("by")
    return {**memory, "excused": {"reason": reason, "texts": keys, "by": by}} if keys else memory
