"""The search: what readers of each language find, how it is shown, and that nothing they send breaks it."""

import re
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.models import GlossaryTerm
from languages.codes import LANGUAGES
from newsroom.models import LoadedItem
from pages.models import HomePage, SitePage
from search.addresses import SEGMENTS, search_path
from search.asking import LONGEST
from search.finding import found
from search.models import Entry
from tests.building import make_mandate, make_network, make_section, make_standard
from tests.relevance import EXPLAINED, QUERIES

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(loaded, db):
    """The starting content, to which a test may do what it likes."""


def page(language, **parameters):
    """Return the answer to a search, parsed, with its status."""
    response = Client().get(search_path(language, **parameters))
    return response, BeautifulSoup(response.content.decode(), "html.parser")


def headings(query, language, **options):
    return [result.heading for result in found(query, language, **options).results]


def key_of(pk):
    return LoadedItem.objects.get(key__startswith="pages/", object_id=pk).key.removeprefix("pages/")


def first(query, language):
    """Return the key of the page that comes first: for what was asked, or for what was perhaps meant."""
    outcome = found(query, language)
    if outcome.better and not outcome.results:
        outcome = found(outcome.better, language)
    results = outcome.results or [result for _code, results in outcome.elsewhere for result in results]
    return key_of(results[0].page) if results else None


# --- Relevance


@pytest.mark.usefixtures("whole")
def test_readers_find_first_what_they_look_for():
    keys = {(query, language): first(query, language) for language, query, _expected in QUERIES}
    missed = {(query, language): keys[query, language] for language, query, key in QUERIES if keys[query, language] != key}
    assert missed.keys() == EXPLAINED.keys(), missed
    assert len(QUERIES) - len(missed) >= 58
    assert all(sum(language == code for language, _query, _key in QUERIES) >= 20 for code in LANGUAGES)
