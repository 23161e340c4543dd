"""The dated statement: which pages were live on a day, where, and whether Dutch and French were in step."""

import io
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from openpyxl import load_workbook
from wagtail.models import Page, PageLogEntry, Revision

from languages.alignment import advance, excuse, texts_by_digest
from languages.units import Unit
from newsroom.reports import publication_history
from newsroom.reports.dated_statement import end_of
from pages.models import SitePage, StandardPage
from tests.building import make_mandate, make_section, make_standard, make_user
from tests.editor import translate
from tests.many import multiply
from tests.spreadsheets import csv_rows

STATEMENT = "/admin/reports/languages/statement/"


def on(day):
    """Return the publications of a day by the Dutch heading."""
    return {one.headings["nl"]: one for one in publication_history.publications(end_of(day))}


def days_ago(number):
    return timezone.localdate() - timedelta(days=number)


def make_older(number):
    """Let all that happened until now have happened some days earlier."""
    earlier = timedelta(days=number)
    PageLogEntry.objects.update(timestamp=F("timestamp") - earlier)
    Revision.objects.update(created_at=F("created_at") - earlier)
    Page.objects.update(
        first_published_at=F("first_published_at") - earlier, last_published_at=F("last_published_at") - earlier
    )


def republish(page, **changes):
    """Publish changes, with a reason where they are in one language only."""
    page = type(page).objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.excuse("Dringend.")
    page.save_revision().publish()


@pytest.mark.django_db
def test_it_tells_the_revision_that_was_live_on_a_day_and_where(home):
    section = make_standard(home, "above")
    page = make_standard(section, "below")
    first = page.live_revision_id
    make_older(10)
    republish(section, url_slug_nl="elders")
    republish(page, heading_nl="later", heading_en="")
    assert on(days_ago(11)) == {}
    before, now = on(days_ago(1)), on(days_ago(0))
    assert set(before) == {"home nl", "above nl", "below nl"}
    assert before["below nl"].addresses == {"nl": "above-nl/below-nl", "fr": "above-fr/below-fr", "en": "above-en/below-en"}
    assert before["below nl"].revision == first
    assert now["later"].addresses == {"nl": "elders/below-nl", "fr": "above-fr/below-fr", "en": None}
    assert now["later"].addresses == {
        code: getattr(SitePage.objects.get(pk=page.pk), f"address_{code}") for code in ("nl", "fr", "en")
    }
    assert now["later"].revision == SitePage.objects.get(pk=page.pk).live_revision_id
    assert {one.verdict for one in before.values()} == {publication_history.IN_STEP}
    assert (now["later"].verdict, now["later"].reason) == (publication_history.EXCUSED, "Dringend.")


@pytest.mark.django_db
def test_a_page_that_was_taken_off_is_in_the_statements_before_only(standard):
    make_older(5)
    StandardPage.objects.get(pk=standard.pk).unpublish()
    assert set(on(days_ago(1))) == {"home nl", "standard nl"}
    assert set(on(days_ago(0))) == {"home nl"}


@pytest.mark.django_db
def test_a_draft_and_what_only_a_draft_changes_are_in_no_statement(home):
    make_standard(home, "draft", live=False)
    page = make_standard(home)
    page.heading_nl = "only a draft"
    page.save_revision()
    assert set(on(days_ago(0))) == {"home nl", "standard nl"}


@pytest.mark.django_db
def test_a_page_that_was_deleted_is_named_and_its_state_unknown(standard):
    make_older(5)
    with translation.override("nl"):
        StandardPage.objects.get(pk=standard.pk).delete(user=make_user())
    unknown = [
        one for one in publication_history.publications(end_of(days_ago(1))) if one.verdict == publication_history.UNKNOWN
    ]
    assert [one.headings["nl"] for one in unknown] == ["standard nl"]
    assert set(on(days_ago(0))) == {"home nl"}


@pytest.mark.django_db
def test_what_an_automatic_save_wrote_over_is_unknown_and_not_guessed(standard):
    revision = standard.live_revision
    make_older(5)
    standard.heading_fr = "autre chose"
    standard.save_revision(overwrite_revision=standard.get_latest_revision())
    assert (
        on(days_ago(1))["standard nl"].verdict == publication_history.IN_STEP
    )  # nothing was published since: the page itself still knows
    republish(standard, heading_nl="standard nl")
    publication = on(days_ago(1))["standard nl"]
    assert (publication.verdict, publication.revision, set(publication.addresses.values())) == (
        publication_history.UNKNOWN,
        revision.pk,
        {None},
    )


@pytest.mark.sweep
@pytest.mark.django_db
def test_an_alias_shows_what_its_source_showed(home, standard):
    standard.create_alias(parent=make_section(home), update_slug="elders")
    make_older(5)
    SitePage.objects.get(pk=standard.pk).specific.unpublish()
    make_older(5)
    republish(standard, heading_nl="Nieuw", heading_fr="Nouveau")
    headings = {
        day: sorted(one.headings["nl"] for one in publication_history.publications(end_of(days_ago(day)))) for day in (7, 3, 0)
    }
    above = ["home nl", "mandates nl"]
    assert headings == {7: [*above, "standard nl", "standard nl"], 3: above, 0: ["Nieuw", "Nieuw", *above]}


@pytest.mark.sweep
@pytest.mark.django_db
def test_below_a_section_that_moved_all_pages_are_remarked(home):
    section = make_standard(home, "section")
    make_standard(section, "below")
    target = make_standard(home, "target")
    make_older(5)
    SitePage.objects.get(pk=section.pk).specific.move(target, pos="last-child")
    publications = on(days_ago(1))
    assert {name: one.is_moved for name, one in publications.items()} == {
        "home nl": False,
        "section nl": True,
        "below nl": True,
        "target nl": False,
    }


@pytest.mark.sweep
@pytest.mark.django_db
def test_an_alias_whose_source_is_gone_is_not_told_by_guessing(home, standard):
    alias = standard.create_alias(parent=make_section(home), update_slug="elders")
    make_older(5)
    Page.objects.get(pk=standard.pk).delete()
    publications = [one for one in publication_history.publications(end_of(days_ago(1))) if one.headings["nl"] == "standard nl"]
    assert [one.verdict for one in publications if one.revision is None] == [publication_history.UNKNOWN] and alias


@pytest.mark.sweep
@pytest.mark.django_db
def test_an_alias_is_told_by_itself_and_a_move_is_remarked(home):
    section = make_section(home)
    page = make_standard(home)
    page.create_alias(parent=home)
    make_older(5)
    SitePage.objects.get(pk=page.pk).specific.move(make_standard(home, "target"), pos="last-child")
    publications = list(publication_history.publications(end_of(days_ago(1))))
    assert sorted((one.headings["nl"], one.is_moved) for one in publications) == [
        ("home nl", False),
        ("mandates nl", False),
        ("standard nl", False),
        ("standard nl", True),
    ]
    assert section


@pytest.mark.parametrize(
    ("french", "reason", "verdict"),
    [
        ("Vieux", None, publication_history.BEHIND),
        ("Vieux", "Vertaling volgt morgen", publication_history.EXCUSED),
        ("Nouveau", None, publication_history.IN_STEP),
        ("", None, publication_history.INCOMPLETE),
    ],
)
def test_the_verdict_is_on_what_was_published(monkeypatch, french, reason, verdict):
    def texts(nl, fr):
        return [Unit("heading", {"nl": nl, "fr": fr, "en": ""}, "heading")]

    class Content:
        alignment = advance(
            advance({}, texts("Oud", "Vieux")), texts("Nieuw", french), known_texts=texts_by_digest(texts("Oud", "Vieux"))
        )

    if reason:
        Content.alignment = excuse(Content.alignment, reason)
    monkeypatch.setattr(publication_history, "units", lambda content: texts("Nieuw", french))
    assert publication_history.verdict_on(Content) == (verdict, reason or "")


@pytest.mark.django_db
def test_the_number_of_queries_grows_with_batches_and_not_with_pages(home, monkeypatch):
    page = make_mandate(make_section(home))
    multiply(page, 30)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert len(list(publication_history.publications(end_of(days_ago(0))))) == 33
        return len(captured)

    monkeypatch.setattr(publication_history, "BATCH", 40)
    at_once = queries()
    assert at_once <= 10
    monkeypatch.setattr(publication_history, "BATCH", 20)
    assert queries() <= 2 * at_once


# --- What staff see


def client_of(role="Editors", language="nl"):
    client = Client()
    client.force_login(make_user(role, language))
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_it_is_sent_in_the_language_of_the_admin_with_whole_addresses(home, language, settings):
    make_standard(home, "bad", heading_fr="=SOMME(A1)", heading_nl="=SOM(A1)")
    response = client_of(language=language).get(STATEMENT, {"day": str(days_ago(0)), "export": "csv"})
    assert response["Content-Disposition"] == f'attachment; filename="languages-{days_ago(0)}.csv"'
    heading, *lines = csv_rows(response)
    name = "'=SOM(A1)" if language == "nl" else "'=SOMME(A1)"
    row = next(line for line in lines if line[0] == name)
    assert row[1:4] == [f"{settings.SITE_URL}/{code}/bad-{code}/" for code in ("nl", "fr", "en")]
    assert row[6] == translate("in step", language)
    assert datetime.fromisoformat(row[5]).date() == days_ago(0)
    assert heading[0] in ("Pagina", "Page")


@pytest.mark.django_db
def test_it_is_a_workbook_too(home):
    response = client_of().get(STATEMENT, {"day": str(days_ago(0)), "export": "xlsx"})
    sheet = load_workbook(io.BytesIO(response.getvalue())).active
    assert sheet["A2"].value == "home nl"
    assert sheet["E2"].value == home.live_revision_id


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["2999-01-01", "yesterday", ""])
def test_a_day_that_makes_no_sense_is_refused_in_the_form(home, day):
    response = client_of().get(STATEMENT, {"day": day, "export": "csv"})
    assert response.status_code == 200
    assert response.context["form"].errors["day"]
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.django_db
def test_it_is_for_those_who_work_on_pages(home, client):
    user = make_user("Editors")
    user.groups.get().page_permissions.all().delete()
    client.force_login(user)
    assert client.get(STATEMENT, {"day": str(days_ago(0)), "export": "csv"}).status_code == 302
    page = client_of("Translators", "fr").get("/admin/reports/languages/")
    assert f'href="{STATEMENT}"' in page.content.decode()
