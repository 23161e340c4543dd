"""Visits: counted from the web server's log, each line once."""

import gzip
import io
import json
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from audience import visit_counting
from audience.access_log import MAX_LINE_BYTES
from audience.models import ReadLog, Visit
from tests.building import make_home

NOON = "2026-11-20T12:00:00+01:00"


def line(path, time=NOON, method="GET", status=200, **others):
    """Return a line as nginx writes it."""
    said = {"time": time, "method": method, "path": path, "status": status, "bytes": 9000, "seconds": 0.01, "cache": "HIT"}
    return json.dumps({**said, **others}) + "\n"


@pytest.fixture
def log(tmp_path):
    return tmp_path / "visits.log"


def count(*paths):
    """Run the command; return what it says and what it complains of."""
    said, complaints = io.StringIO(), io.StringIO()
    call_command("count_visits", *map(str, paths), stdout=said, stderr=complaints)
    return said.getvalue(), complaints.getvalue()


def stored_visits():
    """Return the numbers by (path of the page, day)."""
    return {(one.page.paths()[one.language], str(one.day)): one.count for one in Visit.objects.select_related("page")}


# --- What counts


def test_pages_count_by_language_and_day_and_nothing_else_does(standard, log):
    dutch, french = standard.paths()["nl"], standard.paths()["fr"]
    log.write_text(
        line(dutch) * 2
        + line(dutch, status=304)
        + line(french)
        + line("/nl/")
        + line(dutch, method="HEAD")
        + line(dutch, method="POST")
        + line(dutch, status=301)
        + line(dutch, status=404)
        + line(dutch, status=500)
        + line("/")
        + line("/admin/")
        + line("/static/css/site.css")
        + line("/sitemap.xml")
        + line("/p/0123456789ab/")
        + line(f"/nl/reactie/{standard.slug}/")
        + line("/nl/nothing/")
        + line("/de/")
        + line("nl/")
        + line("")
        + line(f"/admin/pages/{standard.pk}/view_draft/")
        + line("/nl/\x00/")
        + line("/nl/" + "a" * 3000 + "/")
        + line("/nl/%27/")
        + line("/nl/'--/")
    )
    said, complaints = count(log)
    assert stored_visits() == {(dutch, "2026-11-20"): 3, (french, "2026-11-20"): 1, ("/nl/", "2026-11-20"): 1}
    assert said == f"{log}: 25 new lines, 5 visits\n" and complaints == ""


def test_a_day_is_one_of_the_sites_own_clock(home, log):
    log.write_text(
        line("/nl/", "2026-11-20T22:59:59+00:00")
        + line("/nl/", "2026-11-20T23:00:00Z")
        + line("/nl/", "2026-06-30T22:00:00+00:00")
        + line("/nl/", "2026-11-21T05:00:00+09:00")
    )
    count(log)
    assert stored_visits() == {("/nl/", "2026-11-20"): 2, ("/nl/", "2026-11-21"): 1, ("/nl/", "2026-07-01"): 1}


def test_a_page_that_has_moved_since_is_found_by_its_redirect(standard, log):
    before = standard.paths()["nl"]
    standard.url_slug_nl = "elders"
    standard.save_revision().publish()
    Redirect.objects.create(old_path="/nl/weg", redirect_link="https://elsewhere.example/")
    log.write_text(line(before) + line("/nl/elders/") + line("/nl/weg/"))
    count(log)
    assert stored_visits() == {("/nl/elders/", "2026-11-20"): 2}


def test_the_counts_of_a_page_go_with_it(standard, log):
    log.write_text(line(standard.paths()["nl"]))
    count(log)
    Page.objects.get(pk=standard.pk).delete()
    assert not Visit.objects.exists()


# --- Each line once


def test_counting_twice_counts_once_and_only_what_is_new_is_added(home, log):
    log.write_text(line("/nl/") * 3)
    count(log)
    said, _complaints = count(log, log)
    assert said.count("0 new lines, 0 visits") == 2
    with log.open("a") as file:
        file.write(line("/nl/"))
    count(log)
    assert stored_visits() == {("/nl/", "2026-11-20"): 4}


@pytest.mark.sweep
def test_a_line_that_is_still_being_written_is_left_for_the_next_run(home, log):
    complete = line("/nl/")
    for end in range(1, len(complete) + 1):
        log.write_text(line("/fr/") + complete[:end])
        count(log)
        assert stored_visits().get(("/nl/", "2026-11-20"), 0) == (end == len(complete)), end
    assert stored_visits()["/fr/", "2026-11-20"] == 1


def test_a_log_that_has_but_half_a_line_is_left_whole(home, log):
    log.write_text(line("/nl/")[:-1])
    count(log)
    assert not ReadLog.objects.exists()
    log.write_text(line("/nl/"))
    count(log)
    assert stored_visits() == {("/nl/", "2026-11-20"): 1}


def test_a_log_is_known_under_every_name_and_compressed(home, log, tmp_path):
    log.write_text(line("/nl/") + line("/fr/"))
    count(log)
    rotated = log.rename(tmp_path / "visits.log.1")
    with rotated.open("a") as file:
        file.write(line("/nl/", "2026-11-20T23:00:00+01:00"))
    log.write_text(line("/nl/", "2026-11-21T00:00:01+01:00"))
    count(log, rotated)
    compressed = tmp_path / "visits.log.2.gz"
    compressed.write_bytes(gzip.compress(rotated.read_bytes()))
    count(compressed, log)
    assert stored_visits() == {("/nl/", "2026-11-20"): 2, ("/fr/", "2026-11-20"): 1, ("/nl/", "2026-11-21"): 1}


def test_a_log_that_was_emptied_in_place_is_another_log(home, log):
    log.write_text(line("/nl/") * 5)
    count(log)
    log.write_text("")
    count(log)
    log.write_text(line("/nl/", "2026-11-21T12:00:00+01:00") * 9)
    count(log)
    assert stored_visits() == {("/nl/", "2026-11-20"): 5, ("/nl/", "2026-11-21"): 9}


def test_logs_of_two_servers_that_begin_alike_are_two(home, tmp_path):
    one, other = tmp_path / "one.log", tmp_path / "other.log"
    one.write_text(line("/nl/") + line("/nl/", "2026-11-21T12:00:00+01:00"))
    other.write_text(line("/nl/") + line("/fr/", "2026-11-21T12:00:00+01:00"))
    count(one, other)
    count(other, one)
    assert stored_visits() == {("/nl/", "2026-11-20"): 2, ("/nl/", "2026-11-21"): 1, ("/fr/", "2026-11-21"): 1}


def test_a_piece_of_a_log_that_was_counted_counts_nothing(home, log, tmp_path):
    log.write_text(line("/nl/") + line("/fr/") + line("/en/"))
    count(log)
    piece = tmp_path / "piece.log"
    piece.write_text(line("/nl/") + line("/fr/"))
    count(piece)
    assert sum(stored_visits().values()) == 3


def test_a_run_that_breaks_off_keeps_whole_chunks_and_the_next_goes_on(home, log, monkeypatch):
    monkeypatch.setattr(visit_counting, "CHUNK", 10)
    log.write_text(line("/nl/") * 35)
    stored, chunks = visit_counting.store_visits, []

    def breaking(requests):
        chunks.append(requests)
        total = stored(requests)
        if len(chunks) == 3:
            raise KeyboardInterrupt
        return total

    monkeypatch.setattr(visit_counting, "store_visits", breaking)
    with pytest.raises(KeyboardInterrupt):
        count(log)
    assert stored_visits() == {("/nl/", "2026-11-20"): 20}
    count(log)
    assert stored_visits() == {("/nl/", "2026-11-20"): 35}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_several_runs_at_once_count_every_line_once(log, monkeypatch):
    make_home()
    monkeypatch.setattr(visit_counting, "CHUNK", 7)
    log.write_text("".join(line(f"/{code}/") for code in ("nl", "fr", "en")) * 50)
    runs, failed = 4, []
    ready = Barrier(runs)

    def run():
        try:
            ready.wait()
            count(log)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(runs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert stored_visits() == {(f"/{code}/", "2026-11-20"): 50 for code in ("nl", "fr", "en")}
    assert ReadLog.objects.get().lines == 150


def test_the_queries_do_not_grow_with_the_log(home, log):
    def queries(text):
        log.write_text(text)
        with CaptureQueriesContext(connection) as captured:
            count(log)
        return len(captured)

    few = queries(line("/nl/"))
    assert queries(line("/nl/", "2026-11-21T12:00:00+01:00") + line("/fr/") * 5000) <= few + 2
    assert few <= 20


# --- What is wrong


BAD = [
    "",
    "null",
    "7",
    "[]",
    "{}",
    "not json",
    '{"time": "yesterday"}',
    '{"time": 7, "method": "GET", "path": "/nl/", "status": 200}',
    line("/nl/", time="2026-11-20T12:00:00").strip(),
    line("/nl/", status="200").strip(),
    line("/nl/", status=True).strip(),
    line("/nl/", time="0001-01-01T00:00:00+14:00").strip(),
    line(["/nl/"]).strip(),
    line("/nl/")[:-5],
    "[" * 60_000,
    '{"time": "' + "x" * MAX_LINE_BYTES * 3 + '"}',
    '127.0.0.1 - - "GET /nl/ HTTP/1.1" 200',
    "9" * 5000,
]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad[:40])
def test_a_bad_line_is_named_by_its_number_and_the_others_count(bad, home, log):
    log.write_text(line("/nl/") + bad + "\n" + line("/nl/"))
    said, complaints = count(log)
    assert complaints.startswith(f"{log}, line 2: ") and complaints.count("\n") == 1
    assert stored_visits() == {("/nl/", "2026-11-20"): 2} and "3 new lines, 2 visits" in said
    with log.open("a") as file:
        file.write("again\n")
    assert f"{log}, line 4: " in count(log)[1]


def test_bytes_that_are_no_text_do_no_harm(home, log):
    log.write_bytes(line("/nl/").encode() + line("/nl/X/").encode().replace(b"X", b"\xff\xfe\x80") + b"\xff\xfe\n")
    complaints = count(log)[1]
    assert "line 3" in complaints and "line 2" not in complaints
    assert stored_visits() == {("/nl/", "2026-11-20"): 1}


def test_many_bad_lines_are_not_all_told_of(home, log):
    log.write_text("bad\n" * 500)
    complaints = count(log)[1]
    assert complaints.count("\n") == 21 and "480 more" in complaints


def test_a_log_that_cannot_be_read_is_named_and_the_others_count(home, log, tmp_path):
    damaged = tmp_path / "damaged.gz"
    damaged.write_bytes(gzip.compress(line("/nl/").encode())[:-9])
    log.write_text(line("/nl/"))
    for unreadable in (damaged, tmp_path / "missing.log", tmp_path):
        with pytest.raises(CommandError, match=unreadable.name):
            count(unreadable, log)
    assert stored_visits() == {("/nl/", "2026-11-20"): 1}


def test_no_log_at_all_is_an_error_and_the_setting_names_those_to_count(home, log, settings):
    with pytest.raises(CommandError, match="VISITS_LOGS"):
        count()
    log.write_text(line("/nl/"))
    settings.VISITS_LOGS = f"{log.parent}/*.log*"
    count()
    assert stored_visits() == {("/nl/", "2026-11-20"): 1}


def test_old_counts_are_forgotten(home, log, settings):
    settings.VISITS_MONTHS = 1
    today = timezone.localdate()
    for days in (20, 40):
        Visit.objects.create(page_id=home.pk, day=today - timedelta(days=days), language="nl", count=1)
    log.write_text("")
    count(log)
    assert Visit.objects.get().day == today - timedelta(days=20)
