"""What a process counts, for Prometheus. Labels are words of ours and never what somebody sent: there are only so many of them.

Several processes of gunicorn add up in files of a folder, PROMETHEUS_MULTIPROC_DIR, which deploy/gunicorn.conf.py makes. A file
belongs to a place among the workers and not to a process: who takes the place of one that ended counts on, so that no count
ever goes back and files do not add up.
"""

import os
from functools import cache

from prometheus_client import values

PLACE = "GUNICORN_PLACE"  # the number of this worker among those that live
IS_SHARED = "PROMETHEUS_MULTIPROC_DIR" in os.environ


@cache
def name_of_process():
    """Return what the files of this process are called by: asked at each count, and so read once in a process."""
    return os.environ.get(PLACE, "main")


os.register_at_fork(after_in_child=name_of_process.cache_clear)
if IS_SHARED:
    values.ValueClass = values.MultiProcessValue(name_of_process)

from prometheus_client import Counter, Histogram  # noqa: E402  (what is counted from here on lies in these files)

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

requests = Counter("actiris_requests", "Requests that were answered.", ["kind", "status"])
request_seconds = Histogram("actiris_request_seconds", "Seconds until a request was answered.", ["kind"], buckets=SECONDS)
queries = Counter("actiris_queries", "Statements that requests sent to the database.", ["kind"])
kept_answers = Counter(
    "actiris_kept_answers",
    "Public answers: kept and true (hit), true after asking the database again (confirmed), made anew (made), or served as "
    "they were while the database is away (stale).",
    ["outcome"],
)
kept_hits = kept_answers.labels("hit")  # looking it up takes as long as counting
outages = Counter("actiris_database_outages", "Times that a process found the database away.")
outage_failures = Counter("actiris_database_outage_failures", "Requests that failed because the database was away.")


@cache
def counts_of(kind, status):
    """Return what counts the requests of a kind and status, their seconds, and their statements."""
    return requests.labels(kind, status), request_seconds.labels(kind), queries.labels(kind)


def count_request(kind, status, seconds, statements):
    """Count a request that was answered."""
    number, duration, asked = counts_of(kind, status)
    number.inc()
    duration.observe(seconds)
    if statements:
        asked.inc(statements)
