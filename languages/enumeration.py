"""Enumerations as a language writes them."""

from babel.lists import format_list

from languages.codes import current_language


def join_texts(texts):
    """Return texts as an enumeration in the active language: "a, b and c"; English as the British write it."""
    return format_list(list(texts), locale={"en": "en_GB"}.get(current_language(), current_language()))
