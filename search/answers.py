"""What a question gets, on the page and from the API alike: what is found, what we recommend, and that it is counted."""

from search.promotions import promoted
from search.results import found
from search.search_counts import count


def answer(request, text, language, section, leaf):
    """Count the question `text` and return what is `Found` for it on a leaf, with the pages that we recommend.

    Who leafs on asks nothing new and has seen what we recommend; who looks in a `section` looks elsewhere.
    """
    outcome = found(text, language, section.pk if section else None, leaf)
    if request.method == "GET" and leaf == 1:
        count(outcome, language)
    return outcome, promoted(outcome.question, language) if leaf == 1 and not section else []
