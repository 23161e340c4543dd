"""What the site does by itself: when a job is due, that it runs once wherever it is tried, and what is remembered of it."""

import io
import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.dispatch import Signal
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import Page, PageLogEntry

from pages.scheduling import BY_THE_HOUR
from schedule import rounds, running
from schedule.jobs import JOBS, Daily, Every, Job, all_jobs
from schedule.management.commands import run_scheduled
from schedule.models import FAILED, FINE, GRACE, LATE, JobRecord, job_records
from schedule.running import RunsElsewhere, run_job
from tests.building import client_of, make_home, make_standard, make_user
from tests.databases import address_of
from tests.editor import translate
from tests.racing import outcomes
from tests.servers import wait_for

HOME, REPORT = "/admin/", "/admin/reports/schedule/"
MINUTE = timedelta(minutes=1)
WORK = {}  # what a job of these tests does, by its name


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("timing", "now", "began"),
    [
        (Every(1), "2026-11-29 10:00:59", "2026-11-29 10:00"),
        (Every(5), "2026-11-29 10:04:59", "2026-11-29 10:00"),
        (Every(5), "2026-11-29 10:05:00", "2026-11-29 10:05"),
        (Every(60), "2026-11-29 10:59:00", "2026-11-29 10:00"),
        (Daily(4), "2026-11-29 02:59:00", "2026-11-28 03:00"),  # by the clock of Brussels, in winter an hour later
        (Daily(4), "2026-11-29 03:00:00", "2026-11-29 03:00"),
        (Daily(3, 30), "2026-03-29 01:29:00", "2026-03-28 02:30"),  # the clock goes on
        (Daily(3, 30), "2026-03-29 01:30:00", "2026-03-29 01:30"),
        (Daily(3, 30), "2026-10-25 02:30:00", "2026-10-25 02:30"),  # and back
        (Daily(0), "2026-11-29 22:59:00", "2026-11-28 23:00"),
    ],
)
def test_a_job_is_due_at_round_moments_of_the_clock(timing, now, began):
    assert timing.last_before(moment(now)) == moment(began)


@pytest.mark.parametrize(
    ("now", "began", "ended", "is_due"),
    [
        ("2026-11-29 10:00", None, None, True),
        ("2026-11-29 10:00", "2026-11-29 03:00", "2026-11-29 03:01", False),
        ("2026-11-30 02:59", "2026-11-29 03:00", "2026-11-29 03:01", False),
        ("2026-11-30 03:00", "2026-11-29 03:00", "2026-11-29 03:01", True),
        ("2026-11-29 03:14", "2026-11-29 03:00", "2026-11-28 03:01", False),
        ("2026-11-29 03:15", "2026-11-29 03:00", "2026-11-28 03:01", True),  # it failed, or its process died
        ("2026-11-29 03:15", "2026-11-29 03:00", None, True),
    ],
)
def test_what_did_not_end_well_is_tried_again_after_a_quarter_of_an_hour(now, began, ended, is_due):
    record = JobRecord(name="a", began_at=began and moment(began), ended_well_at=ended and moment(ended))
    record.job = Job("a", "A", Daily(4))
    assert record.is_due(moment(now)) == is_due


def test_a_job_is_late_once_there_was_time_to_try_it_again():
    record = JobRecord(name="a", began_at=moment("2026-11-28 03:00"), ended_well_at=moment("2026-11-28 03:01"))
    record.job = Job("a", "A", Daily(4))
    due_at = moment("2026-11-29 03:00")
    assert record.state(due_at + GRACE - MINUTE) == FINE
    record.failed_at = due_at
    assert record.state(due_at + GRACE - MINUTE) == FAILED
    assert record.state(due_at + GRACE) == LATE
    record.ended_well_at = due_at + GRACE
    assert record.state(due_at + GRACE) == FINE


@pytest.mark.django_db
def test_a_clock_that_was_ahead_keeps_no_job_from_running_and_none_from_being_late(jobs):
    for hours in (1, 24 * 365):
        ahead = timezone.now() + timedelta(hours=hours)
        moments = {"began_at": ahead, "ended_well_at": ahead, "failed_at": ahead}
        JobRecord.objects.update_or_create(name="first", defaults=moments)
        assert job_records()[0].state(timezone.now()) == LATE
        assert run()[0] == 0
        record = job_records()[0]
        assert record.ended_well_at < ahead and record.state(timezone.now()) == FINE


@pytest.mark.django_db
def test_a_job_runs_for_each_folder_of_several_hosts_once_and_for_one_that_they_share_once(monkeypatch, tmp_path):
    ran, now = [], datetime(2026, 11, 28, 10, 30, 20, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    for folder in (tmp_path / "one", tmp_path / "other"):
        folder.mkdir()
    monkeypatch.setattr(running, "call_command", lambda name, **options: ran.append(name))
    hosts = [Job("a", "A", Every(1), folder=tmp_path / name) for name in ("one", "other", "other")]
    for minutes in (0, 1):
        now += timedelta(minutes=minutes)
        assert [running.run_job(job) for job in hosts] == [True, True, False]
        assert not any(running.run_job(job) for job in hosts)
    assert len(ran) == 4
    assert [path.name for path in (tmp_path / "one").iterdir()] == [".a"]


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["cache", "folder"])
def test_a_clock_that_was_ahead_keeps_no_place_from_being_worked_on(place, tmp_path):
    job = Job("a", "A", Every(1), **{"cache": {"cache": "default"}, "folder": {"folder": tmp_path}}[place])
    now = timezone.now()
    record = JobRecord(name="a", began_at=now, ended_well_at=now)
    record.job = job
    job.note_beginning(now + timedelta(days=1))
    assert record.is_due(now)


@pytest.fixture
def jobs(monkeypatch):
    """Two jobs, due every minute, in place of the site's; `WORK` says what they do."""
    both = [Job("first", "First", Every(1)), Job("second", "Second", Every(1))]
    monkeypatch.setattr("schedule.jobs.hooks.get_hooks", lambda name: [lambda: both] if name == JOBS else [])
    monkeypatch.setattr(running, "call_command", lambda name, **options: WORK[name](**options))
    WORK.update(first=lambda **options: None, second=lambda **options: None)
    return {job.name: job for job in both}


def run(*arguments, **options):
    """Run the command; return its exit code, what it prints and what it says of failures."""
    printed, said = io.StringIO(), io.StringIO()
    try:
        call_command("run_scheduled", *arguments, stdout=printed, stderr=said, **options)
        code = 0
    except SystemExit as stop:
        code = stop.code
    return code, printed.getvalue(), said.getvalue()


def fail(**options):
    raise ValueError("no\nroom")


@pytest.mark.django_db
def test_a_job_that_fails_is_told_in_a_line_and_keeps_no_other_from_running(jobs):
    WORK["first"] = fail
    code, printed, said = run()
    assert (code, printed) == (1, "")
    assert re.fullmatch(r"first: ValueError: no room \(tests/test_schedule\.py, line \d+\)\n", said)
    first, second = job_records()
    assert first.error in said and first.failed_at and first.duration is not None and not first.ended_well_at
    assert second.ended_well() and not second.error
    assert run() == (0, "", "")  # neither is due so soon


@pytest.mark.django_db(transaction=True)
def test_no_job_waits_for_a_long_one_which_runs_once_at_a_time(jobs, monkeypatch):
    begun, ended, runs = Event(), Event(), []
    long = replace(jobs["first"], is_long=True)
    monkeypatch.setattr("schedule.jobs.hooks.get_hooks", lambda name: [lambda: [long, jobs["second"]]] if name == JOBS else [])

    def copy(**options):
        runs.append("first")
        begun.set()
        assert ended.wait(60)
        fail()

    def go(work, seconds, parent):
        work()
        assert begun.wait(60)
        JobRecord.objects.update(began_at=None)
        work()
        assert sorted(runs) == ["first", "second", "second"]  # while the long one goes on
        ended.set()

    WORK.update(first=copy, second=lambda **options: runs.append("second"))
    monkeypatch.setattr(run_scheduled, "go_round", go)
    run("--every", "60")
    wait_for(lambda: JobRecord.objects.get(name="first").failed_at, 60)
    JobRecord.objects.update(began_at=None)
    assert run()[0] == 1  # called once, it waits for all, and says that one failed


@pytest.mark.django_db
def test_what_was_mended_ends_well_and_what_went_wrong_last_is_still_known(jobs):
    WORK["first"] = fail
    run()
    WORK["first"] = lambda **options: options["stdout"].write("done")
    assert run("--only", "first") == (0, "done\n", "")
    record = job_records()[0]
    assert record.ended_well() and record.state(timezone.now()) == FINE and "no room" in record.error


@pytest.mark.django_db
def test_a_message_for_people_stands_without_a_place_in_the_code(jobs):
    def refuse(**options):
        raise CommandError("There is no log.")

    WORK["second"] = refuse
    assert run() == (1, "", "second: There is no log.\n")


def test_a_database_that_is_away_is_told_in_a_line(monkeypatch):
    def break_off():
        raise OperationalError("connection refused\nIs the server running?")

    monkeypatch.setattr(run_scheduled, "job_records", break_off)
    with pytest.raises(CommandError, match=r"The database does not answer: .*connection refused Is the server running\?"):
        call_command("run_scheduled")


@pytest.mark.django_db
def test_the_table_says_of_every_job_how_it_went(jobs):
    WORK["first"] = fail
    run()
    code, printed, said = run("--list")
    heading, first, error, second = printed.splitlines()
    assert (code, said) == (0, "")
    assert heading.split("  ")[0] == "job"
    assert first.startswith("first") and "every minute" in first and "never" in first and first.endswith("late")
    assert "no room" in error and second.endswith("fine")


@pytest.mark.django_db
def test_a_job_that_is_not_there_is_refused_by_name(jobs):
    with pytest.raises(CommandError, match=r"There is no job third\. There are: first, second\."):
        call_command("run_scheduled", only="third")


@pytest.mark.django_db(transaction=True)
def test_a_job_that_runs_is_begun_by_nobody_else_and_the_others_go_on(jobs):
    begun, tried, runs = Event(), Event(), []

    def work(**options):
        runs.append(options)
        begun.set()
        assert tried.wait(30)

    def try_meanwhile():
        assert begun.wait(30)
        try:
            with pytest.raises(RunsElsewhere):
                run_job(jobs["first"], is_forced=True)
            assert run() == (0, "", "")
            assert JobRecord.objects.get(pk="second").ended_well()
        finally:
            tried.set()

    WORK["first"] = work
    assert outcomes(lambda: run_job(jobs["first"]), try_meanwhile) == [None, None]
    assert len(runs) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_calls_at_the_same_moment_one_runs_each_job(jobs):
    runs = []
    for name in jobs:
        WORK[name] = lambda name=name, **options: runs.append(name)
    assert outcomes(*[run] * 6) == [None] * 6
    assert sorted(runs) == ["first", "second"]


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_connection_breaks_is_remembered_and_its_lock_is_free(jobs):
    def break_connection(**options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    WORK["first"] = break_connection
    code, _printed, said = run()
    assert code == 1 and said.startswith("first: ")
    WORK["first"] = lambda **options: None
    assert run("--only", "first") == (0, "", "")
    assert job_records()[0].ended_well()


def test_all_jobs_of_the_site_run(transactional_db, django_db_serialized_rollback, settings, tmp_path):
    make_home()  # for long jobs, too, which have connections of their own
    (tmp_path / "visits.log").write_text("")
    settings.VISITS_LOGS, settings.STATIC_ROOT = f"{tmp_path}/*.log", tmp_path / "static"
    assert run() == (0, "", "")
    records = job_records()
    assert {record.name for record in records} == {
        *(
            "publish_scheduled",
            "delete_pages",
            "mail_messages",
            "rebuild_search",
            "write_searches",
            "count_visits",
            "send_digests",
        ),
        "rebuild_differences",
        *(
            "forget_feedback",
            "forget_messages",
            "forget_draft_links",
            "forget_translations",
            "forget_logins",
            "forget_packages",
            "make_packages",
            "take_texts",
            "pass_over_reviews",
            "clean_static_files",
        ),
    }
    assert all(record.ended_well() for record in records)


def test_visits_are_counted_where_there_is_a_log_of_them(settings):
    settings.VISITS_LOGS = ""
    assert "count_visits" not in all_jobs()


def test_no_job_is_due_at_an_hour_that_the_clock_skips_or_repeats():
    assert all(job.timing.hour != 2 for job in all_jobs().values() if isinstance(job.timing, Daily))


# --- Pages that are due, from several processes at once


def due(home, name, user):
    """Return a page whose hour has come."""
    page = make_standard(home, name, live=False, owner=user)
    page.save_revision(user=user, approved_go_live_at=timezone.now() - MINUTE)
    return page


@pytest.mark.sweep
def test_processes_at_the_same_time_publish_each_page_once(transactional_db, django_db_serialized_rollback):
    user, home = make_user("Publishers"), make_home()
    pages = [due(home, f"page {number}", user) for number in range(12)]
    expired = make_standard(home, "expired")
    Page.objects.filter(pk=expired.pk).update(expire_at=timezone.now() - MINUTE)
    commands = [["publish_scheduled"], ["publish_scheduled"], ["run_scheduled"], ["run_scheduled"]]
    environment = os.environ | {"DATABASE_URL": address_of(connection.settings_dict["NAME"])}
    processes = [
        subprocess.Popen(
            [sys.executable, "manage.py", *command], cwd=settings.BASE_DIR, env=environment, stderr=subprocess.PIPE
        )
        for command in commands
    ]
    said = [process.communicate(timeout=120)[1].decode() for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, said
    assert Page.objects.filter(pk__in=[page.pk for page in pages], live=True).count() == len(pages)
    assert PageLogEntry.objects.filter(action=BY_THE_HOUR).count() == len(pages)
    assert PageLogEntry.objects.filter(action="wagtail.unpublish.scheduled").count() == 1


# --- In the admin


def let_all_be_done():
    for job in all_jobs().values():
        JobRecord.objects.update_or_create(
            name=job.name, defaults={"began_at": timezone.now(), "ended_well_at": timezone.now(), "duration": MINUTE}
        )


@pytest.mark.sampled(1)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_home_of_administrators_says_what_is_late_and_only_then(language, home):
    client = client_of(make_user(None, language))
    let_all_be_done()
    assert 'id="late-jobs' not in client.get(HOME).content.decode()
    JobRecord.objects.filter(pk="send_digests").update(ended_well_at=timezone.now() - timedelta(days=3))
    section = BeautifulSoup(client.get(HOME).content, "html.parser").select_one("#late-jobs-section")
    (line,) = section.select("li")
    assert translate("Daily mails about what waits", language) in line.get_text()
    assert section.find("a", href=REPORT)


def test_where_nothing_ever_ran_the_home_says_what_is_to_be_done(home):
    section = BeautifulSoup(client_of(make_user()).get(HOME).content, "html.parser").select_one("#late-jobs-section")
    (line,) = section.select("li")
    assert "manage.py run_scheduled" in line.get_text()


def test_the_home_of_nobody_else_says_or_asks_anything_of_jobs(home):
    for role in ("Translators", "Reviewers", "Editors", "Publishers"):
        client = client_of(make_user(role))
        with CaptureQueriesContext(connection) as captured:
            assert 'id="late-jobs' not in client.get(HOME).content.decode()
        assert not [query for query in captured if JobRecord._meta.db_table in query["sql"]]


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_report_has_a_row_for_every_job_those_that_never_ran_too(language, home, settings):
    settings.VISITS_LOGS = "/nowhere/*.log"
    let_all_be_done()
    JobRecord.objects.filter(pk="count_visits").delete()
    JobRecord.objects.filter(pk="mail_messages").update(failed_at=timezone.now() + MINUTE, error="Nobody listens.")
    client = client_of(make_user(None, language))
    rows = BeautifulSoup(client.get(REPORT).content, "html.parser").select("table.listing tbody tr")
    texts = {row.td.get_text(strip=True): row.get_text(" ", strip=True) for row in rows}
    with translation.override(language):
        assert set(texts) == {str(job.label) for job in all_jobs().values()}
    assert translate("never run", language) in texts[translate("Counting visits", language)]
    assert "Nobody listens." in texts[translate("Mails about messages that could not be sent at once", language)]
    for kind in ("csv", "xlsx"):
        assert client.get(REPORT, {"export": kind}).status_code == 200


# --- In one process


def test_a_round_follows_the_other_until_it_is_told_to_stop_and_breaks_no_job_off(monkeypatch):
    done = []

    def work():
        done.append("begun")
        if len(done) == 3:
            signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM)
            done.append("ended all the same")

    monkeypatch.setattr(rounds, "close_old_connections", lambda: None)
    rounds.go_round(work, 0)
    assert done == ["begun"] * 3 + ["ended all the same"]


def test_rounds_end_with_the_process_beside_which_they_run(monkeypatch):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)  # a zombie until its parent looks
    monkeypatch.setattr(rounds, "close_old_connections", lambda: None)
    rounds.go_round(lambda: pytest.fail("It has ended."), 0, parent=ended.pid)
    ended.wait()
    rounds.go_round(lambda: pytest.fail("It is gone."), 0, parent=ended.pid)
    assert rounds.is_alive(os.getpid())


@pytest.mark.django_db
def test_a_round_takes_up_strings_that_were_edited_meanwhile(monkeypatch):
    followed = []
    monkeypatch.setattr("interface_strings.following.ShownStrings.follow", lambda self: followed.append(1))
    monkeypatch.setattr(rounds, "close_old_connections", lambda: None)
    rounds.go_round(lambda: signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM), 0)
    assert followed == [1]


def test_nothing_that_is_taken_up_breaks_the_rounds_off(monkeypatch, caplog):
    done = []

    def fail(**signal):
        raise ValueError("a catalogue of another world")

    def work():
        done.append("begun")
        if len(done) == 2:
            signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM)

    monkeypatch.setattr(rounds, "close_old_connections", lambda: None)
    monkeypatch.setattr(rounds, "round_begins", Signal())
    rounds.round_begins.connect(fail)
    rounds.go_round(work, 0)
    assert done == ["begun"] * 2 and caplog.text.count("a catalogue of another world") >= 2


@pytest.mark.django_db
def test_before_the_first_migration_one_line_says_what_is_waited_for(monkeypatch, caplog):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE schedule_jobrecord RENAME TO not_made_yet")

    def go(work, seconds, parent):
        for _ in range(3):
            with suppress(ZeroDivisionError), transaction.atomic():
                work()
                1 / 0  # noqa: B018  (each round has a transaction of its own)

    monkeypatch.setattr("schedule.management.commands.run_scheduled.go_round", go)
    call_command("run_scheduled", every=60)
    assert caplog.text.count("waits until the database is migrated") == 1 and "Traceback" not in caplog.text


@pytest.mark.sweep
def test_a_process_of_its_own_outlives_its_connection_and_ends_when_it_is_told_to(transactional_db):
    environment = os.environ | {"DATABASE_URL": address_of(connection.settings_dict["NAME"])}
    command = [sys.executable, "manage.py", "run_scheduled", "--every", "1"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        wait_for(lambda: JobRecord.objects.filter(name="publish_scheduled", ended_well_at__isnull=False).exists(), 60)
        with connection.cursor() as cursor:
            others = "datname = current_database() AND pid <> pg_backend_pid()"
            cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
        JobRecord.objects.filter(name="publish_scheduled").update(began_at=None, ended_well_at=None)
        wait_for(lambda: JobRecord.objects.filter(name="publish_scheduled", ended_well_at__isnull=False).exists(), 60)
    finally:
        process.terminate()
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 0, said
