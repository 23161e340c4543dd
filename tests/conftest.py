"""Fixtures that many tests share."""

import gc
from collections import defaultdict
from threading import Thread

import hypothesis
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from interface_strings import following
from newsroom.accounts.roles import TRANSLATORS, make_groups
from newsroom.content.loading import load
from tests.browser.serving import forget_prepared
from tests.building import make_home, make_mandate, make_section, make_standard
from tests.content import CONTENT, EVERY_PAGE, page_of
from tests.migrated import migrated_database
from tests.rows import all_rows, difference, fill, repeat

# Helpers that hold fixtures for several modules.
pytest_plugins = [
    "tests.contact",
    "tests.drafts",
    "tests.logins",
    "tests.page_forms",
    "tests.publishing",
    "tests.servers",
    "tests.stale_forms",
    "tests.strings",
]

# How long a machine takes proves nothing.
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")
SLOW = {"launcher", "nginx"}  # fixtures that start servers
WITH_CONTENT = {"content", "with_content", "loaded", "answers", "rendered"}  # fixtures that load the starting content
PUT_BACK = pytest.StashKey()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    leave_to_the_sweep(items)
    refuse_browsers(items)
    bring_together(items)


def leave_to_the_sweep(items):
    """Leave to the sweep what takes long by nature, and most of many like cases."""
    for item in items:
        if is_transactional(item) or SLOW.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.sweep)
    leave_most_cases_to_the_sweep(items)


def is_transactional(item):
    """Say whether a test has real transactions, after which its database is empty."""
    database = item.get_closest_marker("django_db")
    return bool(database and database.kwargs.get("transaction")) or "transactional_db" in getattr(item, "fixturenames", ())


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


def bring_together(items):
    """Tests with the starting content come first, beside each other: then one process of several loads it, and not each."""
    items.sort(key=lambda item: WITH_CONTENT.isdisjoint(getattr(item, "fixturenames", ())))


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


@pytest.fixture(scope="session", autouse=True)
def nothing_indexed_for_staff():
    """The index of the admin's own search costs a quarter of each save: it is kept where a test asks for `admin_search`."""
    with override_settings(WAGTAILSEARCH_BACKENDS=admin_search_that(is_kept=False)):
        yield


@pytest.fixture
def admin_search(nothing_indexed_for_staff):
    """Keep the index of the admin's search in step for one test."""
    with override_settings(WAGTAILSEARCH_BACKENDS=admin_search_that(is_kept=True)):
        yield


def admin_search_that(is_kept):
    """Return the settings of the admin's search, with an index that saves bring up to date or do not."""
    return {name: backend | {"AUTO_UPDATE": is_kept} for name, backend in settings.WAGTAILSEARCH_BACKENDS.items()}


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
    """After a test with real transactions all tables are empty: whatever test comes next finds again what migrations made."""
    if is_transactional(request.node):
        rows = request.getfixturevalue("django_db_setup")
        request.node.stash[PUT_BACK] = rows, django_db_blocker, connection.settings_dict["NAME"]
        connection._test_serialized_contents = "[]"  # Django need not do it row by row


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    try:
        return (yield)
    finally:
        if PUT_BACK in item.stash:
            rows, blocker, name = item.stash[PUT_BACK]
            if connection.settings_dict["NAME"] == name:  # after the very last test it is the site's own again
                with blocker.unblock(), transaction.atomic():
                    fill(rows)


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """The passwords of tests need not be safe."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    """What one test counts is nothing to the next."""
    caches["throttles"].clear()


@pytest.fixture(scope="session")
def built(django_db_setup, django_db_blocker):
    """What it takes to have a home page, a page below it, a section, and a mandate in that: each costs a fifth of a second.

    A dictionary of (model, primary key, what happened in the database), by name; of "groups" what happened.
    """
    pages = {}
    with django_db_blocker.unblock(), transaction.atomic():
        home = record(pages, "home", make_home)
        before = all_rows()
        make_groups()
        pages["groups"] = difference(before, all_rows())
        with transaction.atomic():
            record(pages, "standard", make_standard, home)
            transaction.set_rollback(True)
        section = record(pages, "section", make_section, home)
        record(pages, "mandate", make_mandate, section)
        transaction.set_rollback(True)
    return pages


def record(pages, name, make, *above):
    """Make a page, keep in `pages` what that did, and return the page."""
    before = all_rows()
    page = make(*above)
    pages[name] = type(page), page.pk, difference(before, all_rows())
    return page


@pytest.fixture
def home(built, db):
    """The home page, and the groups of staff: their rights begin there unless a test made them before."""
    home = again(*built["home"])
    if not Group.objects.filter(name=TRANSLATORS.name).exists():
        repeat(built["groups"])
    return home


@pytest.fixture
def standard(built, home):
    """A public page below the home page, in three languages that agree."""
    return make_standard(home) if has_children(home) else again(*built["standard"])


@pytest.fixture
def section(built, home):
    return make_section(home) if has_children(home) else again(*built["section"])


@pytest.fixture
def mandate(built, section):
    return make_mandate(section) if has_children(section) else again(*built["mandate"])


def has_children(page):
    return Page.objects.filter(path__startswith=page.path, depth__gt=page.depth).exists()


def again(model, key, happened):
    """Let happen again what made the first page below another, and return it."""
    repeat(happened)
    Site.clear_site_root_paths_cache()
    return model.objects.get(pk=key)


@pytest.fixture(scope="session")
def content(django_db_setup, django_db_blocker):
    """The rows of a site with the starting content, by table: loading it takes seconds, and copying rows a moment."""
    with (
        override_settings(WAGTAILSEARCH_BACKENDS=admin_search_that(is_kept=True)),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        load(CONTENT)
        make_groups()
        rows = all_rows()
        transaction.set_rollback(True)
    return rows


@pytest.fixture
def with_content(content, db):
    """The starting content, for one test that may change it."""
    fill(content)


@pytest.fixture(scope="module")
def loaded(content, django_db_blocker):
    """The starting content, for all tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(content)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def answers(content, django_db_blocker):
    """Every page of the starting content as readers get it, once for all tests: they must leave it as it is.

    (key, language) -> (response, path, number of queries)
    """
    pages, client = {}, Client()
    with django_db_blocker.unblock(), transaction.atomic():
        fill(content)
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
