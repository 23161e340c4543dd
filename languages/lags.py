"""What is behind: the texts that did not follow a twin, read from the memory that `languages.alignment` keeps. Pure."""

from dataclasses import dataclass

from languages.codes import LANGUAGES, OFFICIAL
from languages.open_texts import records_of


@dataclass(frozen=True, slots=True)
class Lag:
    """A text that is behind: its address, its language, and the twins that changed, each with the digest of what it said."""

    address: str
    language: str
    twins: tuple  # of (language, digest when they last agreed, digest now)

    @property
    def keys(self):
        """What this lag is and nothing else, one for each twin in their order: another change to the twin makes another key."""
        return tuple(f"{self.address}:{self.language}:{code}={now}" for code, _then, now in self.twins)


def lags(memory):
    """Return every `Lag` of a memory, in the order of the texts.

    A text that is missing is not behind, nor are its twins, and so it is with one that is open.
    """
    result = []
    for address, digests in memory.get("now", {}).items():
        pairs = memory.get("since", {}).get(address)
        for code in LANGUAGES if pairs else ():
            if code not in records_of(memory, address):
                moved = moved_twins(memory, address, code)
                twins = tuple((twin, then, now) for twin, own, then, now in moved if digests.get(code) == own)
                if twins:
                    result.append(Lag(address, code, twins))
    return result


def moved_twins(memory, address, language):
    """Yield `(twin, digest of the language then, digest of the twin then, and now)` for each done twin that changed since."""
    digests, records = memory["now"][address], records_of(memory, address)
    for twin, own, then in agreed_twins(memory.get("since", {}).get(address, {}), language):
        if digests.get(twin) and digests[twin] != then and twin not in records:
            yield twin, own, then, digests[twin]


def agreed_twins(pairs, language):
    """Yield `(twin, digest of the language, digest of the twin)` when they last agreed, for each pair that does not agree.

    They come in the order of the languages, whatever the order in which the database gives the memory back.
    """
    for twin in LANGUAGES:
        if agreed := pairs.get(f"{language}-{twin}"):
            yield twin, *agreed
        elif agreed := pairs.get(f"{twin}-{language}"):
            yield twin, *reversed(agreed)


def official_lags(memory):
    """Return the lags that hold up publication: Dutch behind French, or French behind Dutch. English never does."""
    result = []
    for lag in lags(memory):
        twins = tuple(twin for twin in lag.twins if twin[0] in OFFICIAL)
        if lag.language in OFFICIAL and twins:
            result.append(Lag(lag.address, lag.language, twins))
    return result


def unexcused_lags(memory):
    """Return the official lags that need a reason and have none, or whose text changed since one was given."""
    excused = set(memory.get("excused", {}).get("texts", ()))
    return [lag for lag in official_lags(memory) if not excused.issuperset(lag.keys)]


def keys_in_languages(keys, languages):
    """Return those of the keys of lags, and of texts that are done, whose text is in one of `languages`, and nothing else."""
    return [key for key in keys if len(parts := key.split(":")) > 1 and parts[1] in languages]
