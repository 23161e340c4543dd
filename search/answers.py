"""The answer to a question, on the page and from the API alike: results, recommended pages, and one more in the counts."""

from search.promotions import find_promotions
from search.results import find_results
from search.search_counts import count_search


def answer(request, text, language, section, page_number, is_new):
    """Count the question `text`; return a page of its `SearchResults`, and the pages that we recommend.

    Whoever turns the page has seen what we recommend; a search within a `section` is another one. Only what `is_new` is
    counted: who turns the page or switches the language asks nothing else.
    """
    search_results = find_results(text, language, section.pk if section else None, page_number)
    if request.method == "GET" and is_new:
        count_search(search_results, language)
    has_promotions = page_number == 1 and not section
    return search_results, find_promotions(search_results.question, language) if has_promotions else []
