"""The memory of what the languages said (`languages.alignment`) where a form takes in what others saved. Pure."""

from languages.alignment import NEVER, PAIRS, advance, digests_of, last_agreement, pair_name
from languages.open_texts import records_after, records_of


def advance_form(opened, shown, latest, texts, author, confirmed=(), known_texts=None, others_saved=False):
    """Return the memory after a form saved the units `texts`, into which it took what others had saved.

    `opened` is the memory of what the form opened, `shown` are the digests that it showed as of its own last save, None where
    nobody knows, `latest` is the memory of the last save, `others_saved` says that this was not the form's own. `author` is
    the `open_texts.Author`; see `advance` for the rest.
    """
    now = digests_of(texts)
    records = records_after(now, opened, latest, author)
    is_older = shown is not None and any(
        shown.get(address, digests).get(code, "") != one
        for address, digests in latest.get("now", {}).items()
        for code, one in digests.items()
    )
    needs_rebase = shown is not None and (others_saved or is_older)
    memory = rebase(opened, shown, latest, now, records, others_saved) if needs_rebase else opened
    return advance(memory, texts, confirmed, known_texts, in_session=True, records=records)


def rebase(opened, opened_digests, latest, submitted, records=None, others_saved=True):
    """Return the memory from which to advance where the latest version is not what an open form shows.

    `opened` is the memory of what the form opened, `opened_digests` are its digests as of its own last save, `latest` is the
    memory of the last save, `submitted` are the digests of the merged texts about to be saved, `records` those of what is open
    then; digests are `{address: {language: digest}}`. `others_saved` says that the last save was not the form's own.
    Where the other changed one language and this person its twin, neither has seen the other's text: what was typed here
    agrees with what its twin said when the form was opened, and is behind what it says now. While it is open it waits.
    """
    now, since = {**latest.get("now", {}), **opened.get("now", {})}, {}
    for address, digests in latest.get("now", {}).items():
        theirs = {code for code, one in digests.items() if opened_digests.get(address, {}).get(code, "") != one}
        before, mine = opened.get("now", {}).get(address, {}), submitted.get(address, {})
        if theirs:
            now[address] = digests
        # What was done already as it stands: whoever said so knew both texts.
        settled = {code for code, one in digests.items() if mine.get(code) == one and code not in records_of(latest, address)}
        done = {code: one for code, one in mine.items() if code not in settled | (records or {}).get(address, {}).keys()}
        for pair in PAIRS:
            sources = (latest,)
            here, *known = ([texts.get(code) for code in pair] for texts in (mine, before, digests))
            # Where nobody here changed either, or both are saved already as they stand here, what was confirmed counts.
            is_known = others_saved and here in known
            if digests.keys() >= set(pair) and not (theirs.intersection(pair) or is_known):
                # What says the same in both may be done meanwhile.
                sources = (opened, latest) if all(before.get(code) == digests[code] for code in pair) else (opened,)
            agreements = [last_agreement(source, address, *pair) for source in sources]
            if digests.keys() >= set(pair):
                agreements.insert(0, unseen_agreement(pair, theirs, before, done))
            since.setdefault(address, {})[pair_name(*pair)] = next(filter(None, agreements), NEVER)
    return {**latest, "now": now, "since": since, "was": {**opened.get("was", {}), **latest.get("was", {})}}


def unseen_agreement(pair, theirs, before, done):
    """Return the digests with which a text of `pair` agrees that is typed and done beside a twin whose change it never saw."""
    if len(theirs.intersection(pair)) != 1:
        return None
    mover, follower = sorted(pair, key=lambda code: code not in theirs)
    if not (done.get(follower) and before.get(mover)) or done[follower] == before.get(follower):
        return None
    return [before[mover] if code == mover else done[follower] for code in pair]
