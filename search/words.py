"""The words of a text, as the index and a query both write them: what is the same to a reader becomes the same word.

PostgreSQL's own parser takes "15-29" for 15 and minus 29, "view.brussels" for a host and "l’emploi" for one word, so it is
given nothing but words and spaces. Accents stay: PostgreSQL takes them off (`unaccent`), as the vocabulary shows them.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

MAX_LENGTH = 80  # characters; longer ones are no words, and would not fit an index either
# Soft hyphens and joiners, which nobody sees, and what no database stores.
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
# "1 600", "1.600" and "1,600" are one number, each in its language; decimals may follow: "1.600,50".
NUMBER = r"(?<![\w.,])(?:{})".format(
    "|".join(
        rf"\d{{1,3}}(?:{separator}\d{{3}})+(?!\w{again})"
        for separator, again in ((r"\.", r"|\.\d"), (",", r"|,\d"), ("[ '’\u00a0\u202f\u2009]", ""))
    )
)
# What French runs together with the next word, and the genitive of English and Dutch: none of it is looked for.
ELIDED = r"(?<!\w)(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’ʼ](?=\w)"
GENITIVE = r"(?<=\w)['’ʼ]s(?!\w)"
RUN_TOGETHER = re.compile(r"\d+|[cdjlmnst]|(?:jus|lors|puis|quoi)?qu")  # where its neighbour is a figure or an apostrophe
APOSTROPHES = str.maketrans("’‘ʼ", "'''")
TOKEN = re.compile(rf"(?P<number>{NUMBER})|(?P<left_out>{ELIDED}|{GENITIVE})|(?P<word>[^\W_]+)", re.IGNORECASE)
# What some write in parts and others as one word: "EU-lidstaten", "aujourd’hui", "a.s.b.l.".
COMPOUND = re.compile(r"(?<![^\W_])[^\W_]++(?:[-‐‑–'’ʼ.][^\W_]++)++")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is looked for, and where it stands in its text."""

    word: str
    start: int
    end: int


def visible_text(text):
    """Return a text without what nobody sees, its letters composed."""
    return unicodedata.normalize("NFC", UNSEEN.sub("", text))


def tokens(text):
    """Yield the `Token`s of a text that went through `visible_text`: "L’emploi à 1 600" gives "emploi", "à" and "1600"."""
    for match in TOKEN.finditer(text):
        if match["number"]:
            yield Token(re.sub(r"\D", "", match[0]), *match.span())
        elif match["word"] and len(match[0]) <= MAX_LENGTH:
            word = match[0] if match[0].isascii() else unicodedata.normalize("NFKC", match[0])
            yield Token(word.lower(), *match.span())


@lru_cache(maxsize=10_000)
def words(text):
    """Return the tuple of words of any text; remembered, as pages are indexed again for a change in one line of them."""
    return tuple(token.word for token in tokens(visible_text(text)))


@lru_cache(maxsize=10_000)
def compounds(text):
    """Return the words of a text that are written in parts, each as one: "EU-lidstaten" gives "eulidstaten".

    What is only figures, such as "15-29", is none.
    """
    return tuple(token.word for token in compound_tokens(visible_text(text)))


def compound_tokens(text):
    """Yield the `Token`s of what a text that went through `visible_text` writes in parts, each as one word."""
    for match in COMPOUND.finditer(text):
        parts = words(match[0])
        compound = "".join(parts)
        if len(parts) > 1 and not compound.isdigit() and len(compound) <= MAX_LENGTH:
            yield Token(compound, *match.span())


def unaccent(text):
    """Return a text without accents."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare)


def fold(text):
    """Return a text as it is compared with what somebody typed: "  L’ÉTÉ  à Paris " becomes "l'ete a paris"."""
    return " ".join(unaccent(unicodedata.normalize("NFKC", visible_text(text)).translate(APOSTROPHES).lower()).split())
