"""The report of all shared drafts: for those who publish, with a button to end each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.building import make_standard, staff
from tests.drafts import html, path_of, share, write
from tests.spreadsheets import csv_rows

REPORT = "/admin/reports/shared-drafts/"


def listed_links(response):
    return [row.find("a").text.strip() for row in html(response).select("table.listing tbody tr")]


@pytest.mark.parametrize("role", ["Publishers", None])
@pytest.mark.sampled(1)
def test_those_who_publish_see_and_end_all_links(client, draft, home, role):
    other = make_standard(home, "ander")
    link, second = share(draft, takes_comments=True), share(other, language="")
    over = share(home)
    over.revoke(over.author)
    over.save()
    client.get(path_of(link))
    write(client, link)
    person = staff(role)
    assert sorted(listed_links(person.get(REPORT))) == ["ander nl", "plan nl"]
    assert listed_links(person.get(REPORT, {"state": "ended"})) == ["home nl"]
    assert listed_links(person.get(REPORT, {"state": "new"})) == ["plan nl"]
    form = html(person.get(REPORT)).find("form", action=reverse("revoke_draft_link", args=[other.pk, second.pk]))
    sent = {field["name"]: field["value"] for field in form.find_all("input")}
    assert person.post(form["action"], sent).url == REPORT
    assert listed_links(person.get(REPORT)) == ["plan nl"]
    assert link.key not in person.get(REPORT).content.decode()


@pytest.mark.parametrize("role", ["Editors", "Translators"])
def test_others_find_no_report(draft, role):
    share(draft)
    client = staff(role)
    assert client.get(REPORT).status_code == 302
    assert REPORT not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_what_is_exported_holds_no_address_of_a_draft(draft):
    link = share(draft, for_whom="=1+1")
    publisher = staff("Publishers")
    rows = csv_rows(publisher.get(REPORT, {"export": "csv"}))
    assert rows[1][:3] == ["plan nl", "Nederlands", "'=1+1"] and len(rows[0]) == len(rows[1]) == 7
    assert link.key not in str(rows) and publisher.get(REPORT, {"export": "xlsx"}).status_code == 200


def test_it_takes_as_many_queries_for_more(draft, home):
    client = staff("Publishers")
    share(draft)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(REPORT).status_code == 200
        return len(captured)

    cost()
    before = cost()
    for number in range(4):
        share(make_standard(home, f"p{number}"))
    assert cost() == before
