"""Kept pages in tests: as in production, but that each answer asks what has changed."""

from functools import partial

import pytest
from django.core.cache import caches
from django.db import connection

from page_cache import changes


@pytest.fixture
def keeping(settings, monkeypatch):
    """Keep pages during one test, from none on."""
    settings.KEEP_PAGES = True
    monkeypatch.setattr(changes, "SECONDS", 0)
    monkeypatch.setattr(changes, "read_stamps", partial(read_stamps_anew, changes.read_stamps))
    forget_pages()
    yield
    forget_pages()


def read_stamps_anew(read_stamps):
    """Let what is written from now on be noted anew: readers are never in the transaction that writes, and tests are."""
    stamps = read_stamps()
    with connection.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('page_cache.noted', '', true)")
    return stamps


def publish(page):
    """Publish a page as it is."""
    page.save_revision().publish()


def forget_pages():
    """Begin as a process with an empty cache does."""
    caches["pages"].clear()
    changes.watcher.__init__()
