"""Kept pages in tests: as in production, but that each answer asks what has changed."""

import pytest
from django.core.cache import caches

from page_cache import changes


@pytest.fixture
def keeping(settings, monkeypatch):
    """Keep pages during one test, from none on."""
    settings.KEEP_PAGES = True
    monkeypatch.setattr(changes, "SECONDS", 0)
    forget_pages()
    yield
    forget_pages()


def publish(page):
    """Publish a page as it is."""
    page.save_revision().publish()


def forget_pages():
    """Begin as a process with an empty cache does."""
    caches["pages"].clear()
    changes.watcher.__init__()
