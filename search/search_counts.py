"""What readers search for: counted in the cache by language, week and question, with nothing about who asks.

Only questions that were asked five times or more in a week are ever written to the database (`frequent_questions`,
`write_counts`); the others go when the cache lets go of them, eight days after their week began, or with the next
`write_counts`.

No kind of cache that the site may use lists its keys, and a cache of files cannot add up without losing some. So the
questions of a language and week lie in `SLOTS` dictionaries under keys that can be guessed, and a lock on a file is held
while one is read and written. What that costs:

- A slot is full with `MAX_QUERIES / SLOTS` questions, and new ones are not counted until next week: whoever sends nonsense by
  the thousand can keep rare questions out, but can neither fill the cache nor change what was counted before.
- The lock holds for the processes of one machine. Where several machines share a cache, two that count at the same moment in
  the same slot lose one.
- What the cache holds goes with it: with a new container, or with each process where the cache is memory. `write_counts` adds
  nothing up and keeps the higher number, so a week may be counted too low, and never twice.
"""

import json
import logging
import os
import tempfile
import time
import unicodedata
import zlib
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.core.files import locks
from django.db import connection
from django.utils import timezone

from languages.codes import LANGUAGES
from search.models import MAX_QUERY_LENGTH
from search.words import fold

logger = logging.getLogger(__name__)

MIN_TIMES = 5  # a week; the privacy page says so too
MAX_QUERIES = 5_000  # different questions a language and week
SLOTS = 16  # few enough for three languages and two weeks to stay below the 300 entries of a cache of files
LIFETIME = timedelta(days=8)  # from the beginning of the week: a night more, for `write_counts` to see all of it
WEEKS_DELETED = 8  # weeks before the last one of which `write_counts` makes sure that nothing is left
DIGITS = 6  # with so many a question may hold a telephone or national register number
TRIES, PAUSE = 100, 0.005  # half a second in all; a slot takes a millisecond or two
WRITE = """
    INSERT INTO search_searchcount (language, week, query, searches, without_result)
    SELECT language, week, query, searches, without_result
    FROM jsonb_to_recordset(%s) AS counted (
        language varchar, week date, query varchar, searches bigint, without_result bigint
    )
    ORDER BY language, week, query
    ON CONFLICT (language, week, query) DO UPDATE
    SET searches = greatest(search_searchcount.searches, excluded.searches),
        without_result = greatest(search_searchcount.without_result, excluded.without_result)
"""


def count_search(search_results, language):
    """Count the question of `SearchResults`. Whatever becomes of it, the reader gets an answer."""
    query = countable_query(search_results.question.text)
    if not query or not search_results.question.terms:
        return
    try:
        with lock_counts():
            add_one(language, query, not search_results.total)
    except Exception:  # each kind of cache fails in its own way
        logger.exception("A search could not be counted.")


def countable_query(text):
    """Return a question as it is counted, "" where it may be about a person or is too long to be asked by several."""
    query = fold(text)
    is_personal = "@" in query or sum(unicodedata.category(sign) == "Nd" for sign in query) >= DIGITS
    return "" if is_personal or len(query) > MAX_QUERY_LENGTH else query


def add_one(language, query, has_no_result):
    """Add one to the count of a question; only under `lock_counts`."""
    week = monday(timezone.localdate())
    slot = slot_key(language, week, zlib.crc32(query.encode()) % SLOTS)
    counts = caches["searches"].get(slot, {})
    if query in counts or len(counts) < MAX_QUERIES // SLOTS:
        searches, without_result = counts.get(query, (0, 0))
        counts[query] = (searches + 1, without_result + has_no_result)
        caches["searches"].set(slot, counts, seconds_left(week))


@contextmanager
def lock_counts():
    """Hold the lock of those who count on this machine; raise `TimeoutError` where somebody keeps it for long."""
    with open_private(lock_path()) as file:
        for _try in range(TRIES):
            if locks.lock(file, locks.LOCK_EX | locks.LOCK_NB):
                break
            time.sleep(PAUSE)
        else:
            raise TimeoutError
        yield  # closing the file lets go of the lock


def lock_path():
    """Return the file of the lock, one for each checkout and user."""
    name = sha256(str(settings.BASE_DIR).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"searches-{os.getuid()}-{name}.lock"


def open_private(path):
    """Open a file of our own in a folder for all, where somebody may have laid a link that leads elsewhere."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600), "rb")


def monday(day):
    """Return the first day of the week (ISO 8601) of a day."""
    return day - timedelta(days=day.weekday())


def seconds_left(week):
    """Return for how long questions of a week may still be kept uncounted."""
    end = timezone.make_aware(datetime.combine(week + LIFETIME, datetime.min.time()))
    return max(1, int((end - timezone.now()).total_seconds()))


def slot_key(language, week, slot):
    return f"searches:{language}:{week}:{slot}"


def slot_keys(week):
    return [(language, slot_key(language, week, slot)) for language in LANGUAGES for slot in range(SLOTS)]


def frequent_questions(today):
    """Yield what was asked often enough this week and last week, as rows of `SearchCount`."""
    for week in (monday(today), monday(today) - timedelta(weeks=1)):
        slots = caches["searches"].get_many([slot for _language, slot in slot_keys(week)])
        for language, slot in slot_keys(week):
            for query, (searches, without_result) in slots.get(slot, {}).items():
                if searches >= MIN_TIMES:
                    row = {"language": language, "week": str(week), "query": query}
                    yield row | {"searches": searches, "without_result": without_result}


def write_counts(today):
    """Write what was asked often enough, delete what is older than it may be, and return how many questions were written.

    A cache of files deletes what is out of date only when it is asked for it, which nobody does any more.
    """
    rows = list(frequent_questions(today))
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [json.dumps(rows)])
    for number in range(2, 2 + WEEKS_DELETED):
        caches["searches"].delete_many([slot for _language, slot in slot_keys(monday(today) - timedelta(weeks=number))])
    return len(rows)
