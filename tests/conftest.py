"""Fixtures that many tests share."""

import gc
import os
from collections import defaultdict
from threading import Thread
from unittest.mock import patch

import hypothesis
import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from interface_strings import following
from search.search_counts import tally
from tests.browser.serving import forget_prepared
from tests.content import EVERY_PAGE, page_of
from tests.migrated import migrated_database
from tests.rows import all_rows, is_transactional, put_back

# Helpers that hold fixtures for several modules.
pytest_plugins = [
    "tests.contact",
    "tests.deleting",
    "tests.drafts",
    "tests.kept",
    "tests.logins",
    "tests.page_forms",
    "tests.publishing",
    "tests.servers",
    "tests.origins",
    "tests.stages",
    "tests.stale_forms",
    "tests.strings",
    "tests.translation_service",
    "tests.two_steps",
    "tests.buckets",
]

# How long a machine takes proves nothing.
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")
SLOW = {"launcher", "nginx"}  # fixtures that start servers
PUT_BACK = pytest.StashKey()
# Nothing of a test need outlive a crash: a commit waits for no disk, of these processes and of those that they start.
os.environ.setdefault("PGOPTIONS", "-c synchronous_commit=off")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    leave_to_the_sweep(items)
    refuse_browsers(items)


def leave_to_the_sweep(items):
    """Leave to the sweep what takes long by nature, and most of many like cases."""
    for item in items:
        if is_transactional(item) or SLOW.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.sweep)
    leave_most_cases_to_the_sweep(items)


def leave_most_cases_to_the_sweep(items):
    """Of a test that is `sampled(count)`, keep so many cases for `make test`, spread over all; the sweep takes the others."""
    cases = defaultdict(list)
    for item in items:
        if item.get_closest_marker("sampled"):
            cases[item.path, item.originalname].append(item)
    for alike in cases.values():
        (count,) = alike[0].get_closest_marker("sampled").args
        kept = {number * len(alike) // count for number in range(count)}
        for number, item in enumerate(alike):
            if number not in kept:
                item.add_marker(pytest.mark.sweep)


def refuse_browsers(items):
    """Keep the browser to its own tests: it comes after all others, as its event loop would hide their database from them."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()) and "browser" not in item.path.parts:
            raise pytest.UsageError(f"{item.nodeid} starts a browser; call its fixture by another name than `page`.")


def pytest_sessionfinish(session):
    if not hasattr(session.config, "workerinput"):  # in the process that began all others
        forget_prepared()


@pytest.fixture(scope="session", autouse=True)
def nothing_collected(tmp_path_factory):
    """Every new client would look through the collected static files, which are in a checkout once the site has run there."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static")):
        yield


@pytest.fixture(scope="session", autouse=True)
def strings_followed_only_on_purpose():
    """Looking once a second whether strings were edited would add a query to a test now and then."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(following, "SECONDS", float("inf"))
        yield


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Keep the collector of garbage from going through all that is imported, while it comes and ever after."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000)
        gc.enable()


def pytest_sessionstart(session):
    if getattr(session.config.option, "numprocesses", None):  # the process that begins others: they collect tests meanwhile
        Thread(target=migrated_database).start()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Let Django copy the database of the tests from one that is migrated."""
    connection.settings_dict["TEST"]["TEMPLATE"] = migrated_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The rows that migrations made, by table."""
    with django_db_blocker.unblock():
        return all_rows()


@pytest.fixture(autouse=True)
def rows_to_put_back(request, django_db_blocker):
    """Whatever test comes after one with real transactions finds again what migrations made."""
    if is_transactional(request.node):
        rows = request.getfixturevalue("django_db_setup")
        request.node.stash[PUT_BACK] = rows, django_db_blocker, connection.settings_dict["NAME"]
        connection._test_serialized_contents = "[]"  # Django need not do it row by row


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    if PUT_BACK not in item.stash:
        return (yield)
    rows, blocker, name = item.stash[PUT_BACK]
    try:
        with patch.object(connection.ops, "sql_flush", lambda *args, **options: []):  # Django need not empty all tables first
            return (yield)
    finally:
        if connection.settings_dict["NAME"] == name:  # after the very last test it is the site's own again
            with blocker.unblock(), transaction.atomic():
                put_back(rows)


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """The passwords of tests need not be safe."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    """What one test counts is nothing to the next."""
    caches["throttles"].clear()
    tally.__init__()


@pytest.fixture(scope="session")
def answers(content, django_db_blocker):
    """Every page of the starting content as readers get it, once for all tests: they must leave it as it is.

    (key, language) -> (response, path, number of queries)
    """
    pages, client = {}, Client()
    with django_db_blocker.unblock(), transaction.atomic():
        client.get("/nl/")  # the first request of a process also fills caches of Wagtail's
        for key, language in EVERY_PAGE:
            path = page_of(key).paths()[language]
            with CaptureQueriesContext(connection) as captured:
                response = client.get(path)
            pages[key, language] = response, path, len(captured)
        transaction.set_rollback(True)
    return pages


@pytest.fixture(scope="session")
def rendered(answers):
    """Every page of the starting content, parsed, once for all tests: (key, language) -> the HTML."""
    return {of: BeautifulSoup(response.content.decode(), "html.parser") for of, (response, _path, _queries) in answers.items()}
