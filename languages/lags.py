"""What is behind: the texts that did not follow a twin, read from the memory that `languages.alignment` keeps. Pure."""

from dataclasses import dataclass

from languages.codes import LANGUAGES, OFFICIAL


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
    """Return every `Lag` of a memory, in the order of the texts. A text that is missing is not behind, nor are its twins."""
    result = []
    for address, digests in memory.get("now", {}).items():
        pairs = memory.get("since", {}).get(address)
        for code in LANGUAGES if pairs else ():
            twins = tuple(
                (other, then, digests[other])
                for other, own, then in agreed_twins(pairs, code)
                if digests.get(code) == own and digests.get(other) and digests[other] != then
            )
            if twins:
                result.append(Lag(address, code, twins))
    return result


def agreed_twins(pairs, language):
    """Yield `(twin, digest of the language, digest of the twin)` when they last agreed, for each of its open pairs.

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
    """Return the official lags for which no reason was given, or another one than the text's last change."""
    excused = set(memory.get("excused", {}).get("texts", ()))
    return [lag for lag in official_lags(memory) if not excused.issuperset(lag.keys)]


def own_keys(keys, languages):
    """Return those of the keys of lags whose text is in one of `languages`; what is no such key is left out."""
    return [key for key in keys if len(parts := key.split(":")) > 1 and parts[1] in languages]
