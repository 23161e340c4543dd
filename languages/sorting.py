"""Alphabetical order as readers of Dutch, French and English expect it, the same on every machine."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=2048)
def sort_key(text):
    """Return the sorting key of a text: accents and case count only between words that are otherwise alike."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return plain.casefold(), text
