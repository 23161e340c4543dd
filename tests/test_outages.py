"""A database that is away is told once, whatever fails meanwhile, and once when it is back; a fault of ours is told as ever."""

import io
import logging
from types import SimpleNamespace

import psycopg.errors
import pytest
from django.db import DataError, InterfaceError, OperationalError, connection
from django.db.backends.signals import connection_created

from languages.codes import LANGUAGES
from monitoring.outages import OutageFilter, is_away, outage
from page_cache.replica import REPLICA
from tests.databases import away, django_error
from tests.production import start

SEARCH = "/nl/zoeken/?q=tewerkstelling"


@pytest.fixture
def log():
    """What the site logs, as its handler writes it."""
    outage.__init__()
    (handler,) = (one for one in logging.getLogger().handlers if any(isinstance(f, OutageFilter) for f in one.filters))
    written = io.StringIO()
    before = handler.setStream(written)
    yield lambda: written.getvalue().splitlines()
    handler.setStream(before)
    outage.__init__()


@pytest.mark.parametrize(
    ("error", "means_away"),
    [
        (django_error(OperationalError), True),
        (django_error(InterfaceError, psycopg.InterfaceError("the connection is closed")), True),
        (django_error(OperationalError, psycopg.errors.AdminShutdown()), True),
        (django_error(OperationalError, psycopg.errors.CannotConnectNow()), True),
        (django_error(OperationalError, psycopg.errors.TooManyConnections()), True),
        (django_error(ValueError, django_error(OperationalError)), True),
        (django_error(OperationalError, psycopg.errors.DeadlockDetected()), False),
        (django_error(OperationalError, psycopg.errors.DiskFull()), False),
        (django_error(DataError), False),
        (ValueError(), False),
        (None, False),
    ],
)
def test_what_means_that_the_database_does_not_answer(error, means_away):
    assert is_away(error) is means_away


@pytest.mark.django_db
def test_an_outage_costs_two_lines_however_many_ask(client, home, log):
    client.raise_request_exception = False
    with away():
        assert [client.get(path).status_code for path in [SEARCH, "/nl/", "/fr/", SEARCH]] == [503] * 4
    (told,) = log()
    assert "The database does not answer" in told and "OperationalError: connection refused" in told
    connection_created.send(sender=type(connection), connection=SimpleNamespace(alias=REPLICA, vendor=""))
    assert len(log()) == 1, "A replica that answers says nothing of the primary."
    for _time in range(2):
        connection_created.send(sender=type(connection), connection=connection)
    (_told, ended) = log()
    assert "answers again" in ended and "4 requests failed" in ended
    with away():
        client.get(SEARCH)
    assert len(log()) == 3, "The next outage is told anew."


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nl/nergens/", "/admin/"])
def test_an_outage_is_said_in_three_languages_and_goes_by(client, home, path):
    client.raise_request_exception = False
    with away():
        response = client.get(path)
    assert (response.status_code, response["Retry-After"]) == (503, "120")
    assert all(f'<li lang="{code}">' in response.content.decode() for code in LANGUAGES)


@pytest.mark.django_db
def test_a_fault_of_ours_is_told_with_its_traceback_each_time(client, home, log, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(type(home), "serve", lambda *args, **kwargs: (_ for _ in ()).throw(DataError("out of range")))
    assert [client.get("/nl/").status_code for _time in range(2)] == [500, 500]
    assert sum(line.startswith("Traceback") for line in log()) >= 2


@pytest.mark.sweep
def test_a_process_that_starts_without_a_database_says_so_in_one_line():
    script = (
        "import django; django.setup(); from django.test import Client; client = Client(raise_request_exception=False); "
        "ask = lambda path: client.get(path, secure=True, headers={'host': 'example.org'}); "
        "print(*(ask(path).status_code for path in ['/nl/', '/fr/', '/nl/x/']))"
    )
    process = start("shell", "--no-imports", "-c", script, DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    assert process.stdout.split() == ["503"] * 3
    (told,) = (line for line in process.stderr.splitlines() if line.startswith("{") or "Traceback" in line)
    assert "The database does not answer" in told and "refused" in told
