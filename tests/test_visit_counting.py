"""Visits: counted from the web server's log, each line once, and shown to staff."""

import gzip
import io
import json
from datetime import timedelta
from threading import Barrier, Thread

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from audience import visit_counting
from audience.access_log import MAX_LINE_BYTES
from audience.models import ReadLog, Visit
from tests.building import make_home, make_standard, make_user
from tests.spreadsheets import csv_rows

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
    visit(home, today - timedelta(days=20), 1)
    visit(home, today - timedelta(days=40), 1)
    log.write_text("")
    count(log)
    assert Visit.objects.get().day == today - timedelta(days=20)


# --- For staff


def visit(page, day, number, language="nl"):
    return Visit.objects.create(page_id=page.pk, day=day, language=language, count=number)


def staff(role=None, language="en"):
    client = Client()
    client.force_login(make_user(role, language))
    return client


REPORT = "visits_report"


def table(response):
    """Return the rows of the pages: (heading, Dutch, French, English, together)."""
    rows = BeautifulSoup(response.content.decode(), "html.parser").select("table.listing")[-1].tbody.find_all("tr")
    return [tuple(cell.get_text(" ", strip=True) for cell in row.find_all("td")) for row in rows]


@pytest.fixture
def visited_pages(home):
    """Three pages; one of them visited today and two months ago, the home page yesterday."""
    today = timezone.localdate()
    page, silent = make_standard(home, "read"), make_standard(home, "silent")
    visit(page, today, 1200)
    visit(page, today, 30, "fr")
    visit(page, today - timedelta(days=60), 500, "en")
    visit(home, today - timedelta(days=1), 7, "en")
    visit(home, today - timedelta(days=800), 9000, "en")
    return page, silent


@pytest.mark.sweep
def test_the_report_shows_every_page_most_visited_first_in_the_language_of_the_admin(visited_pages):
    rows = table(staff("Editors", "nl").get(reverse(REPORT)))
    assert rows == [
        ("read nl", "1.200", "30", "0", "1.230"),
        ("home nl", "0", "0", "7", "7"),
        ("silent nl", "0", "0", "0", "0"),
    ]


@pytest.mark.sweep
def test_the_report_is_filtered_by_period_language_and_section(visited_pages):
    client, page = staff(), visited_pages[0]
    url = reverse(REPORT)
    assert table(client.get(f"{url}?period=year"))[0] == ("read en", "1,200", "30", "500", "1,730")
    assert table(client.get(f"{url}?language=fr"))[:2] == [("read en", "0", "30", "0", "30"), ("home en", "0", "0", "0", "0")]
    assert [row[0] for row in table(client.get(f"{url}?section={page.pk}"))] == ["read en"]
    assert [row[0] for row in table(client.get(f"{url}?ordering=visits_total"))] == ["silent en", "home en", "read en"]
    assert client.get(f"{url}?period=x&section=x&language=x&ordering=x").status_code == 200
    assert table(client.get(reverse("visits_report_results") + "?language=fr"))[0][-1] == "30"


@pytest.mark.sweep
@pytest.mark.parametrize(("query", "steps", "total"), [("", 30, 1237), ("?period=year", 12, 1737)])
def test_the_chart_and_its_table_say_the_same(visited_pages, query, steps, total):
    response = staff().get(reverse(REPORT) + query)
    html = BeautifulSoup(response.content.decode(), "html.parser")
    rows = html.select("details.shares tbody tr")
    numbers = [[int(cell.text.replace(",", "")) for cell in row.find_all("td")] for row in rows]
    assert len(rows) == steps and sum(row[-1] for row in numbers) == total
    assert all(sum(row[:-1]) == row[-1] for row in numbers)
    drawn = html.select("svg[role=img] rect")
    assert len(drawn) == sum(1 for row in numbers for number in row[:-1] if number)
    assert html.select_one("svg[role=img]")["aria-label"] and not html.select("svg[role=img] [style]")


def test_a_site_without_visits_has_a_report_too(home):
    response = staff().get(reverse(REPORT))
    assert response.status_code == 200 and table(response) == [("home en", "0", "0", "0", "0")]


@pytest.mark.sweep
def test_the_queries_of_the_report_do_not_grow(visited_pages, home):
    client = staff()

    def queries():
        client.get(reverse(REPORT))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(REPORT))
        return len(captured)

    few = queries()
    for number in range(5):
        page = make_standard(home, f"more {number}")
        for days in range(20):
            visit(page, timezone.localdate() - timedelta(days=days), 3, "fr")
    assert queries() <= few + 5, "Wagtail asks for each page at most once."


def test_the_table_can_be_exported(visited_pages):
    client = staff(language="fr")
    url = reverse(REPORT)
    rows = csv_rows(client.get(f"{url}?export=csv"))
    assert rows[0] == ["Page", "NL", "FR", "EN", "Total"]
    assert rows[1] == ["read fr", "1200", "30", "0", "1230"] and len(rows) == 4
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{url}?export=xlsx&period=year").streaming_content))).active
    assert [cell.value for cell in sheet[2]] == ["read fr", 1200, 30, 500, 1730]


def test_a_heading_that_looks_like_a_formula_is_exported_as_text(home):
    make_standard(home, **{"heading_en": "=1+1"})
    names = [row[0] for row in csv_rows(staff().get(f"{reverse(REPORT)}?export=csv"))]
    assert "'=1+1" in names and "=1+1" not in names


@pytest.mark.parametrize("role", ["Editors", "Publishers", "Translators", None])
@pytest.mark.sampled(2)
def test_staff_see_the_report(role, home):
    client = staff(role)
    assert client.get(reverse(REPORT)).status_code == 200
    assert reverse(REPORT) in client.get(reverse("wagtailadmin_home")).content.decode()


def test_whoever_was_not_given_it_sees_nothing_of_it(home):
    user = make_user("Editors")
    user.groups.set([group := Group.objects.create(name="Guests")])
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(user)
    for path in (reverse(REPORT), reverse(REPORT) + "?export=csv", reverse("visits_report_results")):
        assert client.get(path).status_code == 302
    assert reverse(REPORT) not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_right_to_see_it_can_be_given_and_nobody_can_be_given_more(db):
    permissions = Permission.objects.filter(content_type__app_label="audience").exclude(
        content_type__model__in=["feedback", "message"]
    )
    assert [permission.codename for permission in permissions] == ["view_visit"]
    make_user("Editors")
    form = staff().get(reverse("wagtailusers_groups:edit", args=[Group.objects.get(name="Editors").pk])).content.decode()
    assert f'value="{permissions.get().pk}"' in form
