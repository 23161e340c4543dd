"""The report of what readers search for."""

import io
from datetime import timedelta

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from search.models import SearchCount
from search.search_counts import monday
from tests.building import make_user
from tests.spreadsheets import csv_rows

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
