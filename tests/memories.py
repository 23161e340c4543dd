"""The memory of what the languages of texts said, for tests of it on its own."""

from languages import alignment
from languages.codes import LANGUAGES
from languages.lags import lags
from languages.units import Unit

AGREED = {"nl": "een", "fr": "un", "en": "one"}


def unit(address="body.1", **texts):
    return Unit(address, {"nl": "", "fr": "", "en": "", **texts}, "text")


def advance(memory, *texts, **options):
    return alignment.advance(memory, texts, known_texts=alignment.texts_by_digest(texts, memory), **options)


def keys(memory, *languages):
    return [key for lag in lags(memory) if lag.language in (languages or LANGUAGES) for key in lag.keys]


def behind(memory):
    return {(lag.address, lag.language) for lag in lags(memory)}
