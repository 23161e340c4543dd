"""Reading from a replica of the database, while it is level: while it says the same of what has changed as the primary.

Only what readers are shown, and only what is kept, is made from it (`page_cache.answers`): never the admin, forms, previews or
limits. A replica that is level has all that the stamps of an answer stand for, so an answer that was made from it is as true as
one that was made from the primary; while it is behind, or does not answer, the primary is read.
"""

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

from django.db import DEFAULT_DB_ALIAS, connections

logger = logging.getLogger(__name__)
REPLICA = "replica"
PATIENCE = 10  # seconds for which it may be behind before anybody is told
PAUSE = 5  # seconds after which one that did not answer is asked again
_is_read = ContextVar("whether the replica is read", default=False)


class ReplicaRouter:
    """Sends to the replica what is read within `reading_from_replica()`, and everything else to the primary."""

    def db_for_read(self, model, **hints):
        return alias_to_read()

    def db_for_write(self, model, **hints):
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints):
        return True  # it is the same site

    def allow_migrate(self, db, app_label, **hints):
        return db != REPLICA


def alias_to_read():
    return REPLICA if _is_read.get() else DEFAULT_DB_ALIAS


def connection_to_read():
    """Return the connection over which SQL of our own reads what readers are shown."""
    return connections[alias_to_read()]


class WrappedStatements:
    """A context in which a wrapper sees each statement, whichever of the two it is sent to.

    As `connection.execute_wrapper` does it, in less time: every request is such a context.
    """

    def __init__(self, wrapper):
        self.wrapper = wrapper

    def __enter__(self):
        aliases = (DEFAULT_DB_ALIAS, REPLICA) if REPLICA in connections.settings else (DEFAULT_DB_ALIAS,)
        self.wrappers = [connections[alias].execute_wrappers for alias in aliases]
        for wrappers in self.wrappers:
            wrappers.append(self.wrapper)

    def __exit__(self, *error):
        for wrappers in self.wrappers:
            wrappers.remove(self.wrapper)


@contextmanager
def reading_from_replica(is_read=True):
    """Let models be read from the replica while the block lasts."""
    token = _is_read.set(is_read)
    try:
        yield
    finally:
        _is_read.reset(token)


class KnownReplica:
    """What one process knows of the replica: whether it is level, since when it is not, and whether that was told."""

    def __init__(self):
        self.behind_since, self.silent_since, self.was_told = None, None, False

    def is_level(self, stamps, read_stamps):
        """Say whether the replica says the same as the primary, which said `stamps` a moment ago.

        `read_stamps(connection)` asks. One that is ahead is not level either: the next look tells.
        """
        if REPLICA not in connections.settings or (self.silent_since is not None and monotonic() - self.silent_since < PAUSE):
            return False
        try:
            is_level = read_stamps(connections[REPLICA]) == stamps
        except Exception as error:  # it may be away, starting, or of another release: whatever it is, there is the primary
            self.note_failure(error)
            return False
        self.silent_since = None
        self.note(is_level)
        return is_level

    def note(self, is_level):
        now = monotonic()
        if is_level:
            if self.was_told:
                logger.warning("The replica is level again; pages are read from it.")
            self.behind_since, self.was_told = None, False
            return
        self.behind_since = now if self.behind_since is None else self.behind_since
        if now - self.behind_since >= PATIENCE and not self.was_told:
            self.was_told = True
            logger.warning("The replica is behind for %d seconds and more; the primary is read.", PATIENCE)

    def note_failure(self, error):
        """Leave the replica alone for a while; whoever was reading from it turns to the primary."""
        self.silent_since = monotonic()
        if not self.was_told:
            self.was_told = True
            logger.warning("The replica does not answer; the primary is read: %s", " ".join(str(error).split()))


known_replica = KnownReplica()
