"""What a process knows of changes: it asks the database at most once a second."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from time import monotonic

from django.db import Error, connection
from django.utils import timezone

from page_cache import store

logger = logging.getLogger(__name__)
SECONDS = 1  # between two questions of a process
HEARTBEAT = 60  # seconds between two times that a process writes down what it knows, for one that starts without a database
# What the marks of a table add up to, however many there are; it never comes back to what it was (see the migration).
STAMPS = 'SELECT "table", bit_xor(mark) FROM page_cache_change GROUP BY "table"'


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of changes: a stamp for each table that changed, and when the database said so; None if it never did."""

    stamps: dict = field(default_factory=dict)
    moment: datetime | None = None
    is_cut_off: bool = False  # whether the database does not answer now

    def is_within(self, duration):
        """Say whether the database said so less than so long ago."""
        return self.moment is not None and timezone.now() - self.moment < duration


class Watcher:
    """Asks what has changed, at most once a second; one thread asks, and the others go on with what is known."""

    def __init__(self):
        self.known, self.asked_at, self.noted_at, self.lock = Known(), None, None, Lock()

    def look(self):
        """Return what is `Known` of changes, as of a second ago at most; of before while the database does not answer."""
        if is_past(self.asked_at, SECONDS) and self.lock.acquire(blocking=self.asked_at is None):
            try:
                if is_past(self.asked_at, SECONDS):  # not asked while this thread waited
                    self.ask()
            finally:
                self.lock.release()
        return self.known

    def ask(self):
        """Ask the database; where it does not answer, know what any process of this site knew last."""
        try:
            known = Known(read_stamps(), timezone.now())
        except Error as error:
            before = self.known if self.known.moment else store.read("known") or Known()
            if not self.known.is_cut_off:
                logger.warning("The database does not say what has changed; pages are served as they were last: %s", error)
            known = Known(before.stamps, before.moment, is_cut_off=True)
        self.known, self.asked_at = known, monotonic()
        if not known.is_cut_off and is_past(self.noted_at, HEARTBEAT):
            store.write("known", known)
            self.noted_at = self.asked_at


def is_past(moment, seconds):
    """Say whether a moment of the clock that never goes back is so many seconds ago; None is."""
    return moment is None or monotonic() - moment >= seconds


def read_stamps():
    with connection.cursor() as cursor:
        cursor.execute(STAMPS)
        return dict(cursor.fetchall())


watcher = Watcher()
DAY = timedelta(days=1)
