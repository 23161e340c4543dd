"""What readers search for: counted without them, written down only when many ask, and shown to staff."""

import io
from datetime import date, datetime, time, timedelta
from multiprocessing import get_context
from threading import Thread

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from search import promotions, search_counts
from search.models import Promotion, SearchCount
from search.paths import search_path
from search.question import parse_question
from search.search_counts import MIN_TIMES, countable_query, monday
from search.words import fold
from tests.building import make_section, make_standard, make_user
from tests.spreadsheets import csv_rows

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
        add_count("werk", week=today - timedelta(days=days))
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


# --- For staff

REPORT = "searches_report"


def add_count(query, searches=5, without_result=0, language="nl", week=None):
    week = week or monday(timezone.localdate())
    return SearchCount.objects.create(
        language=language, week=week, query=query, searches=searches, without_result=without_result
    )


def staff(role=None, language="en"):
    client = Client()
    client.force_login(make_user(role, language))
    return client


def table(response):
    """Return the rows: (question, language, searches, without result)."""
    rows = BeautifulSoup(response.content.decode(), "html.parser").select("table.listing tbody tr")
    return [tuple(cell.get_text(" ", strip=True) for cell in row.find_all("td")) for row in rows]


@pytest.fixture
def three_counts(home):
    """Three questions of this week and last week, and one of long ago."""
    week = monday(timezone.localdate())
    add_count("werk", 1200, 0)
    add_count("job", 30, 20, "fr")
    add_count("job", 10, 10, "fr", week - timedelta(weeks=1))
    add_count("job", 6, 5, "en")
    add_count("vroeger", 9, 9, "nl", week - timedelta(weeks=20))
    return week


def test_the_report_sums_up_the_last_weeks_with_what_was_not_found_first(three_counts):
    assert table(staff("Editors", "nl").get(reverse(REPORT))) == [
        ("job", "Frans", "40", "30"),
        ("job", "Engels", "6", "5"),
        ("werk", "Nederlands", "1.200", "0"),
    ]


@pytest.mark.sweep
def test_the_report_is_filtered_and_sorted(three_counts):
    client, url = staff(), reverse(REPORT)
    assert [row[0] for row in table(client.get(f"{url}?period=year"))] == ["job", "vroeger", "job", "werk"]
    assert table(client.get(f"{url}?period={three_counts - timedelta(weeks=1)}")) == [("job", "French", "10", "10")]
    assert table(client.get(f"{url}?language=fr")) == [("job", "French", "40", "30")]
    assert [row[2] for row in table(client.get(f"{url}?result=without"))] == ["40", "6"]
    assert [row[0] for row in table(client.get(f"{url}?result=with"))] == ["werk"]
    assert [row[2] for row in table(client.get(f"{url}?ordering=-asked"))] == ["1,200", "40", "6"]
    assert [row[2] for row in table(client.get(f"{url}?ordering=query"))] == ["40", "6", "1,200"]
    for nonsense in ("x", "2026-13-45", "2020-01-06"):
        assert client.get(f"{url}?period={nonsense}&language=x&result=x&ordering=x").status_code == 200
    assert table(client.get(reverse("searches_report_results") + "?language=en")) == [("job", "English", "6", "5")]


def test_a_site_without_searches_has_a_report_too(home):
    response = staff().get(reverse(REPORT))
    assert response.status_code == 200 and table(response) == []


def test_the_queries_of_the_report_do_not_grow(three_counts):
    client = staff()

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(REPORT))
        return len(captured)

    queries()
    few = queries()
    for number in range(40):
        add_count(f"word {number}")
    assert queries() <= few


def test_the_table_can_be_exported_and_holds_no_formulas(three_counts):
    add_count("=1+1", 90, 90)
    client, url = staff(language="fr"), reverse(REPORT)
    rows = csv_rows(client.get(f"{url}?export=csv"))
    assert rows[1] == ["'=1+1", "nl", "90", "90"] and rows[2] == ["job", "fr", "40", "30"] and len(rows) == 5
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{url}?export=xlsx&language=en").streaming_content))).active
    assert [cell.value for cell in sheet[2]] == ["job", "en", 6, 5]


def test_a_question_is_shown_and_never_run(home):
    add_count("<script>alert(1)</script>")
    assert "<script>alert" not in staff().get(reverse(REPORT)).content.decode()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("role", ["Editors", "Publishers", "Translators", None])
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
    for path in (reverse(REPORT), reverse(REPORT) + "?export=csv", reverse("searches_report_results")):
        assert client.get(path).status_code == 302
    assert reverse(REPORT) not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.sweep
def test_the_right_to_see_it_can_be_given(db):
    make_user("Editors")
    right = Permission.objects.get(content_type__app_label="search", codename="view_searchcount")
    form = staff().get(reverse("wagtailusers_groups:edit", args=[Group.objects.get(name="Editors").pk])).content.decode()
    assert f'value="{right.pk}"' in form
    assert not Permission.objects.filter(content_type__model="searchcount").exclude(pk=right.pk).exists()


# --- What we recommend


def recommend(page, queries, language="nl", **others):
    return Promotion.objects.create(page_id=page.pk, queries=queries, language=language, **others)


def open_search(query, language="nl", **others):
    """Return the page of a search, parsed, and the addresses that it recommends."""
    html = BeautifulSoup(Client().get(search_path(language, q=query, **others)).content.decode(), "html.parser")
    return html, [link["href"] for link in html.select(".promotions a")]


@pytest.fixture
def recommended_page(home):
    page = make_standard(home, "best", summary_nl="Xyzzy.")
    recommend(page, "Opleiding à l’étranger; xyzzy\nFSE+\r\n ; ", reason="Dit <b>helpt</b>.")
    return page


@pytest.mark.parametrize("query", ["opleiding a l'etranger", "  OPLEIDING  à L’Étranger ", "fse+", "Xyzzy"])
def test_a_question_that_staff_foresaw_leads_to_the_page_in_words_and_first(recommended_page, query):
    html, links = open_search(query)
    assert links == [recommended_page.paths()["nl"]]
    part = html.select_one(".promotions")
    assert "Dit <b>helpt</b>." in part.get_text() and part.select_one(".note").get_text()
    assert html.select_one(".link-list") is part
    assert len(html.main.find_all("a", href=links[0])) == 1, "what is recommended is not listed twice"


@pytest.mark.parametrize("query", ["opleiding", "fse", "xyzzy werk", "", "xyz"])
@pytest.mark.sampled(2)
def test_other_questions_lead_to_no_recommendation(recommended_page, query):
    assert open_search(query)[1] == []


@pytest.mark.sweep
def test_a_page_is_recommended_only_in_the_language_and_where_it_exists(recommended_page, home):
    assert open_search("xyzzy", "fr")[1] == []
    dutch = make_standard(home, "dutch", languages=("nl", "fr"))
    recommend(dutch, "iets", "en")
    assert open_search("iets", "en")[1] == []
    recommend(dutch, "iets", "fr")
    assert open_search("iets", "fr")[1] == [dutch.paths()["fr"]]
    dutch.unpublish()
    assert open_search("iets", "fr")[1] == []
    recommended_page.delete()
    assert Promotion.objects.count() == 2


def test_nothing_is_recommended_on_later_pages_of_results_and_in_sections(recommended_page, home):
    section = make_section(home)
    assert open_search("xyzzy", page=2)[1] == [] and open_search("xyzzy", section=section.slug)[1] == []


@pytest.mark.sweep
def test_a_question_leads_to_few_pages_each_once_the_oldest_first(home):
    pages = [make_standard(home, f"page {number}") for number in range(5)]
    for page in (pages[0], *pages):
        recommend(page, "iets")
    assert open_search("iets")[1] == [page.paths()["nl"] for page in pages[:3]]


@pytest.mark.sweep
def test_a_recommendation_costs_one_query_however_many_there_are(recommended_page, home, django_assert_num_queries):
    for number in range(5):
        recommend(make_standard(home, f"page {number}"), "iets; xyzzy")
    with django_assert_num_queries(1):
        promotions.find_promotions(parse_question("xyzzy"), "nl")
    with django_assert_num_queries(0):
        promotions.find_promotions(parse_question("?"), "nl")


ADD = "wagtailsnippets_search_promotion:add"


@pytest.mark.parametrize(("role", "may"), [("Editors", True), ("Publishers", True), ("Translators", False)])
def test_editors_and_publishers_recommend_pages_and_translators_do_not(home, role, may):
    client = staff(role)
    typed = {"language": "nl", "queries": "Iets", "page": home.pk, "reason": ""}
    refused = client.post(reverse(ADD), typed | {"queries": "?! ; ;"})
    assert refused.status_code == (200 if may else 302) and not Promotion.objects.exists()
    assert client.post(reverse(ADD), typed).status_code == 302
    assert [one.folded for one in Promotion.objects.all()] == ([["iets"]] if may else [])
    assert client.get(reverse("wagtailsnippets_search_promotion:list")).status_code == (200 if may else 302)
    if may:
        delete = reverse("wagtailsnippets_search_promotion:delete", args=[Promotion.objects.get().pk])
        client.post(delete)
        assert Promotion.objects.exists() == (role == "Editors")
