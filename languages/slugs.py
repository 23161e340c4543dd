"""Slugs: the part of an address that a text makes, transliterated as its language does. Pure.

`static/js/editor/slugs.js` does the same while somebody types; both pass the cases of `tests/slugs.json`.
"""

import re
import unicodedata

MAX_SLUG_LENGTH = 80
# Letters that do not fall apart into a letter and its accent.
LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
)
AND = {"nl": " en ", "fr": " et ", "en": " and "}
# Dutch and English write "foto's" and "children's" as one word without it; French "l'œuvre" stays two.
APOSTROPHE_S = re.compile(r"(?<=[^\W_])['’ʼ]s(?![^\W_])")


def slug_of(text, language, longest=MAX_SLUG_LENGTH):
    """Return the slug of a text, cut between words; "" where no Latin letter or digit is in it."""
    text = text.lower().replace("&", AND[language])
    if language != "fr":
        text = APOSTROPHE_S.sub("s", text)
    parts = unicodedata.normalize("NFKD", text.translate(LETTERS)).lower()
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if longest is None or len(slug) <= longest:
        return slug
    whole_words = slug[: longest + 1].rpartition("-")[0]
    return whole_words or slug[:longest]
