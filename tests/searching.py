"""Asking the search as readers do, and as somebody hostile does."""

import json
from uuid import uuid4

from bs4 import BeautifulSoup
from django.test import Client

from search.models import Entry
from search.paths import search_path
from search.results import find_results


def page(language, **parameters):
    """Return the answer to a search, and the page parsed."""
    response = Client().get(search_path(language, **parameters))
    return response, BeautifulSoup(response.content.decode(), "html.parser")


def languages_of(page):
    """Return the languages in which the index has a page."""
    return sorted(Entry.objects.filter(page=page.pk).values_list("language", flat=True))


def pages_found(query, language="nl"):
    return {result.page for result in find_results(query, language).results}


def stream(kind, value):
    """Return the stored form of a stream of one block."""
    return json.dumps([{"type": kind, "value": value, "id": str(uuid4())}])


HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE search_entry; --",
    '" onfocus=alert(1) x="',
    "{{ 7*7 }}",
    "%s %(words)s {expressions}",
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
