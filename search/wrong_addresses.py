"""What somebody may have looked for who came to an address that leads nowhere: its words, and the pages that have them."""

import re

from delivery import errors
from languages.codes import LANGUAGES
from languages.paths import path_of, split_path
from pages.list_parts import split_part
from search.limits import wait_after_wrong_address
from search.paths import search_path
from search.results import find_results
from search.words import tokens, visible_text

FILE_ENDING = re.compile(r"\.[a-z]{2,5}\Z", re.IGNORECASE)
MAX_WORDS, MAX_LETTERS = 6, 40  # of an address: more are no title, and each costs time
MAX_PAGES = 5


def page_not_found(request, exception):
    """Answer 404 or 410 as `delivery.errors` does, with what the words of the address may mean."""
    return errors.page_not_found(request, exception, pages_meant)


def pages_meant(request, nearest):
    """Return what the error page shows of a search for the words of the address, with two queries.

    `address_words` are those below the page `nearest`, which stands above the address, or None; what was perhaps meant by them,
    where nothing has them. `meant` are results, none for a client that comes to many wrong addresses; `address_search` is the
    path of the whole search. Nothing of it is counted as a question.
    """
    language, address = split_path(request.path_info)
    if language not in LANGUAGES or request.method not in ("GET", "HEAD"):
        return {}
    address, _number = split_part(language, address) or (address, 1)
    above = getattr(nearest, f"address_{language}") if nearest else ""
    text = " ".join(words_of_address(address.removeprefix(above)))
    if not text:
        return {}
    results = []
    if not wait_after_wrong_address(request):
        found = find_results(text, language)
        text = text if found.results else found.correction or text
        offered = {path_of(language, ""), path_of(language, above)}
        results = [result for result in found.results if result.path not in offered][:MAX_PAGES]
    return {"address_words": text, "address_search": search_path(language, q=text), "meant": results}


def words_of_address(address):
    """Return the words of an address that somebody would type: "jeugdgarantie-2019/aanmelden.html" without year and ending.

    They are letters and figures only, so nothing in them is more to the search than a word.
    """
    several = [token.word for token in tokens(visible_text(FILE_ENDING.sub("", address.rstrip("/"))))]
    telling = [word for word in several if not word.isdecimal() and 1 < len(word) <= MAX_LETTERS]
    return list(dict.fromkeys(telling))[:MAX_WORDS]
