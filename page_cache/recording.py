"""What an answer is made of, noted while it is made: every question to the database with a digest of what came back, what the
process itself had, such as its catalogues, and the moment at which the clock alone makes it another.

Nothing has to be declared: what is asked is noted, so nothing can be forgotten.
"""

import re
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from hashlib import blake2s

from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone
from psycopg import ServerCursor

from page_cache.replica import WrappedStatements, alias_to_read

TABLE = re.compile(r'\b(?:FROM|JOIN)\s+\(*\s*(?:ONLY\s+)?(?:"?\w+"?\.)?"?(\w+)"?', re.IGNORECASE)
SEVERAL_TABLES = re.compile(r'\bFROM\s+[\w".]+(?:\s+(?:AS\s+)?[\w"]+)?\s*,', re.IGNORECASE)  # of which `TABLE` sees the first
AWAY = (OperationalError, InterfaceError)  # what is raised where the database does not answer
READING = ("SELECT", "(SELECT", "WITH")  # how statements begin that write nothing
_recorder = ContextVar("the recorder of the answer that is being made", default=None)
_states = {}


@dataclass(frozen=True, slots=True)
class RecordedQuestion:
    """What was asked of the database: SQL, its parameters, the tables in it, and a digest of the rows, "" where unknown."""

    sql: str
    params: object
    tables: frozenset
    digest: str

    def brings_the_same(self):
        """Ask again; say whether the rows of today are the same. Raises what says that the database does not answer."""
        if not self.digest:
            return False
        try:
            with connections[alias_to_read()].cursor() as cursor:
                cursor.execute(self.sql, self.params)
                return digest_of(cursor.cursor) == self.digest
        except AWAY:
            raise
        except Exception:  # a question that cannot be asked like that any more, as after a migration
            return False


class Recorder:
    """Notes the questions of one answer, when it turns (None: never by itself), and whether it can be kept.

    It cannot where something was written, where a question failed or brought something else the second time, and where it is
    not known what was asked.
    """

    def __init__(self):
        self.questions, self.turns_at, self.is_keepable = {}, None, True

    def __call__(self, execute, sql, params, many, context):
        """Do what Django asks of a wrapper around each statement (`connection.execute_wrapper`)."""
        try:
            result = execute(sql, params, many, context)
        except Exception:
            self.is_keepable = False
            raise
        question = RecordedQuestion(sql, params, tables_of(sql), digest_of(context["cursor"].cursor))
        is_known = not many and sql.lstrip().upper().startswith(READING) and not SEVERAL_TABLES.search(sql)
        if not is_known or self.questions.setdefault((sql, repr(params)), question).digest != question.digest:
            self.is_keepable = False
        return result

    def turn_at(self, moment):
        """Note that the answer is another from a moment on."""
        self.turns_at = min(filter(None, (self.turns_at, moment)), default=None)

    @property
    def tables(self):
        return frozenset().union(*(question.tables for question in self.questions.values()))


@lru_cache(maxsize=2000)
def tables_of(sql):
    """Return the names of the tables that a statement may read; a name too many does no harm."""
    return frozenset(TABLE.findall(sql))


def digest_of(cursor):
    """Return a digest of the rows that a cursor of psycopg holds, without taking them; "" where they are on the server."""
    result = cursor.pgresult
    if isinstance(cursor, ServerCursor) or result is None:
        return ""
    digest = blake2s(digest_size=16)
    for row in range(result.ntuples):
        for column in range(result.nfields):
            value = result.get_value(row, column)
            digest.update(b"-" if value is None else b"%d:%b" % (len(value), value))
    return digest.hexdigest()


@contextmanager
def record():
    """Return the `Recorder` of what the block does."""
    recorder = Recorder()
    token = _recorder.set(recorder)
    try:
        with WrappedStatements(recorder):
            yield recorder
    finally:
        _recorder.reset(token)


def turn_at(moment):
    """Note that what is being made is another from a moment on; None for never."""
    if moment is not None and (recorder := _recorder.get()) is not None:
        recorder.turn_at(moment)


def keep_nothing():
    """Note that what is being made depends on what nobody is told of, such as a file that is lost."""
    if (recorder := _recorder.get()) is not None:
        recorder.is_keepable = False


def today():
    """Return today's date in Brussels, and note that what is being made of it is another tomorrow."""
    now = timezone.localtime()
    turn_at(timezone.make_aware(datetime.combine(now.date() + timedelta(days=1), time())))
    return now.date()


def register_state(name, read):
    """Name something of the process of which answers are made: `read()` returns what it is now, asked at each answer."""
    _states[name] = read


def states():
    """Return what each registered state is now, by name."""
    return {name: read() for name, read in _states.items()}
