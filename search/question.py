"""What a reader asks, taken apart: words, phrases, beginnings of words, and what is left out. Pure."""

import re
from dataclasses import dataclass

from search.words import NUMBER, compounds, tokens, visible_text

MAX_LENGTH = 200  # characters: more is no question, and each word costs time
MAX_TERMS = 24  # terms
MIN_BEGINNING = 3  # letters of a last word that may only be begun
QUOTES = '"“”„‟«»'
PIECE = re.compile(
    rf"(?P<minus>(?<!\S)[-−])?(?:[{QUOTES}](?P<phrase>[^{QUOTES}]*)(?:[{QUOTES}]|\Z)"
    rf"|(?P<number>{NUMBER})|(?P<chunk>(?:(?!(?<=\s){NUMBER})[^\s{QUOTES}])+))"
)


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """One thing that is asked for: words that follow each other; the last one may be only the beginning of a word.

    `compound` is what they make as one word where they are the parts of one: "reintegratie" of "re-integratie".
    """

    words: tuple
    is_beginning: bool = False
    spans: tuple = ()  # where the words stand in the question
    compound: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """The terms to look for and those to leave out; `text` is what was understood, `was_cut` that the question was too long."""

    text: str
    terms: tuple = ()
    excluded: tuple = ()
    was_cut: bool = False

    @property
    def words(self):
        """The words to look for, in order."""
        return [word for term in self.terms for word in term.words]

    @property
    def last_may_go_on(self):
        """Say whether the last word may be the beginning of one: it stands alone and is not in quotation marks."""
        last = self.terms[-1] if self.terms else None
        return (
            last is not None
            and len(last.words) == 1
            and not last.is_beginning
            and len(last.words[0]) >= MIN_BEGINNING
            and self.text.endswith(self.text[slice(*last.spans[0])])
        )


def parse_question(text):
    """Return the `Question` in what somebody typed, whatever it is.

    Quotation marks of any kind hold a phrase, a minus before a word leaves it out, a star after one stands for any ending. What
    is written together, such as "15-29" or "view.brussels", is a phrase too.
    """
    full_text = " ".join(visible_text(text[: 10 * MAX_LENGTH]).split())
    text = full_text[:MAX_LENGTH].rsplit(" ", 1)[0] if len(full_text) > MAX_LENGTH else full_text
    terms, excluded = [], []
    for piece in PIECE.finditer(text):
        term = parse_term(piece)
        if term:
            (excluded if piece["minus"] else terms).append(term)
    was_cut = len(text) < len(full_text) or len(terms) > MAX_TERMS or len(excluded) > MAX_TERMS
    return Question(text, tuple(terms[:MAX_TERMS]), tuple(excluded[:MAX_TERMS]), was_cut)


def parse_term(piece):
    """Return the `QueryTerm` in a piece of a question, None where it holds no word."""
    kind = piece.lastgroup if piece.lastgroup != "minus" else "chunk"
    content, offset = piece[kind] or "", piece.start(kind)
    parts = list(tokens(content))
    if not parts:
        return None
    spans = tuple((part.start + offset, part.end + offset) for part in parts)
    words = tuple(part.word for part in parts)
    compound = "".join(words) if kind == "chunk" and compounds(content) == ("".join(words),) else ""
    return QueryTerm(words, kind == "chunk" and content.endswith("*"), spans, compound)


def replace_words(question, replacements):
    """Return the text of a question with words replaced; `replacements` are by word as it is looked for."""
    text = question.text
    places = [pair for term in question.terms for pair in zip(term.words, term.spans, strict=True)]
    for word, (start, end) in sorted(places, key=lambda pair: pair[1], reverse=True):
        if word in replacements:
            text = text[:start] + replacements[word] + text[end:]
    return text
