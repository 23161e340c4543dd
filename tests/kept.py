"""Kept pages in tests: as in production, but that each answer asks what has changed."""

from functools import partial

import pytest
from django.core.cache import caches
from django.db import connection

from delivery import kept
from page_cache import changes
from page_cache.memory import memory
from pages.models import SitePage


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
    memory.__init__()
    changes.watcher.__init__()


@pytest.fixture
def renderings(monkeypatch):
    """The responses that views made to be kept, in order."""
    responses, keep = [], kept.keep_response
    monkeypatch.setattr(kept, "keep_response", lambda response: responses.append(response) or keep(response))
    return responses


def ask(client, path, **headers):
    """Return the answer at a path, which must be 200."""
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    return response


def path_of(page, language="nl"):
    """Return the path of a page as it is stored now."""
    return SitePage.objects.get(pk=page.pk).paths()[language]
