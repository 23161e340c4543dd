"""What a process knows of changes: it asks the database at most once a second."""

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from time import monotonic

from django.db import connection, transaction
from django.utils import timezone

from page_cache import store
from page_cache.recording import AWAY
from page_cache.replica import known_replica

logger = logging.getLogger(__name__)
SECONDS = 1  # between two questions of a process
SILENCE = 5  # seconds without an answer, after which the database counts as away
HEARTBEAT = 60  # seconds between two times that a process writes down what it knows, for one that starts without a database
# What the marks of a table add up to, however many there are; it never comes back to what it was (see the migration).
STAMPS = 'SELECT "table", bit_xor(mark) FROM page_cache_change GROUP BY "table"'


@dataclass(frozen=True, slots=True)
class KnownChanges:
    """What is known of changes: a stamp for each table that changed, and when the database said so; None if it never did."""

    stamps: dict = field(default_factory=dict)
    moment: datetime | None = None
    is_cut_off: bool = False  # whether the database does not answer now
    is_replica_level: bool = False  # whether the replica had all of this when it was asked after it


class Watcher:
    """Asks what has changed, at most once a second; one thread asks, and the others go on with what is known."""

    def __init__(self):
        self.known, self.looked_at, self.noted_at, self.lock = KnownChanges(), None, None, Lock()
        self.asking_since, self.is_forgotten = None, False

    def look(self):
        """Return the `KnownChanges` of a second ago at most; those of before while the database does not answer."""
        if is_past(self.looked_at, SECONDS) and self.lock.acquire(blocking=self.looked_at is None):
            try:
                if is_past(self.looked_at, SECONDS):  # not asked while this thread waited
                    self.asking_since = monotonic()
                    self.ask()
            finally:
                self.asking_since = None
                self.lock.release()
        asking_since = self.asking_since
        is_silent = asking_since is not None and is_past(asking_since, SILENCE)
        return replace(self.known, is_cut_off=True) if is_silent else self.known

    def look_again(self, **signal):
        """Ask at the next look, once what this process changes is committed: who publishes a page goes and reads it."""
        transaction.on_commit(self.forget_look)

    def forget_look(self):
        self.looked_at, self.is_forgotten = None, True

    def ask(self):
        """Ask the database; where it does not answer, know what any process of this site knew last."""
        self.is_forgotten = False
        try:
            stamps, moment = read_stamps(), timezone.now()
            known = KnownChanges(stamps, moment, is_replica_level=known_replica.is_level(stamps, read_stamps))
        except AWAY as error:
            before = self.known if self.known.moment else known_of_others()
            if not self.known.is_cut_off:
                logger.warning("The database does not say what has changed; pages are served as they were.", exc_info=error)
            known = KnownChanges(before.stamps, before.moment, is_cut_off=True)
        self.known = known
        self.looked_at = None if self.is_forgotten else monotonic()  # what was committed meanwhile may not be among it
        if not known.is_cut_off and is_past(self.noted_at, HEARTBEAT):
            store.write("known", known)
            self.noted_at = monotonic()


def is_past(moment, seconds):
    """Say whether a moment of the clock that never goes back is so many seconds ago; None is."""
    return moment is None or monotonic() - moment >= seconds


def read_stamps(database=connection):
    with database.cursor() as cursor:
        cursor.execute(STAMPS)
        return dict(cursor.fetchall())


def known_of_others():
    """Return what any process of this site knew last."""
    known = store.read("known")
    return known if isinstance(known, KnownChanges) else KnownChanges()


watcher = Watcher()
