"""Alphabetical order as readers of Dutch, French and English expect it, the same on every machine."""

import unicodedata

from languages.texts import shown
from languages.units import field_texts


def key(text):
    """Return the sorting key of a text: accents and case count only between words that are otherwise alike."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return plain.casefold(), text


def alphabetically(terms, language, field="term"):
    """Return objects sorted by their text in `language`, or by the one shown instead of it."""
    return sorted(terms, key=lambda term: key(shown(field_texts(term, field), language).text))
