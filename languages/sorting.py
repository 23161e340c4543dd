"""Alphabetical order as readers of Dutch, French and English expect it, the same on every machine."""

import unicodedata
from functools import lru_cache

from django.conf import settings
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Coalesce, Lower, NullIf


@lru_cache(maxsize=2048)
def sort_key(text):
    """Return the sorting key of a text: accents and case count only between words that are otherwise alike."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return plain.casefold(), text


class PlainText(Func):
    """A text without accents, in the database."""

    template = r"regexp_replace(normalize(%(expressions)s, NFKD), '[\u0300-\u036f]', '', 'g')"
    output_field = TextField()


def order_by_shown(rows, name, language):
    """Return a queryset in the order of what readers of `language` are shown of a translated field, as `sort_key` orders it."""
    codes = [language, *settings.LANGUAGE_FALLBACKS[language]]
    shown = Coalesce(*(NullIf(F(f"{name}_{code}"), Value("")) for code in codes), Value(""))
    return rows.order_by(PlainText(Lower(shown)), shown, "pk")
