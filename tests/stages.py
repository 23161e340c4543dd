"""What many tests begin with, there once for all that follow each other: a home page, or the starting content.

The tests of a stage run within its transaction, and each is taken back by itself. Which stage a test has is read from the
fixtures that it asks for.
"""

import os
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import override_settings
from wagtail.models import Page, Site

from newsroom.accounts.roles import make_groups
from newsroom.content.loading import load
from tests.building import make_home, make_mandate, make_section, make_standard
from tests.content import CONTENT
from tests.rows import all_rows, check_constraints, difference, is_transactional, repeat

STAGES = ("content", "home")
# Mails are sent, and Wagtail's indexes of pages and of what refers to what are written, after a commit; no test comes to one.
AT_ONCE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def stage_of(item):
    """Return the name of the stage of a test, None for one that begins with what migrations made, or has no database."""
    return next((name for name in STAGES if name in item.fixturenames and not is_transactional(item)), None)


def pytest_generate_tests(metafunc):
    if name := stage_of(metafunc.definition):
        metafunc.parametrize("stage", [pytest.param(name, id=pytest.HIDDEN_PARAM)], indirect=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Bring the tests of a stage together, those with the content first: then one process of several loads it, and not each.

    Those without a database come before them, as one may have to be migrated first.
    """
    plain = [item for item in items if is_plain(item)]
    others = [item for item in items if not is_plain(item)]
    others.sort(key=lambda item: [*STAGES, None].index(stage_of(item)))
    items[:] = order_by_shares(plain, others, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", 1)))


def is_plain(item):
    """Say whether a test has neither a database nor a browser."""
    return item.get_closest_marker("django_db") is None and {"django_db_setup", "browser"}.isdisjoint(item.fixturenames)


def order_by_shares(plain, others, processes):
    """Return all tests in an order of which each process gets an equal part, that begins with its share of the plain ones."""
    ordered, plain, others = [], list(plain), list(others)
    for left in range(processes, 0, -1):
        size = (len(plain) + len(others)) // left
        count = len(plain) // left
        ordered += plain[:count] + others[: size - count]
        del plain[:count], others[: size - count]
    return ordered


@pytest.fixture(scope="session", autouse=True)
def stage(request):
    """Set up the stage that is asked for, and leave it until a test has another one, or none."""
    if name := getattr(request, "param", None):
        happened, blocker = request.getfixturevalue(f"{name}_changes"), request.getfixturevalue("django_db_blocker")
        with on_stage(happened, blocker):
            yield
    else:
        yield


@contextmanager
def on_stage(happened, blocker):
    """Let happen what made the rows of a stage, in a transaction that is taken back; whoever asks for no database has none."""
    whole = transaction.atomic()
    with blocker.unblock():
        whole.__enter__()
        repeat(happened)
        check_constraints()  # here once, and not after each test
        Site.clear_site_root_paths_cache()
    yield
    with blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture
def tasks_at_once(settings):
    """Do what the site leaves for after a commit at once, during one test: the indexes alone cost a quarter of each save."""
    settings.TASKS = AT_ONCE


# --- With a home page


@pytest.fixture(scope="session")
def built(django_db_setup, django_db_blocker):
    """What it takes to have a home page with the groups of staff, a page below it, a section, and a mandate in that.

    A dictionary of (model, primary key, what happened in the database), by name.
    """
    pages = {}
    with django_db_blocker.unblock(), transaction.atomic():
        home = record(pages, "home", make_home_with_groups)
        with transaction.atomic():
            record(pages, "standard", make_standard, home)
            transaction.set_rollback(True)
        section = record(pages, "section", make_section, home)
        record(pages, "mandate", make_mandate, section)
        transaction.set_rollback(True)
    return pages


def make_home_with_groups():
    home = make_home()
    make_groups()  # whose rights begin at the home page
    return home


def record(pages, name, make, *above):
    """Make a page, keep in `pages` what that did, and return the page."""
    before = all_rows()
    page = make(*above)
    pages[name] = type(page), page.pk, difference(before, all_rows())
    return page


@pytest.fixture(scope="session")
def home_changes(built):
    _model, _key, happened = built["home"]
    return happened


@pytest.fixture
def home(stage, built, db):
    """The home page; there are the groups of staff too."""
    model, key, _happened = built["home"]
    return model.objects.get(pk=key)


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
    return model.objects.get(pk=key)


# --- With the starting content


@pytest.fixture(scope="session")
def content_changes(django_db_setup, django_db_blocker):
    """What it takes to have the starting content and the groups of staff. To load it takes seconds, and this a moment."""
    with django_db_blocker.unblock(), override_settings(TASKS=AT_ONCE), transaction.atomic():
        before = all_rows()
        load(CONTENT)
        make_groups()
        happened = difference(before, all_rows())
        transaction.set_rollback(True)
    return happened


@pytest.fixture(scope="session")
def content(stage):
    """The starting content. Whoever asks for it stands on that stage."""


@pytest.fixture
def with_content(content, db):
    """The starting content, for one test that may change it."""


@pytest.fixture(scope="module")
def loaded(content, django_db_blocker):
    """The starting content, for all tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
