"""Numbers as a language writes them, and as people type them."""

from babel.numbers import format_decimal

from languages.codes import current_language

HYPHEN, MINUS = "-", "\u2212"


def format_number(number, language=None):
    """Write a number as `language`, else the active one, does: "−9 500,5" in French, with a minus sign and not a hyphen."""
    return format_decimal(number, locale=language or current_language()).replace(HYPHEN, MINUS)


def ascii_minus(text):
    """Return a typed number as programs read it: with a hyphen for the minus sign that somebody copied from a text."""
    return text.replace(MINUS, HYPHEN) if text else text
