"""Questions as PostgreSQL understands them, in the configuration of a language."""

from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery

# PostgreSQL's French stop words that have an accent are none without it, and the index holds no accents.
STOP_WORDS = {"fr": {"à", "a", "même", "meme", "été", "ete", "étés", "êtes", "etes", "étant", "étais", "était", "étaient"}}
PLAIN = "search_plain"


def configuration(language):
    return f"search_{language}"


def phrase(words, language):
    """Return the query for words that follow each other; words are those of `search.words`."""
    return SearchQuery(" ".join(words), config=configuration(language), search_type="phrase")


def beginning(words):
    """Return the query for words of which the last is only begun, as they are written."""
    return SearchQuery(" <-> ".join(f"'{word}'" for word in words) + ":*", config=PLAIN, search_type="raw")


def wanted(term, language, may_go_on=False):
    """Return the query for one term, None where it is nothing but stop words that PostgreSQL does not know as such."""
    if not set(term.words) - STOP_WORDS.get(language, set()):
        return None
    if term.is_beginning:
        return beginning(term.words) | phrase(term.words, language) if len(term.words) == 1 else beginning(term.words)
    return phrase(term.words, language) | beginning(term.words) if may_go_on else phrase(term.words, language)


def strict(question, language, last_may_go_on=False):
    """Return the query for all that is wanted and nothing that is not; `last_may_go_on` takes the last word for a beginning."""
    last = len(question.wanted) - 1
    every = [wanted(term, language, last_may_go_on and place == last) for place, term in enumerate(question.wanted)]
    return without(question, language, and_, every)


def loose(question, language):
    """Return the query for anything that is wanted."""
    return without(question, language, or_, [wanted(term, language) for term in question.wanted])


def without(question, language, join, queries):
    nothing = SearchQuery("", config=PLAIN)
    found = reduce(join, [query for query in queries if query is not None] or [nothing])
    return reduce(lambda one, term: one & ~phrase(term.words, language), question.unwanted, found)


def single_words(question, language):
    """Return the query for every word that is worth marking in a text."""
    queries = []
    for term in question.wanted:
        for place, word in enumerate(term.words):
            if word in STOP_WORDS.get(language, ()):
                continue
            is_last = place == len(term.words) - 1
            goes_on = is_last and (term.is_beginning or question.last_may_go_on and term is question.wanted[-1])
            queries.append(phrase([word], language) | beginning([word]) if goes_on else phrase([word], language))
    return reduce(or_, queries) if queries else SearchQuery("", config=PLAIN)
