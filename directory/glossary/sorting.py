"""Lists of terms in alphabetical order, and the letters of an index."""

from languages.sorting import sort_key
from languages.units import shown_text


def sort_alphabetically(terms, language, field="term"):
    """Return objects sorted by their text in `language`, or by the one shown instead of it."""
    return sorted(terms, key=lambda term: sort_key(shown_text(term, field, language).text))


def index_letter(text):
    """Return the capital letter under which a text stands in an index, "0–9" for what begins with none."""
    first = sort_key(text)[0][:1].upper()
    return first if "A" <= first <= "Z" else "0–9"


def group_by_letter(terms, language, field="term"):
    """Return `(letter, anchor, objects)` for objects sorted by `sort_alphabetically`, for the letters that are there."""
    terms_by_letter = {}
    for term in terms:
        terms_by_letter.setdefault(index_letter(shown_text(term, field, language).text), []).append(term)
    return [(first, f"letter-{first.lower()}".replace("–", "-"), objects) for first, objects in terms_by_letter.items()]
