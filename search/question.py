"""What a reader asks, taken apart: words, phrases, beginnings of words, and what is left out. Pure."""

import re
from dataclasses import dataclass

from search.words import NUMBER, compounds, seen, tokens

LONGEST = 200  # characters: more is no question, and each word costs time
MOST = 24  # terms
SHORTEST_BEGINNING = 3  # letters of a last word that may only be begun
QUOTES = '"“”„‟«»'
PIECE = re.compile(
    rf"(?P<minus>(?<!\S)[-−])?(?:[{QUOTES}](?P<phrase>[^{QUOTES}]*)(?:[{QUOTES}]|\Z)"
    rf"|(?P<number>{NUMBER})|(?P<chunk>(?:(?!(?<=\s){NUMBER})[^\s{QUOTES}])+))"
)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is asked for: words that follow each other; the last one may be only the beginning of a word.

    `whole` is what they make as one word where they are the parts of one: "reintegratie" of "re-integratie".
    """

    words: tuple
    is_beginning: bool = False
    spans: tuple = ()  # where the words stand in the question
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is `wanted` and `unwanted`; `text` is the question as it was understood, `was_cut` that it was too long."""

    text: str
    wanted: tuple = ()
    unwanted: tuple = ()
    was_cut: bool = False

    @property
    def words(self):
        """The words that are wanted, in order."""
        return [word for term in self.wanted for word in term.words]

    @property
    def last_may_go_on(self):
        """Say whether the last word may be the beginning of one: it stands alone and is not in quotation marks."""
        last = self.wanted[-1] if self.wanted else None
        return (
            last is not None
            and len(last.words) == 1
            and not last.is_beginning
            and len(last.words[0]) >= SHORTEST_BEGINNING
            and self.text.endswith(self.text[slice(*last.spans[0])])
        )


def asked(text):
    """Return the `Question` that a text asks, whatever it is.

    Quotation marks of any kind hold a phrase, a minus before a word leaves it out, a star after one stands for any ending. What
    is written together, such as "15-29" or "view.brussels", is a phrase too.
    """
    whole = " ".join(seen(text[: 10 * LONGEST]).split())
    text = whole[:LONGEST].rsplit(" ", 1)[0] if len(whole) > LONGEST else whole
    wanted, unwanted = [], []
    for piece in PIECE.finditer(text):
        term = term_of(piece)
        if term:
            (unwanted if piece["minus"] else wanted).append(term)
    was_cut = len(text) < len(whole) or len(wanted) > MOST or len(unwanted) > MOST
    return Question(text, tuple(wanted[:MOST]), tuple(unwanted[:MOST]), was_cut)


def term_of(piece):
    """Return the `Term` in a piece of a question, None where it holds no word."""
    kind = piece.lastgroup if piece.lastgroup != "minus" else "chunk"
    content, offset = piece[kind] or "", piece.start(kind)
    found = list(tokens(content))
    if not found:
        return None
    spans = tuple((token.start + offset, token.end + offset) for token in found)
    parts = tuple(token.word for token in found)
    whole = "".join(parts) if kind == "chunk" and compounds(content) == ("".join(parts),) else ""
    return Term(parts, kind == "chunk" and content.endswith("*"), spans, whole)


def replaced(question, better):
    """Return the text of a question with words replaced: `better` maps words, as they are looked for, to what is meant."""
    text = question.text
    places = [pair for term in question.wanted for pair in zip(term.words, term.spans, strict=True)]
    for word, (start, end) in sorted(places, key=lambda pair: pair[1], reverse=True):
        if word in better:
            text = text[:start] + better[word] + text[end:]
    return text
