"""A replica: what is read from it, and what is not, as one process decides it (two hosts: tests/test_hosts.py)."""

import pytest
from django.db import OperationalError, connection

from page_cache import replica
from page_cache.models import Change
from page_cache.replica import (
    PATIENCE,
    REPLICA,
    KnownReplica,
    ReplicaRouter,
    alias_to_read,
    known_replica,
    reading_from_replica,
)
from tests.kept import ask, path_of

STAMPS = {"pages_sitepage": 1}


@pytest.fixture
def clock(monkeypatch):
    """A replica that is there, and a clock that is set by hand."""

    class Connections(dict):
        settings = {"default": {}, REPLICA: {}}

    now = [100.0]
    monkeypatch.setattr(replica, "connections", Connections(default=connection, replica="the replica"))
    monkeypatch.setattr(replica, "monotonic", lambda: now[0])
    return now


def test_only_what_is_read_for_readers_goes_to_it_and_nothing_that_is_written():
    router, row = ReplicaRouter(), Change(pk=1)
    row._state.db = REPLICA
    assert router.db_for_read(Change, instance=row) == "default"
    with reading_from_replica():
        assert router.db_for_read(Change) == REPLICA and router.db_for_write(Change, instance=row) == "default"
    assert alias_to_read() == "default" and router.allow_relation(row, Change())
    assert router.allow_migrate("default", "pages") and not router.allow_migrate(REPLICA, "pages")


def test_without_one_nothing_is_asked():
    assert not KnownReplica().is_level(STAMPS, lambda database: pytest.fail("Nothing is there to be asked."))


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(("said", "is_level"), [(STAMPS, True), ({}, False), (STAMPS | {"assets_siteimage": 2}, False)])
def test_it_is_level_while_it_says_the_very_same(said, is_level):
    assert KnownReplica().is_level(STAMPS, {"the replica": said}.get) == is_level


def test_one_that_stays_behind_is_told_once_and_once_when_it_is_level(clock, caplog):
    one = KnownReplica()
    for _second in range(3 * PATIENCE):
        clock[0] += 1
        assert not one.is_level(STAMPS, lambda database: {})
    assert caplog.text.count("behind") == 1
    for _second in range(3):
        assert one.is_level(STAMPS, lambda database: STAMPS)
    assert caplog.text.count("level again") == 1


def test_one_that_is_away_is_asked_now_and_then_and_told_once(clock, caplog):
    asked, one = [], KnownReplica()

    def fail(database):
        asked.append(database)
        raise OperationalError("no route")

    for _second in range(20):
        clock[0] += 1
        assert not one.is_level(STAMPS, fail)
    assert len(asked) == 4 and caplog.text.count("does not answer") == 1 and "Traceback" not in caplog.text


class Gone:
    """A connection whose server went away."""

    def __init__(self):
        self.execute_wrappers = []

    def cursor(self):
        raise OperationalError("terminating connection due to conflict with recovery")


@pytest.mark.django_db
@pytest.mark.usefixtures("keeping")
def test_what_it_does_not_answer_is_asked_of_the_primary(client, standard, clock, monkeypatch, caplog):
    replica.connections[REPLICA] = Gone()
    monkeypatch.setattr(KnownReplica, "is_level", lambda *args: True)
    monkeypatch.setattr(known_replica, "silent_since", None)
    monkeypatch.setattr(known_replica, "was_told", False)
    assert "<h1" in ask(client, path_of(standard)).content.decode()
    assert caplog.text.count("does not answer") == 1 and "Traceback" not in caplog.text
