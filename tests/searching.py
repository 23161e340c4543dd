"""Asking the search as readers do, and as somebody hostile does."""

from bs4 import BeautifulSoup
from django.test import Client

from search.paths import search_path


def page(language, **parameters):
    """Return the answer to a search, and the page parsed."""
    response = Client().get(search_path(language, **parameters))
    return response, BeautifulSoup(response.content.decode(), "html.parser")


HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE search_entry; --",
    '" onfocus=alert(1) x="',
    "{{ 7*7 }}",
    "%s %(words)s {asked}",
    "\\",
    "'",
    "''",
    "a:*",
    "a & !b | (c",
    "<->",
    "!!!",
    "a<b>c",
    "\x01\x02",
    "\u202e",
    "\ufffd",
    "é" * 500,
    "a" * 10_000,
    "word " * 2_000,
    '"' * 300,
    "-" * 300,
    "*" * 300,
    "- - -",
    '"" -"" *',
    "+",
    "&&",
    "de het een",
    "le la à",
    "the",
    "a*",
    "-werk",
    "🙂",
    "日本語",
    "١٢٣",
    "1" * 400,
    "x' OR 1=1",
    "ß",
    "İ",
    "ﬃ",
    "a\u0300\u0301\u0302",
    "\ud800",
]
