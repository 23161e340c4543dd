"""Running jobs: each under a lock of its own, so that any number of hosts may try, and no run overtakes another."""

from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic
from traceback import extract_tb
from zlib import crc32

from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from schedule.models import JobRecord

LOCKS = 4_107_293  # a pair of numbers is never the same lock as a single one (see monitoring/advisory_locks.py)
MAX_ERROR = 500  # characters that are remembered of an error


class RunsElsewhere(Exception):
    """The job is being run already, by this host or by another one."""


@contextmanager
def job_lock(name):
    """Hold the lock of a job, which PostgreSQL gives back when this connection ends. Raises `RunsElsewhere`."""
    key = [LOCKS, crc32(name.encode()) - 2**31]  # as a signed number of four bytes
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        if not cursor.fetchone()[0]:
            raise RunsElsewhere
    try:
        yield
    finally:
        drop_broken_connection()  # with which the lock is gone, too
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)


def drop_broken_connection():
    """Let go of a connection that broke, so that the next query opens another one."""
    if connection.errors_occurred and not connection.in_atomic_block and not connection.is_usable():
        connection.close()


def run_job(job, is_forced=False, **options):
    """Run a job if it is due, or in any case where that is forced, and remember how it went; return whether it ran.

    `options` go to its command. Raises what the command raises, or `RunsElsewhere`.
    """
    with job_lock(job.name):
        record, _is_new = JobRecord.objects.get_or_create(name=job.name)
        record.job = job
        record.forget_what_is_to_come(timezone.now())
        if not (is_forced or record.is_due(timezone.now())):
            return False  # another host was first
        record.began_at, begun = timezone.now(), monotonic()
        record.save()
        try:
            call_command(job.name, **job.options, **options)
            record.ended_well_at = timezone.now()
            job.note_beginning(record.began_at)
        except Exception as error:
            drop_broken_connection()
            record.failed_at, record.error = timezone.now(), describe_error(error)
            raise
        finally:
            record.duration = timedelta(seconds=monotonic() - begun)
            record.save()
    return True


def describe_error(error):
    """Return an error in one line, with the place in the code where it was raised unless it was meant for people."""
    text = " ".join(str(error).replace("\0", "").split())[:MAX_ERROR]
    frames = extract_tb(error.__traceback__)
    if isinstance(error, CommandError) or not frames:
        return text
    place = "/".join(Path(frames[-1].filename).parts[-2:])
    return f"{type(error).__name__}: {text} ({place}, line {frames[-1].lineno})"
