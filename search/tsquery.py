"""Questions as PostgreSQL understands them, in the configuration of a language."""

from dataclasses import dataclass, replace
from functools import reduce
from itertools import product
from operator import and_, or_

# PostgreSQL's French stop words that have an accent are none without it, and the index holds no accents.
STOP_WORDS = {"fr": {"à", "a", "même", "meme", "été", "ete", "étés", "êtes", "etes", "étant", "étais", "était", "étaient"}}
# Of places and streets, in any language.
SAME = {"saint": ("st",), "sainte": ("ste",), "sint": ("st",), "st": ("saint", "sint"), "ste": ("sainte",)}
MAX_VARIED = 2  # words of a term
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


def term_expression(term, language):
    """Return the expression for one term, None where it is nothing but stop words that PostgreSQL does not know as such."""
    return spelling_expression(term, language) if set(term.words) - STOP_WORDS.get(language, set()) else None


def spelling_expression(term, language):
    """Return the expression for a term in any of its spellings."""
    expressions = [beginning(words) if term.is_beginning else phrase(words, language) for words in spellings(term)]
    return reduce(or_, expressions)


def spellings(term):
    """Return the tuples of words that a term may be written as: its own first, "st" for "saint", and parts as one word.

    What may only be the beginning of a word stays as it is: "st" begins too many.
    """
    varied = [(word, *SAME.get(word, ())) for word in term.words]
    if term.is_beginning:
        varied[-1] = term.words[-1:]
    if sum(len(several) > 1 for several in varied) > MAX_VARIED:
        varied = [(word,) for word in term.words]
    return [*product(*varied), *([(term.compound,)] if term.compound else [])]


def strict_expression(question, language, others=None):
    """Return the expression for all terms of a question, or `others` for them, without those that it leaves out."""
    return combined_expression(
        question, language, and_, [widened_expression(term, language, others or {}) for term in question.terms]
    )


def begun_expression(question, language, others=None):
    """Return the same, but the last word is only begun. PostgreSQL cannot rate a word and the same as a beginning at once."""
    return combined_expression(
        question, language, and_, [widened_expression(term, language, others or {}) for term in begun_terms(question)]
    )


def widened_expression(term, language, others):
    """Return the expression for a term or any of the `others` by its words; None where it is nothing but stop words."""
    own, synonyms = term_expression(term, language), others_expression(term, language, others)
    return own | synonyms if own and synonyms else own or synonyms


def others_expression(term, language, others):
    """Return the expression for other words for a term, None where there are none."""
    alternatives = [phrase(words, language) for words in others.get(term.words, ())]
    return reduce(or_, alternatives) if alternatives else None


def begun_terms(question):
    """Return the terms of a question, the last one as a beginning where it may be one."""
    *others, last = question.terms
    return (*others, replace(last, is_beginning=True)) if question.last_may_go_on else question.terms


def name_expression(question, language):
    """Return the expression for any term, the last word whole or only begun."""
    terms = {*question.terms, *begun_terms(question)}
    return combined_expression(question, language, or_, [term_expression(term, language) for term in terms])


def loose_expression(question, language, others=None):
    """Return the expression for any term, or any of the `others` for it."""
    return combined_expression(
        question, language, or_, [widened_expression(term, language, others or {}) for term in question.terms]
    )


def combined_expression(question, language, operator, expressions):
    combined = reduce(operator, [expression for expression in expressions if expression is not None] or [NOTHING])
    return reduce(lambda one, term: one & ~spelling_expression(term, language), question.excluded, combined)


def expressions_of(question, included, language, others):
    """Return the expressions by which a question looks for pages of a language, by name."""
    strict, begun = strict_expression(question, language, others), begun_expression(question, language, others)
    return {
        "whole": strict,
        "begun": strict | begun,
        "anything": loose_expression(question, language, others),
        "names": name_expression(included, language),
        "rated": strict_expression(included, language),
        "rated_begun": begun_expression(included, language) if question.last_may_go_on else None,
    }


def term_expressions(question, language, others):
    """Return the expressions of the single terms of a question, and of other words for them."""
    expressions = {}
    for number, (term, begun) in enumerate(zip(question.terms, begun_terms(question), strict=True)):
        own, begun = term_expression(term, language), term_expression(begun, language)
        expressions[f"term{number}"] = own | begun if own and begun and begun != own else own
        expressions[f"other{number}"] = others_expression(term, language, others)
    return expressions


def word_expression(question, language):
    """Return the expression for every word that is worth marking in a text."""
    expressions = []
    for term in question.terms:
        for place, word in enumerate(term.words):
            if word in STOP_WORDS.get(language, ()):
                continue
            is_last = place == len(term.words) - 1
            may_go_on = is_last and (term.is_beginning or (question.last_may_go_on and term is question.terms[-1]))
            expressions += [phrase([one], language) for one in (word, *SAME.get(word, ()))]
            expressions += [beginning([word])] if may_go_on else []
        expressions += [phrase([term.compound], language)] if term.compound else []
    return reduce(or_, expressions or [NOTHING])
