"""Fixtures that many tests share."""

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client

from newsroom.loading import load
from tests.building import make_home, make_mandate, make_section
from tests.content import CONTENT, EVERY_PAGE, page_of
from tests.rows import copied, fill


def pytest_collection_modifyitems(items):
    """Keep the browser to its own tests: it comes after all others, as its event loop would hide their database from them."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()) and "browser" not in item.path.parts:
            raise pytest.UsageError(f"{item.nodeid} starts a browser; call its fixture by another name than `page`.")


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """The passwords of tests need not be safe."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def home(db):
    return make_home()


@pytest.fixture
def section(home):
    return make_section(home)


@pytest.fixture
def mandate(section):
    return make_mandate(section)


@pytest.fixture(scope="session")
def content(django_db_setup, django_db_blocker):
    """The rows of a site with the starting content, by table: loading it takes seconds, and copying rows a moment."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(CONTENT)
        rows = copied()
        transaction.set_rollback(True)
    return rows


@pytest.fixture(scope="module")
def loaded(content, django_db_blocker):
    """The starting content, for all tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(content)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def rendered(loaded):
    """Every page of the starting content, once for all tests of a module: (key, language) -> the parsed HTML."""
    client = Client()
    return {
        (key, language): BeautifulSoup(client.get(page_of(key).paths()[language]).content.decode(), "html.parser")
        for key, language in EVERY_PAGE
    }
