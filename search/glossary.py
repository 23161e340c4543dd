"""Which term of the glossary a question is about. Pure."""

from search.words import words


def best_term(terms, marks):
    """Return the anchor of the term that is called most like what was asked, "" where none is.

    `terms` are all that a term is called, by its anchor; `marks` are the words that the question means.
    """
    scores = {}
    for anchor, names in terms.items():
        called = words(names)
        if same := marks.intersection(called):
            scores[anchor] = (len(same), -len(called))
    return max(scores, key=scores.get, default="")
