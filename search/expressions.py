"""Questions as PostgreSQL understands them, in the configuration of a language."""

from dataclasses import dataclass, replace
from functools import reduce
from operator import and_, or_

# PostgreSQL's French stop words that have an accent are none without it, and the index holds no accents.
STOP_WORDS = {"fr": {"à", "a", "même", "meme", "été", "ete", "étés", "êtes", "etes", "étant", "étais", "était", "étaient"}}
PLAIN = "search_plain"


@dataclass(frozen=True, slots=True)
class Expression:
    """A `tsquery` in SQL, with the values for its placeholders.

    A question becomes hundreds of them. Django's `SearchQuery` takes longer to write those than PostgreSQL to answer them.
    """

    sql: str
    values: tuple = ()

    def __and__(self, other):
        return Expression(f"({self.sql} && {other.sql})", self.values + other.values)

    def __or__(self, other):
        return Expression(f"({self.sql} || {other.sql})", self.values + other.values)

    def __invert__(self):
        return Expression(f"!!{self.sql}", self.values)


NOTHING = Expression("''::tsquery")


def configuration(language):
    return f"search_{language}"


def phrase(words, language):
    """Return the expression for words that follow each other; words are those of `search.words`."""
    return Expression("phraseto_tsquery(%s::regconfig, %s)", (configuration(language), " ".join(words)))


def beginning(words):
    """Return the expression for words of which the last is only begun, as they are written."""
    return Expression("to_tsquery(%s::regconfig, %s)", (PLAIN, " <-> ".join(f"'{word}'" for word in words) + ":*"))


def wanted(term, language):
    """Return the expression for one term, None where it is nothing but stop words that PostgreSQL does not know as such."""
    if not set(term.words) - STOP_WORDS.get(language, set()):
        return None
    return beginning(term.words) if term.is_beginning else phrase(term.words, language)


def strict(question, language):
    """Return the expression for all that is wanted and nothing that is not."""
    return without(question, language, and_, [wanted(term, language) for term in question.wanted])


def begun(question, language):
    """Return the same, but the last word is only begun. PostgreSQL cannot rate a word and the same as a beginning at once."""
    *others, last = question.wanted
    terms = [*others, replace(last, is_beginning=True)] if question.last_may_go_on else question.wanted
    return without(question, language, and_, [wanted(term, language) for term in terms])


def loose(question, language):
    """Return the expression for anything that is wanted."""
    return without(question, language, or_, [wanted(term, language) for term in question.wanted])


def without(question, language, join, queries):
    found = reduce(join, [query for query in queries if query is not None] or [NOTHING])
    return reduce(lambda one, term: one & ~phrase(term.words, language), question.unwanted, found)


def single_words(question, language):
    """Return the expression for every word that is worth marking in a text."""
    queries = []
    for term in question.wanted:
        for place, word in enumerate(term.words):
            if word in STOP_WORDS.get(language, ()):
                continue
            is_last = place == len(term.words) - 1
            goes_on = is_last and (term.is_beginning or (question.last_may_go_on and term is question.wanted[-1]))
            queries.append(phrase([word], language) | beginning([word]) if goes_on else phrase([word], language))
    return reduce(or_, queries or [NOTHING])
