"""What readers search for: counted by language, week and question, with nothing about who asks.

Only questions that were asked five times or more in a week are ever written to the database (`frequent_questions`,
`write_counts`); the others go when the cache lets go of them, eight days after their week began, or with the next
`write_counts`.

Each process counts for itself (`SearchTally`), and lays what it has counted into the cache each time, under a random name: the
source. So nobody adds to what another one wrote, and nothing is lost, however many hosts and processes count at once. A cache
that was away, or was emptied, has all of it again with the next question. What a source counted of a question is a share
(`SearchShare`), of which the higher number is kept; the shares add up. `write_counts` may run twice, break off, or see some
sources only.

- No kind of cache that the site may use lists its keys. So the sources of a week stand under keys with numbers, which can be
  guessed.
- A process counts `MAX_QUERIES` different questions a language and week: whoever sends nonsense by the thousand can keep rare
  questions out, but can neither fill the cache nor change what was counted before.
- Where each host has a cache of its own, a question that is rare on each and frequent on all is not written: five times a week
  count in one cache. Once it is written, what others counted is added.
- What a process counted while the cache was away goes with it, if nobody searches there afterwards.
"""

import json
import logging
import os
import tempfile
import time
import unicodedata
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Lock
from uuid import uuid4

from django.conf import settings
from django.core.cache import caches
from django.core.files import locks
from django.db import connection, transaction
from django.utils import timezone

from languages.codes import LANGUAGES
from search.models import MAX_QUERY_LENGTH, SearchCount, SearchShare
from search.words import fold

logger = logging.getLogger(__name__)

MIN_TIMES = 5  # a week; the privacy page says so too
MAX_QUERIES = 5_000  # different questions a process, language and week
SOURCES = 500  # processes a week: each ends after some thousand requests
LIFETIME = timedelta(days=8)  # from the beginning of the week: a night more, for `write_counts` to see all of it
WEEKS_DELETED = 8  # weeks before the last one of which `write_counts` makes sure that nothing is left
DIGITS = 6  # with so many a question may hold a telephone or national register number
KEPT_LONGER = 10 * 7 * 24 * 60 * 60  # seconds for which the names of sources are known, to delete what they counted
TRIES, PAUSE = 100, 0.005  # half a second in all; a process waits once, when it begins to count
WRITE_SHARES = """
    INSERT INTO search_searchshare (source, language, week, query, searches, without_result)
    SELECT source, language, week, query, searches, without_result
    FROM jsonb_to_recordset(%s) AS counted (
        source varchar, language varchar, week date, query varchar, searches bigint, without_result bigint
    )
    ORDER BY source, language, week, query
    ON CONFLICT (source, language, week, query) DO UPDATE
    SET searches = greatest(search_searchshare.searches, excluded.searches),
        without_result = greatest(search_searchshare.without_result, excluded.without_result)
"""
ADD_UP = """
    INSERT INTO search_searchcount (language, week, query, searches, without_result)
    SELECT language, week, query, sum(searches), sum(without_result)
    FROM search_searchshare WHERE week >= %s
    GROUP BY language, week, query ORDER BY language, week, query
    ON CONFLICT (language, week, query) DO UPDATE
    SET searches = greatest(search_searchcount.searches, excluded.searches),
        without_result = greatest(search_searchcount.without_result, excluded.without_result)
"""


class SearchTally:
    """What this process has counted: by week and language, for each question how often, and how often without a result."""

    def __init__(self):
        self.source, self.counts, self.numbers, self.lock = uuid4().hex, {}, {}, Lock()

    def add(self, week, language, query, has_no_result):
        """Count a question, and lay all that was counted into the cache."""
        with self.lock:
            self.counts = {of: counts for of, counts in self.counts.items() if timezone.localdate() < of[0] + LIFETIME}
            counts = self.counts.setdefault((week, language), {})
            if query in counts or len(counts) < MAX_QUERIES:
                searches, without_result = counts.get(query, (0, 0))
                counts[query] = (searches + 1, without_result + has_no_result)
            for of, counted in self.counts.items():
                caches["searches"].set(counts_key(*of, self.source), counted, seconds_left(of[0]))
            for known in {known for known, _language in self.counts}:
                self.sign_up(known)

    def sign_up(self, week):
        """Let the source be found: by a number of its own, taken anew where the cache has another under it, or none."""
        cache, number = caches["searches"], self.numbers.get(week)
        if number is not None and cache.get(source_key(week, number)) == self.source:
            return
        with lock_numbers():
            taken = cache.get_many(source_keys(week))
            for number, key in enumerate(source_keys(week)):
                is_free = taken.get(key, self.source) == self.source
                if is_free and (key in taken or cache.add(key, self.source, seconds_left(week) + KEPT_LONGER)):
                    self.numbers[week] = number
                    return
        logger.warning("Too many processes count searches this week.")


tally = SearchTally()
os.register_at_fork(after_in_child=tally.__init__)


def count_search(search_results, language):
    """Count the question of `SearchResults`. Whatever becomes of it, the reader gets an answer."""
    query = countable_query(search_results.question.text)
    if not query or not search_results.question.terms:
        return
    try:
        tally.add(monday(timezone.localdate()), language, query, not search_results.total)
    except Exception:
        logger.exception("A search could not be counted.")


def countable_query(text):
    """Return a question as it is counted, "" where it may be about a person or is too long to be asked by several."""
    query = fold(text)
    is_personal = "@" in query or sum(unicodedata.category(sign) == "Nd" for sign in query) >= DIGITS
    return "" if is_personal or len(query) > MAX_QUERY_LENGTH else query


@contextmanager
def lock_numbers():
    """Hold the lock of those who sign up on this machine, as a cache of files would give two the same number.

    Where somebody keeps it for long it is done without: whoever lost a number notices it with the next question.
    """
    with open_private(lock_path()) as file:
        for _try in range(TRIES):
            if locks.lock(file, locks.LOCK_EX | locks.LOCK_NB):
                break
            time.sleep(PAUSE)
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


def counts_key(week, language, source):
    return f"searches:{week}:{language}:{source}"


def source_key(week, number):
    return f"searches:{week}:{number}"


def source_keys(week):
    return [source_key(week, number) for number in range(SOURCES)]


def keys_of_counts(week):
    """Return the keys under which the sources of a week counted, with their language and source."""
    sources = set(caches["searches"].get_many(source_keys(week)).values())
    return {counts_key(week, language, source): (language, source) for language in LANGUAGES for source in sources}


def counted_questions(week):
    """Return what was counted in a week: (language, question) -> {source: (searches, without result)}."""
    questions, keys = {}, keys_of_counts(week)
    for key, counts in caches["searches"].get_many(keys).items():
        language, source = keys[key]
        for query, numbers in counts.items():
            questions.setdefault((language, query), {})[source] = numbers
    return questions


def frequent_questions(today):
    """Yield what was asked often enough this week and last week, or was written already, as rows of `SearchShare`."""
    for week in (monday(today), monday(today) - timedelta(weeks=1)):
        written = set(SearchCount.objects.filter(week=week).values_list("language", "query"))
        for (language, query), shares in counted_questions(week).items():
            if (language, query) in written or sum(searches for searches, _without in shares.values()) >= MIN_TIMES:
                for source, (searches, without_result) in shares.items():
                    row = {"source": source, "language": language, "week": str(week), "query": query}
                    yield row | {"searches": searches, "without_result": without_result}


def write_counts(today):
    """Write what was asked often enough, delete what is older than it may be, and return how many questions were written.

    A cache of files deletes what is out of date only when it is asked for it, which nobody does any more.
    """
    last_week = monday(today) - timedelta(weeks=1)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE search_searchshare IN SHARE ROW EXCLUSIVE MODE")  # or two would add up without each other
        rows = list(frequent_questions(today))
        cursor.execute(WRITE_SHARES, [json.dumps(rows)])
        cursor.execute(ADD_UP, [last_week])
        SearchShare.objects.filter(week__lt=last_week).delete()
    for number in range(2, 2 + WEEKS_DELETED):
        week = monday(today) - timedelta(weeks=number)
        if keys := keys_of_counts(week):
            caches["searches"].delete_many([*keys, *source_keys(week)])
    return len({(row["language"], row["week"], row["query"]) for row in rows})
