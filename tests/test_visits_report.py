"""The report of how often pages are read."""

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

from audience.models import Visit
from tests.building import make_standard, make_user
from tests.spreadsheets import csv_rows


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
