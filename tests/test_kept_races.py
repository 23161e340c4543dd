"""Changes while pages are made and kept, in connections of their own: whatever ends last is seen."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.test import Client

from page_cache import changes
from pages.models import SitePage
from tests.building import make_home, make_standard
from tests.kept import publish
from tests.racing import outcomes

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.usefixtures("keeping")]


@pytest.fixture
def standard():
    return make_standard(make_home())


def text_shown(page):
    """Return what a reader gets of a page now."""
    return Client().get(page.paths()["nl"]).content.decode()


def rename(page, name):
    SitePage.objects.filter(pk=page.pk).update(heading_nl=name)


class Held:
    """A transaction in a connection of its own that changes a page, and ends when it is told to."""

    def __init__(self, page, name):
        self.changed, self.may_end = Event(), Event()
        self.thread = Thread(target=self.run, args=(page, name))
        self.thread.start()
        assert self.changed.wait(20)

    def run(self, page, name):
        try:
            with transaction.atomic():
                rename(page, name)
                self.changed.set()
                assert self.may_end.wait(20)
        finally:
            connection.close()

    def end(self):
        self.may_end.set()
        self.thread.join()


def test_of_two_transactions_the_one_that_began_first_and_ends_last_is_seen(standard):
    other = make_standard(standard.get_parent(), "other")
    assert "standard nl" in text_shown(standard)
    long = Held(standard, "Lang geduurd")
    rename(other, "Vlug klaar")
    assert "Vlug klaar" in text_shown(other) and "standard nl" in text_shown(standard)
    long.end()
    assert "Lang geduurd" in text_shown(standard)


def test_what_a_process_changes_itself_it_shows_at_once(standard, monkeypatch):
    monkeypatch.setattr(changes, "SECONDS", 60)
    text_shown(standard)
    standard.heading_nl = standard.heading_fr = "Zonet gepubliceerd"
    publish(standard)
    assert "Zonet gepubliceerd" in text_shown(standard)


def test_what_it_commits_while_it_asks_what_has_changed_it_asks_about_once_more(standard, monkeypatch):
    monkeypatch.setattr(changes, "SECONDS", 60)
    read_stamps = changes.read_stamps
    with monkeypatch.context() as patch:
        patch.setattr(changes, "read_stamps", lambda: (read_stamps(), changes.watcher.forget_look())[0])
        text_shown(standard)
    SitePage.objects.filter(pk=standard.pk).update(heading_nl="Meteen daarna")
    assert "Meteen daarna" in text_shown(standard)


def test_neither_waits_for_the_other_to_note_what_it_changes(standard):
    other = make_standard(standard.get_parent(), "other")
    several = [Held(standard, "Een"), Held(other, "Twee")]
    before = changes.read_stamps()
    for one in several:
        one.end()
    assert changes.read_stamps()["pages_sitepage"] != before["pages_sitepage"]
    assert "Een" in text_shown(standard) and "Twee" in text_shown(other)


def test_whatever_many_readers_and_editors_do_at_once_the_last_word_is_shown(standard):
    def write():
        for number in range(20):
            rename(standard, f"Versie {number}")

    def read():
        for _number in range(20):
            assert "<h1" in text_shown(standard)

    for _round in range(3):
        assert outcomes(write, read, read, write) == [None] * 4
        assert "Versie 19" in text_shown(standard)
