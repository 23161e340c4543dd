"""What readers search for: counted without them, and written down only when many ask."""

import io
from datetime import date, datetime, time, timedelta
from multiprocessing import get_context
from threading import Thread

import pytest
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from search import search_counts
from search.models import SearchCount
from search.paths import search_path
from search.search_counts import MIN_TIMES, countable_query, monday
from search.words import fold
from tests.building import make_standard

WEEK = monday(date(2026, 11, 25))


class BrokenCache(BaseCache):
    """A cache whose server is gone."""

    def __init__(self, location, options):
        super().__init__(options)

    def get(self, *args, **kwargs):
        raise ConnectionError


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Count in files, as production does, and in those of this test alone."""
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = settings.CACHES | {"searches": {"BACKEND": backend, "LOCATION": str(tmp_path / "cache")}}
    return tmp_path / "cache"


@pytest.fixture
def now(monkeypatch):
    """Return a function that sets the clock of those who count."""

    def at(day, hour=12):
        moment = timezone.make_aware(datetime.combine(day, time(hour)))
        monkeypatch.setattr(timezone, "now", lambda: moment)
        monkeypatch.setattr("time.time", moment.timestamp)  # that of the cache
        return moment

    return at


def ask(query, times=1, language="nl", method="get", **others):
    for _time in range(times):
        response = getattr(Client(), method)(search_path(language, q=query, **others))
        assert response.status_code == 200


def write():
    said = io.StringIO()
    call_command("write_searches", stdout=said)
    return said.getvalue()


def stored_counts():
    return {(one.language, one.query): (one.searches, one.without_result) for one in SearchCount.objects.all()}


# --- What counts


@pytest.mark.sweep
def test_searches_are_counted_by_language_week_and_question_with_those_that_found_nothing(home):
    ask("Qwertyuiop", MIN_TIMES)
    make_standard(home, summary_nl="Qwertyuiop.")
    ask("  QWERTYUIOP ", 2)
    ask("qwertyuiop", MIN_TIMES, "fr")
    write()
    assert stored_counts() == {("nl", "qwertyuiop"): (7, 5), ("fr", "qwertyuiop"): (5, 5)}
    assert {one.week for one in SearchCount.objects.all()} == {monday(timezone.localdate())}


@pytest.mark.sweep
def test_only_questions_count_and_leafing_on_is_none(home):
    ask("", MIN_TIMES)
    ask("?!", MIN_TIMES)
    ask("qwertyuiop", MIN_TIMES, page=2)
    ask("qwertyuiop", MIN_TIMES, method="head")
    Client().get("/nl/zoeken?q=qwertyuiop")
    assert list(search_counts.frequent_questions(timezone.localdate())) == [] and not caches["searches"].get_many(
        [slot for _language, slot in search_counts.slot_keys(monday(timezone.localdate()))]
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("  Formation  à l’Étranger ", "formation a l'etranger"),
        ("ＥＳＦ", "esf"),
        ("Euro\u00adpa", "europa"),
        ("15-29", "15-29"),
        ("İstanbul", "istanbul"),
        ("a\x01b\ud800", "ab"),
    ],
)
def test_questions_that_are_the_same_to_a_reader_are_counted_as_one(one, other):
    assert fold(one) == countable_query(one) == other == fold(other)


@pytest.mark.parametrize(
    "text",
    [
        "jan@example.org",
        "jan＠example.org",
        "0470 12 34 56",
        "+32 2 505 11 11",
        "85.07.30-033 28",
        "jan janssens 850730",
        "٠١٢٣٤٥",
        "１２３４５６",
        "1-2-3-4-5-6",
        "x" * 101,
        "woord " * 30,
    ],
)
@pytest.mark.sampled(3)
def test_what_may_be_about_a_person_is_not_counted(text, home):
    assert countable_query(text) == ""
    ask(text, MIN_TIMES)
    write()
    assert stored_counts() == {}


@pytest.mark.parametrize("text", ["15-29", "2021", "1 600", "00:30"])
def test_a_few_digits_are_no_person(text):
    assert countable_query(text)


# --- Often enough


def test_what_was_asked_four_times_in_a_week_is_never_written(home, now):
    now(WEEK + timedelta(days=6))
    ask("zeldzaam", MIN_TIMES - 1)
    write()
    now(WEEK + timedelta(days=7))
    ask("zeldzaam", MIN_TIMES - 1)
    write()
    assert stored_counts() == {}


def test_two_runs_write_the_same_and_later_searches_are_added(home):
    ask("werk", MIN_TIMES)
    assert write().startswith("Wrote 1 ")
    write()
    assert stored_counts() == {("nl", "werk"): (5, 5)}
    ask("werk", 2)
    write()
    assert stored_counts() == {("nl", "werk"): (7, 7)}


@pytest.mark.sweep
def test_a_cache_that_was_emptied_takes_nothing_back_and_counts_nothing_twice(home):
    ask("werk", MIN_TIMES + 2)
    write()
    caches["searches"].clear()
    ask("werk", MIN_TIMES)
    write()
    assert stored_counts() == {("nl", "werk"): (7, 7)}


def test_last_week_is_written_on_monday_night_and_uncounted_questions_are_gone_on_tuesday(home, now, files):
    now(WEEK + timedelta(days=6), 23)
    ask("werk", MIN_TIMES)
    ask("zeldzaam")
    now(WEEK + timedelta(days=7), 3)
    ask("werk")
    write()
    assert [(one.week, one.searches) for one in SearchCount.objects.all()] == [(WEEK, MIN_TIMES)]
    assert search_counts.seconds_left(WEEK) == 21 * 3600
    now(WEEK + timedelta(days=15))
    write()
    assert list(files.glob("*.djcache")) == [], "not even files stay behind"
    assert stored_counts() == {("nl", "werk"): (5, 5)}


def test_what_is_kept_expires_by_itself(home, now):
    now(WEEK)
    ask("zeldzaam")
    slots = [slot for _language, slot in search_counts.slot_keys(WEEK)]
    assert caches["searches"].get_many(slots)
    now(WEEK + timedelta(days=8), 1)
    assert not caches["searches"].get_many(slots)


def test_old_counts_are_deleted(db, settings):
    settings.SEARCHES_MONTHS = 1
    today = monday(timezone.localdate())
    for days in (21, 42):
        week = today - timedelta(days=days)
        SearchCount.objects.create(language="nl", week=week, query="werk", searches=5, without_result=0)
    assert "deleted 1 " in write()
    assert [one.week for one in SearchCount.objects.all()] == [today - timedelta(days=21)]


# --- Room, crowds and failures


def test_a_full_week_counts_what_it_knows_and_nothing_new(db, monkeypatch):
    monkeypatch.setattr(search_counts, "MAX_QUERIES", search_counts.SLOTS)
    for number in range(200):
        search_counts.add_one("nl", f"word {number}", False)
    week = monday(timezone.localdate())
    slots = caches["searches"].get_many([slot for _language, slot in search_counts.slot_keys(week)])
    queries = [query for slot in slots.values() for query in slot]
    assert len(queries) == len(slots) <= search_counts.SLOTS
    search_counts.add_one("nl", queries[0], True)
    assert sum(searches for slot in caches["searches"].get_many(slots).values() for searches, _none in slot.values()) == (
        len(queries) + 1
    )


def test_the_slots_of_two_weeks_fit_into_a_cache_of_files():
    assert 2 * len(search_counts.slot_keys(WEEK)) < caches["searches"]._max_entries


def count_many(number):
    for _time in range(number):
        with search_counts.lock_counts():
            search_counts.add_one("nl", "werk", False)


def together():
    slots = [slot for _language, slot in search_counts.slot_keys(monday(timezone.localdate()))]
    return sum(slot.get("werk", (0, 0))[0] for slot in caches["searches"].get_many(slots).values())


@pytest.fixture
def patience(monkeypatch):
    """A minute to wait for the lock, as a busy machine may need longer than a reader would wait."""
    monkeypatch.setattr(search_counts, "TRIES", 12_000)


@pytest.mark.usefixtures("db", "patience")
def test_processes_that_count_at_once_lose_nothing():
    processes = [get_context("fork").Process(target=count_many, args=(50,)) for _number in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert together() == 150


@pytest.mark.usefixtures("db", "patience")
def test_threads_that_count_at_once_lose_nothing():
    threads = [Thread(target=count_many, args=(50,)) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert together() == 200


def test_a_lock_that_is_never_given_back_and_a_cache_that_is_gone_keep_no_reader_waiting(home, settings, monkeypatch, caplog):
    monkeypatch.setattr(search_counts, "TRIES", 2)
    with search_counts.lock_counts():
        ask("geheim")
    settings.CACHES = settings.CACHES | {"searches": {"BACKEND": "tests.test_search_counts.BrokenCache"}}
    ask("geheim")
    assert caplog.text.count("could not be counted") == 2 and "geheim" not in caplog.text


def test_whoever_switches_the_language_asks_nothing_new(home):
    ask("xyzzy", times=6)
    ask("xyzzy", times=6, language="fr", **{"from": "nl"})
    write()
    assert list(SearchCount.objects.values_list("language", "query")) == [("nl", "xyzzy")]


def test_counting_asks_nothing_of_the_database(home, django_assert_num_queries):
    from search.results import find_results as find

    search_results = find("werk", "nl")
    with django_assert_num_queries(0):
        search_counts.count_search(search_results, "nl")
