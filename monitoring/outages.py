"""A database that does not answer is told once, with the error behind it, and once more when it answers again.

Each request would otherwise log the same traceback of some kilobytes. Each process tells of its own outages: what one has found
out is no news to it when another says so.
"""

import logging
from threading import Lock
from time import monotonic

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError

from monitoring import counts

logger = logging.getLogger(__name__)
# What PostgreSQL says as it goes or comes (class 57P), where a connection breaks (08), and where it takes no more (53300). What
# fails without a word from it, such as a connection that is refused, has no code at all. Anything else is a fault of ours.
CODES = ("08", "57P", "53300")


def is_away(error):
    """Say whether an exception, or one that it was raised from, comes from a database that does not answer."""
    while error is not None:
        if isinstance(error, (OperationalError, InterfaceError)):
            code = getattr(error.__cause__, "sqlstate", None)
            return code is None or code.startswith(CODES)
        error = error.__cause__
    return False


class Outage:
    """Whether the database was away when this process last asked, since when, and how many requests failed meanwhile."""

    def __init__(self):
        self.lock, self.since, self.failed = Lock(), None, 0

    def note(self, error, is_failure):
        """Note an error, which failed a request or not; tell of the first."""
        with self.lock:
            is_first, self.since = self.since is None, self.since or monotonic()
            self.failed += is_failure
        counts.outage_failures.inc(is_failure)
        if is_first:
            counts.outages.inc()
            logger.error("The database does not answer; until it does, what fails is counted. %s", in_one_line(error))

    def end(self, connection, **signal):
        """Tell that the database answers again, if it was away; called with each new connection, that of a replica too."""
        if self.since is None or connection.alias != DEFAULT_DB_ALIAS:
            return
        with self.lock:
            since, failed = self.since, self.failed
            self.since, self.failed = None, 0
        if since is not None:
            logger.warning("The database answers again, after %d s; %d requests failed.", monotonic() - since, failed)


def in_one_line(error):
    """Return the type and the words of an error in one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


outage = Outage()


class OutageFilter(logging.Filter):
    """Keeps out of a log what is only another request that a database away has failed, and has the outage told in its place."""

    def filter(self, record):
        error = record.exc_info[1] if record.exc_info else None
        if not is_away(error):
            return True
        outage.note(error, is_failure=getattr(record, "status_code", 0) >= 500)
        return False
