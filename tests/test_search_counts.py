"""What readers search for: counted without them, and written down only when many ask."""

import io
from datetime import date, datetime, time, timedelta
from multiprocessing import get_context
from threading import Thread
from unittest import mock

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from schedule.jobs import all_jobs
from schedule.models import JobRecord
from schedule.running import run_job
from search import search_counts
from search.models import SearchCount, SearchShare
from search.paths import search_path
from search.search_counts import MIN_TIMES, countable_query, monday
from search.words import fold
from tests.building import make_standard
from tests.caches import server_that_is_away

WEEK = monday(date(2026, 11, 25))


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
    assert not search_counts.counted_questions(monday(timezone.localdate()))


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


def test_a_cache_that_was_emptied_or_whose_process_ended_takes_nothing_back_and_counts_nothing_twice(home):
    ask("werk", MIN_TIMES + 2)
    write()
    caches["searches"].clear()
    ask("werk")
    write()
    assert stored_counts() == {("nl", "werk"): (8, 8)}, "The process knows what it counted."
    search_counts.tally.__init__()
    caches["searches"].clear()
    ask("werk", 2)
    write()
    assert stored_counts() == {("nl", "werk"): (10, 10)}, "Another process counts what comes after."


def test_hosts_with_caches_of_their_own_add_up_and_rare_questions_only_where_they_are_written_already(home, settings, tmp_path):
    def host(name):
        search_counts.tally.__init__()
        return settings.CACHES | {"searches": settings.CACHES["searches"] | {"LOCATION": str(tmp_path / name)}}

    hosts = [host("one"), host("two")]
    for caches_of_host, times in zip(hosts, (MIN_TIMES, MIN_TIMES - 1), strict=True):
        settings.CACHES = caches_of_host
        search_counts.tally.__init__()
        ask("werk", times)
        ask("zeldzaam", MIN_TIMES - 1)
    for settings.CACHES in [*hosts, *reversed(hosts)]:
        write()
    assert stored_counts() == {("nl", "werk"): (9, 9)}


def test_a_run_that_is_killed_writes_all_or_nothing(home, monkeypatch):
    ask("werk", MIN_TIMES)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(SearchShare.objects, "filter", mock.Mock(side_effect=KeyboardInterrupt))  # after all was written
        write()
    assert stored_counts() == {} and not SearchShare.objects.exists()
    write()
    write()
    assert stored_counts() == {("nl", "werk"): (5, 5)}


def test_what_was_counted_while_the_cache_was_away_is_there_once_it_is_back(home, settings, caplog):
    there = settings.CACHES
    ask("werk", 2)
    settings.CACHES = there | {"searches": server_that_is_away()}
    ask("werk", 2)
    assert caplog.text.count("does not answer") == 1 and "werk" not in caplog.text
    settings.CACHES = there
    ask("werk")
    write()
    assert stored_counts() == {("nl", "werk"): (5, 5)}


def test_the_job_runs_on_each_host_that_has_a_cache_of_its_own(home, settings, tmp_path):
    job, record = all_jobs()["write_searches"], JobRecord(name="write_searches")
    for name in ("one", "two"):
        settings.CACHES = settings.CACHES | {"searches": settings.CACHES["searches"] | {"LOCATION": str(tmp_path / name)}}
        ask("werk", MIN_TIMES)
        search_counts.tally.__init__()
        assert run_job(job, stdout=io.StringIO()) and not run_job(job, stdout=io.StringIO())
    assert stored_counts() == {("nl", "werk"): (10, 10)}
    assert JobRecord.objects.get(name=record.name).ended_well_at


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
    assert len(list(files.glob("*.djcache"))) == 1, "the name of a source, and none that holds questions"
    now(WEEK + timedelta(days=22))
    write()
    assert list(files.glob("*.djcache")) == [], "not even files stay behind"
    assert stored_counts() == {("nl", "werk"): (5, 5)}


def test_what_is_kept_expires_by_itself(home, now):
    now(WEEK)
    ask("zeldzaam")
    assert search_counts.counted_questions(WEEK)
    now(WEEK + timedelta(days=8), 1)
    assert not search_counts.counted_questions(WEEK)


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
    monkeypatch.setattr(search_counts, "MAX_QUERIES", 10)
    week = monday(timezone.localdate())
    for number in [*range(20), 0]:
        search_counts.tally.add(week, "nl", f"word {number}", False)
    questions = search_counts.counted_questions(week)
    assert len(questions) == 10 and sum(n for shares in questions.values() for n, _none in shares.values()) == 11


def test_the_sources_of_all_weeks_fit_into_a_cache_of_files():
    weeks = 2 + search_counts.WEEKS_DELETED
    assert weeks * search_counts.SOURCES + 2 * 3 * search_counts.SOURCES < 10_000


def test_too_many_sources_are_told_and_keep_nobody_from_an_answer(home, monkeypatch, caplog):
    monkeypatch.setattr(search_counts, "SOURCES", 1)
    ask("werk")
    search_counts.tally.__init__()
    ask("werk")
    assert "Too many processes" in caplog.text


def count_many(number):
    for _time in range(number):
        search_counts.tally.add(monday(timezone.localdate()), "nl", "werk", False)


def together():
    questions = search_counts.counted_questions(monday(timezone.localdate()))
    return sum(searches for searches, _without in questions[("nl", "werk")].values())


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


def test_a_lock_that_is_never_given_back_loses_nothing(home, monkeypatch):
    monkeypatch.setattr(search_counts, "TRIES", 2)
    with search_counts.lock_numbers():
        ask("werk", MIN_TIMES)
    write()
    assert stored_counts() == {("nl", "werk"): (5, 5)}


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
