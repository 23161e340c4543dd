"""How the words that somebody types are looked for in the texts of a table: accents and capitals do not matter.

Every word has to stand in one of a row's texts, in whatever language. It may be the beginning of a word there, or from three
letters on a part of one: Dutch writes "werkgelegenheidsplan" in one word.
"""

import re
from functools import reduce
from operator import and_

from django.db.models import Case, Func, IntegerField, Q, TextField, Value, When

from search.words import ELIDED, fold, unaccent, visible_text

MAX_LENGTH = 200  # characters of a question
MAX_WORDS = 8
MIN_LETTERS_INSIDE = 3
WORD = re.compile(r"[^\W_]+")


class FoldedText(Func):
    """Texts as they are searched, all in one: small letters without accents, a space before each word."""

    template = "regexp_replace(' ' || lower(unaccent(concat_ws(' ', %(expressions)s))), '[^[:alnum:]]+', ' ', 'g')"
    output_field = TextField()


class FoldedWord(Func):
    """One word in the same letters; PostgreSQL writes some in two that Unicode leaves alone, such as "œ"."""

    template = "lower(unaccent(%(expressions)s))"
    output_field = TextField()


def words_of(question):
    """Return the words to look for, a tuple of `MAX_WORDS` at most: "L’École, à Namur" gives "ecole", "a" and "namur"."""
    question = question if len(question) <= MAX_LENGTH else question[:MAX_LENGTH].rsplit(" ", 1)[0]
    text = re.sub(ELIDED, " ", visible_text(question), flags=re.IGNORECASE)
    return tuple(dict.fromkeys(WORD.findall(unaccent(text).lower())))[:MAX_WORDS]


def begins(words):
    """Return the condition that each of some words begins a word of the annotation `folded`."""
    return reduce(and_, (Q(folded__contains=FoldedText(Value(word))) for word in words))


def holds(words):
    """Return the condition that each of some words stands in `folded`; short ones have to begin a word there."""
    return reduce(
        and_,
        (Q(folded__contains=(FoldedWord if len(word) >= MIN_LETTERS_INSIDE else FoldedText)(Value(word))) for word in words),
    )


def search(rows, texts, words, otherwise=None):
    """Return the rows of a queryset in whose `texts` the words stand, those first in which they begin words.

    `texts` are names of columns or expressions; `otherwise` is another condition for which a row is taken, after all these.
    """
    condition = holds(words)
    ranks = Case(When(begins(words), then=0), When(condition, then=1), default=2, output_field=IntegerField())
    rows = rows.alias(folded=FoldedText(*texts)).annotate(rank=ranks)
    return rows.filter(condition if otherwise is None else condition | otherwise)


def is_in(word, text):
    """Say whether a word stands in a text as `holds` finds it. Pure."""
    folded = " " + " ".join(WORD.findall(fold(text)))
    return (word if len(word) >= MIN_LETTERS_INSIDE else f" {word}") in folded


def telling_texts(texts, name, words):
    """Return those of `(language, text)` that say why something called `name` was found: each holds a word it lacks. Pure."""
    lacking = {word for word in words if not is_in(word, name)}
    telling = []
    for language, text in texts:
        if said := {word for word in lacking if is_in(word, text)}:
            telling.append((language, text))
            lacking -= said
    return telling
