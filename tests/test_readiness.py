"""What must be filled in before the site goes live: said to staff and to operators, and by exit code."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from directory.models import Organisation, Person
from languages.codes import LANGUAGES
from mandates.models import MandatePage
from pages.models import AccessibilityStatementPage, SiteSettings, StandardPage
from staff_notes.models import StaffNote
from staff_notes.readiness import Requirement, find_missing, missing_of
from tests.building import make_standard, make_user
from tests.spreadsheets import csv_rows

pytestmark = pytest.mark.django_db


def check_ready(*options):
    out = StringIO()
    try:
        call_command("check_ready", *options, stdout=out)
    except CommandError as error:
        return out.getvalue().splitlines(), str(error)
    return out.getvalue().splitlines(), ""


def missing_by_law():
    return {(one.model, one.label) for one in find_missing() if one.law}


def test_the_starting_content_lacks_exactly_this_and_is_ready_once_it_is_filled(with_content):
    assert {(one.model, one.requirement.field) for one in find_missing() if one.law} == {
        (SiteSettings, "contact_email"),
        (SiteSettings, "transparency_url"),
        (SiteSettings, "publisher"),
        (AccessibilityStatementPage, "contact_unit"),
        (AccessibilityStatementPage, "contact_complaint"),
        (MandatePage, "programme"),
    }
    lines, error = check_ready()
    assert error == "Not ready: 8 of what the law asks for are missing."
    assert len([line for line in lines if "Regulation (EU) 2021/1060" in line]) == 3

    settings = SiteSettings.load()
    settings.publisher, settings.contact_email = "Naam", "vragen@example.org"
    for code in LANGUAGES:
        setattr(settings, f"transparency_url_{code}", "https://example.org/")
    settings.save()
    statement = AccessibilityStatementPage.objects.get()
    for code in LANGUAGES:
        setattr(statement, f"contact_complaint_{code}", "<p>Klachtendienst</p>")
        setattr(statement, f"contact_unit_{code}", "Dienst")
    statement.save_revision().publish()
    texts = dict.fromkeys(LANGUAGES, "x")
    esf = MandatePage.objects.get(role="managing_authority")
    esf.programme = [
        {"type": "calls", "value": {"label": texts, "url": dict.fromkeys(LANGUAGES, "https://example.org/")}},
        {"type": "operations", "value": {"label": texts, "url": dict.fromkeys(LANGUAGES, "https://example.org/")}},
        {"type": "co_funding", "value": {"text": dict.fromkeys(LANGUAGES, "<p>x</p>")}},
    ]
    esf.save_revision().publish()
    lines, error = check_ready()
    assert (lines[-1], error) == ("Ready: nothing that the law asks for is missing.", "")
    assert [line for line in lines if "(wanted)" in line]  # the opening hours, which keep nobody from going live


def test_a_text_is_missing_until_it_is_there_in_both_official_languages(home):
    settings = SiteSettings(transparency_url_nl="https://example.org/")
    needed = Requirement("transparency_url")
    assert not needed.is_met_by(settings)
    settings.transparency_url_fr = "https://example.org/"
    assert needed.is_met_by(settings)


def test_a_page_that_is_not_there_or_not_live_lacks_all(home):
    assert {one.requirement.field for one in missing_of(AccessibilityStatementPage)} >= {"contact_first", "contact_complaint"}
    assert not list(missing_of(MandatePage))  # a programme is asked of whoever manages one


def test_operators_may_have_the_notes_counted(home):
    StaffNote.on(home, text_nl="Twijfel").save()
    assert "Open notes for staff: 1." in check_ready("--notes")[0]


@pytest.fixture
def noted_page(home):
    """Notes on a page, for which somebody is responsible, on an entry and on a person."""
    page = make_standard(home)
    page.responsible = make_user("Editors")
    page.save_revision().publish()
    organisation, person = Organisation.objects.create(pk=page.pk, name_nl="Dienst", name_fr="Service"), Person(name="Iemand")
    person.save()
    for carrier in (page, organisation, person):
        StaffNote.on(carrier, text_nl=f"Over {carrier}", find_out_fr="À vérifier").save()
    StaffNote.on(page, about="heading", text_nl="=1+1").save()
    return page


REPORT = "/admin/reports/staff-notes/"


def rows(response):
    return [(row.place, row.text) for row in response.context["object_list"]]


def test_the_report_lists_notes_by_page_and_person_and_what_is_missing(client, noted_page):
    client.force_login(make_user("Publishers"))
    response = client.get(REPORT)
    assert [text for _place, text in rows(response)] == [f"Over {noted_page}", "=1+1", "Over Dienst", "Over Iemand"]
    html = response.content.decode()
    assert f"{reverse('wagtailadmin_pages:edit', args=[noted_page.pk])}#unit=heading:nl" in html
    assert "/admin/settings/pages/sitesettings/" in html and "À vérifier" in html
    mine = client.get(REPORT, {"responsible": str(noted_page.responsible_id)})
    assert rows(mine) == rows(response)[:2]
    StaffNote.objects.filter(text_nl="=1+1").update(settled_at="2026-01-01T00:00Z")
    assert len(rows(client.get(REPORT))) == 3 and len(rows(client.get(REPORT, {"state": "settled"}))) == 1
    assert rows(client.get(REPORT, {"q": "Iemand"})) == [("Iemand", "Over Iemand")]


def test_the_report_is_exported_with_what_is_missing_and_no_cell_is_a_formula(client, noted_page):
    client.force_login(make_user("Publishers"))
    exported = csv_rows(client.get(REPORT, {"export": "csv"}))
    texts = [row[2] for row in exported]
    assert "'=1+1" in texts and "Over Iemand" in texts and any("2018/1523" in text for text in texts)


def test_whoever_may_not_change_the_settings_sees_no_notes_and_no_gaps_of_them(client, noted_page):
    StaffNote.on(SiteSettings.load(), text_nl="Wie is dat?").save()
    client.force_login(make_user("Editors"))
    html = client.get(REPORT).content.decode()
    assert "Wie is dat?" not in html and "sitesettings" not in html and "Over Iemand" in html


def test_home_counts_notes_and_gaps_for_anyone_who_can_act(client, noted_page):
    client.force_login(make_user("Editors"))
    html = client.get("/admin/").content.decode()
    assert "4 open notities voor medewerkers" in html


def test_the_queries_of_the_report_do_not_grow(client, noted_page):
    client.force_login(make_user("Editors"))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(REPORT).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for number in range(6):
        StaffNote.on(noted_page, text_nl=f"Nog {number}").save()
        person = Person.objects.create(name=f"Persoon {number}")
        StaffNote.on(person, text_nl="Wie?").save()
    assert queries() == few


def test_the_responsible_publisher_stands_among_our_details_once_there_is_one(client, home):
    page = make_standard(home)
    page.body = [{"type": "details", "value": {}}]
    page.save_revision().publish()
    page = StandardPage.objects.get(pk=page.pk)
    SiteSettings.objects.update_or_create(defaults={"street_nl": "Straat 1", "telephone": "02"})
    url = Page.objects.get(pk=page.pk).specific.get_url()
    assert "Verantwoordelijke uitgever" not in client.get(url).content.decode()
    SiteSettings.objects.update(publisher="An Janssens")
    assert "An Janssens" in client.get(url).content.decode()
