"""The table of everything, its summary on the home of the admin and its badges in the explorer, as staff use them."""

import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from directory.models import GlossaryTerm
from languages.standing import Standing
from newsroom.reports import languages_report, standing_rows
from pages.models import SiteSettings, StandardPage
from tests.building import make_mandate, make_section, make_standard, make_user, staff
from tests.editor import save_draft, translate
from tests.many import multiply
from tests.spreadsheets import csv_rows

REPORT = "/admin/reports/languages/"


def page_at(client, url=REPORT, **query):
    response = client.get(url, query)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "lxml")


def rows(client, **query):
    """Return the table as lists of the words in its cells, name first."""
    table_rows = page_at(client, **query).select("table.standings tbody tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("td:not(.standing-choice)")] for row in table_rows]


def left_behind(home, name="late"):
    """Make a page whose Dutch has not followed two changes of the French and the English."""
    page = make_standard(home, name)
    for code in ("fr", "en"):
        setattr(page, f"summary_{code}", f"New summary in {code}.")
        setattr(page, f"heading_{code}", f"{name} again {code}")
    page.save_revision()
    return page


def incomplete(home, name="half", **others):
    page = make_standard(home, name, **others)
    page.summary_fr = ""
    page.save_revision()
    return page


# --- What it shows


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.sampled(1)
def test_a_row_says_in_the_language_of_the_admin_what_there_is_to_do(home, language):
    incomplete(home)
    with translation.override(language):
        one_missing = standing_rows.standing_parts("fr", {"missing": 1, "behind": 0})[0].text
        complete = translation.gettext("complete")
        words, kind = standing_rows.words_to_translate({"words": 5}), StandardPage._meta.verbose_name.capitalize()
    row = next(row for row in rows(staff("Editors", language)) if row[0].startswith("half"))
    assert row[0].startswith(f"half {language} ")
    assert row[1:5] == [kind, complete, f"{one_missing} {words}", complete]
    assert len(row) == 9


@pytest.mark.sweep
@pytest.mark.django_db
def test_each_cell_leads_to_the_form_at_the_first_text_to_mend(home):
    page = incomplete(home)
    row = page_at(staff("Editors")).find(string="half nl").find_parent("tr")
    form = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert [link["href"] for link in row.select("a")] == [form, f"{form}#unit=summary:fr"]


@pytest.mark.django_db
def test_an_alias_leads_to_the_form_of_the_page_that_it_mirrors(home, standard):
    standard.create_alias(parent=home)
    form = reverse("wagtailadmin_pages:edit", args=[standard.pk])
    assert len(page_at(staff("Editors")).select(f'td.title a[href="{form}"]')) == 2


@pytest.mark.django_db
def test_english_is_untranslated_and_not_missing_and_absent_where_nobody_wrote_any(home):
    page = make_standard(home, "partly")
    page.summary_en = ""
    page.save_revision()
    make_standard(home, "never", languages=("nl", "fr"))
    client = staff("Editors", "en")
    cells = {row[0].split()[0]: row[4] for row in rows(client)}
    assert cells == {"home": "complete", "partly": "1 untranslated 5 words", "never": "no text yet 7 words"}


@pytest.mark.django_db
def test_entries_and_settings_stand_in_the_table_and_lead_to_their_forms(home):
    term = GlossaryTerm.objects.create(term_nl="baan", term_fr="emploi", definition_nl="Werk")
    SiteSettings.load().save()
    soup = page_at(staff())
    assert soup.find("a", href=f"/admin/snippets/directory/glossaryterm/edit/{term.pk}/#unit=definition:fr")
    assert soup.select_one("a[href^='/admin/settings/pages/sitesettings/'][href*='#unit=site_name:fr']")


@pytest.mark.django_db
def test_a_review_that_is_due_is_marked_in_words(home):
    today = timezone.localdate()
    make_standard(home, "late", review_on=today - timedelta(days=1))
    make_standard(home, "today", review_on=today)
    reviews = {row[0].split()[0]: row[7] for row in rows(staff("Editors", "en"))}
    assert "overdue" in reviews["late"]
    assert reviews["today"]
    assert "overdue" not in reviews["today"]


@pytest.mark.django_db
def test_a_name_is_shown_and_never_run(home):
    make_standard(home, "bad", heading_nl="<script>alert(1)</script>")
    assert "<script>alert(1)" not in staff().get(REPORT).content.decode()


# --- Who sees what


@pytest.mark.django_db
def test_nobody_sees_the_report_without_access_to_pages(home, client):
    assert client.get(REPORT).status_code == 302
    user = make_user("Editors")
    group = user.groups.get()
    group.page_permissions.all().delete()
    client.force_login(user)
    assert client.get(REPORT).status_code == 302
    assert REPORT not in client.get("/admin/").content.decode()
    assert staff("Translators").get(REPORT).status_code == 200


@pytest.mark.sweep
@pytest.mark.django_db
def test_somebody_sees_the_pages_below_their_own_section_only(home):
    section, other = make_section(home), make_standard(home, "elsewhere")
    mandate = make_mandate(section)
    user = make_user("Editors")
    user.groups.get().page_permissions.update(page=section)
    client = Client()
    client.force_login(user)
    links = str(page_at(client))
    assert reverse("wagtailadmin_pages:edit", args=[mandate.pk]) in links
    assert reverse("wagtailadmin_pages:edit", args=[other.pk]) not in links
    assert "elsewhere" not in client.get(REPORT, {"export": "csv"}).getvalue().decode()


@pytest.mark.django_db
def test_entries_and_settings_are_for_those_who_may_see_them(home):
    GlossaryTerm.objects.create(term_nl="baan", term_fr="emploi")
    SiteSettings.load().save()
    assert {row[1] for row in rows(staff("Publishers", "en"))} >= {"Glossary term", "Site settings"}
    user = make_user("Editors", "en")
    client = Client()
    client.force_login(user)
    assert {row[1] for row in rows(client)} == {"Home page", "Glossary term"}
    user.groups.get().permissions.filter(codename__endswith="glossaryterm").delete()
    assert {row[1] for row in rows(client)} == {"Home page"}


# --- Narrowing and sorting


@pytest.fixture
def several(home):
    """A page that lacks French, one whose Dutch is behind, one in step."""
    left_behind(home)
    incomplete(home, "half")
    make_standard(home, "whole")


@pytest.mark.sweep
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "missing"}, ["half"]),
        ({"state": "missing", "language": "nl"}, []),
        ({"state": "missing", "language": "fr"}, ["half"]),
        ({"state": "behind"}, ["late"]),
        ({"state": "behind", "language": "fr"}, []),
        ({"state": "complete"}, ["home", "whole"]),
        ({"state": "complete", "language": "nl"}, ["half", "home", "whole"]),
        ({"language": "fr"}, ["late", "half", "home", "whole"]),
        ({"kind": "pages.homepage"}, ["home"]),
        ({"q": "hal"}, ["half"]),
        ({"q": "LATE AGAIN FR"}, ["late"]),
        ({"ordering": "-name"}, ["whole", "late", "home", "half"]),
        ({"ordering": "-fr"}, ["half", "home", "late", "whole"]),
        ({"ordering": "-nl"}, ["late", "half", "home", "whole"]),
        ({"ordering": "kind", "q": "h"}, ["home", "half", "whole"]),
        ({"ordering": "nonsense"}, ["late", "half", "home", "whole"]),
        ({"state": "nonsense"}, ["late", "half", "home", "whole"]),
    ],
)
def test_the_table_is_narrowed_and_sorted(several, query, expected):
    assert [row[0].split()[0] for row in rows(staff("Editors", "en"), **query)] == expected


@pytest.mark.sweep
@pytest.mark.django_db
def test_the_table_is_narrowed_to_people_and_reviews_and_sorted_by_them(home):
    anna, today = make_user("Editors"), timezone.localdate()
    make_standard(home, "late", responsible=anna, review_on=today - timedelta(days=9))
    make_standard(home, "soon", review_on=today + timedelta(days=9))
    client = staff("Editors", "en")

    def names(**query):
        return [row[0].split()[0] for row in rows(client, **query)]

    assert names(responsible=anna.pk) == ["late"]
    assert names(responsible="nobody") == ["home", "soon"]
    assert names(responsible="me") == []
    assert names(responsible="99999999999999999999") == ["home", "late", "soon"]
    assert page_at(client).find("a", href=f"{REPORT}?responsible={anna.pk}")
    assert names(review="overdue") == ["late"]
    assert names(review="planned") == ["soon"]
    assert names(ordering="review") == ["late", "soon", "home"]
    assert names(ordering="-review") == ["soon", "late", "home"]
    assert names(ordering="responsible")[0] == "late"
    assert names(ordering="-changed") == ["soon", "late", "home"]


@pytest.mark.sweep
@pytest.mark.django_db
def test_names_are_sorted_as_people_do_it(home):
    for name in ("Étude", "zorg", "Atelier", "emploi"):
        make_standard(home, name.replace("É", "E"), heading_nl=name)
    client = staff("Editors")
    assert [row[0].split()[0] for row in rows(client)] == ["Atelier", "emploi", "Étude", "home", "zorg"]


@pytest.mark.django_db
def test_pages_stand_before_entries_that_have_as_much_to_do(home):
    GlossaryTerm.objects.create(
        key="aanbod", term_nl="Aanbod", term_fr="Offre", definition_nl="Wat er is.", definition_fr="Ce qu’il y a."
    )
    assert [row[0].split()[0] for row in rows(staff("Editors"))] == ["home", "Aanbod"]


@pytest.mark.sweep
@pytest.mark.django_db
def test_the_table_has_pages(home):
    multiply(make_standard(home), 60)
    call_command("rebuild_standing", verbosity=0)
    client = staff()
    assert [len(rows(client, p=page)) for page in (1, 2, 3, "x", -1, 10**30)] == [50, 12, 12, 50, 50, 50]
    assert len(exported_rows(client)) == 63


# --- Exports


def exported_rows(client, **query):
    response = client.get(REPORT, {"export": "csv", **query})
    assert response["Content-Type"].startswith("text/csv")
    return csv_rows(response)


@pytest.mark.django_db
def test_the_table_is_exported_with_all_its_rows_and_numbers(home):
    incomplete(home)
    heading, *lines = exported_rows(staff("Editors", "en"))
    row = dict(zip(heading, next(line for line in lines if line[0] == "half en"), strict=True))
    assert (row["Kind"], row["French: texts missing"], row["French: words to translate"]) == ("Standard page", "1", "5")
    assert row["Status"] == "live, with a draft"
    assert (row["Dutch: texts missing"], row["English: texts behind"]) == ("0", "0")
    assert len(exported_rows(staff("Editors", "en"), state="missing")) == 2


@pytest.mark.django_db
def test_an_exported_name_is_no_formula(home):
    make_standard(home, "bad", heading_en='=HYPERLINK("http://example.org")')
    client = staff("Editors", "en")
    assert '\'=HYPERLINK("http://example.org")' in [row[0] for row in exported_rows(client)]
    sheet = load_workbook(io.BytesIO(client.get(REPORT, {"export": "xlsx"}).getvalue())).active
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert any(str(cell.value).startswith("'=") for cell in sheet["A"])


# --- The home of the admin


def panel(client):
    return page_at(client, "/admin/").select_one("#languages-section")


@pytest.mark.sweep
@pytest.mark.django_db
def test_the_home_sums_up_what_is_not_in_step_and_leads_to_it(several, home):
    make_standard(home, "never", languages=("nl", "fr"))
    client = staff("Editors", "en")
    links = {" ".join(link.get_text().split()): link["href"] for link in panel(client).select(".languages-summary a")}
    assert links == {
        "1 behind": f"{REPORT}?language=nl&state=behind",
        "1 incomplete": f"{REPORT}?language=fr&state=missing",
        "1 not fully translated": f"{REPORT}?language=en&state=missing",
    }
    for url in links.values():
        assert len(page_at(client, url).select("table.standings tbody tr")) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_home_says_calmly_that_all_is_in_step(home, language):
    home_panel = panel(staff("Translators", language))
    assert not home_panel.select(".languages-summary")
    assert translate("The languages are in step: nothing is missing and nothing is behind.", language) in home_panel.get_text()


@pytest.mark.sweep
@pytest.mark.django_db
def test_the_home_counts_what_somebody_may_see_and_an_alias_with_its_source(home):
    page = make_standard(home, languages=("nl", "fr"))
    page.create_alias(parent=home)
    section = make_section(home, languages=("nl", "fr"))
    user = make_user("Editors", "en")
    client = Client()
    client.force_login(user)
    assert "2 not fully" in panel(client).get_text()
    user.groups.get().page_permissions.update(page=section)
    assert "1 not fully" in panel(client).get_text()


# --- Badges in the explorer


@pytest.mark.sweep
@pytest.mark.django_db
def test_the_explorer_says_what_is_missing_and_behind(several, home):
    soup = page_at(staff("Editors", "en"), reverse("wagtailadmin_explore", args=[home.pk]))
    cells = {
        link.get_text().strip(): [
            part.get_text().strip() for part in link.find_parent("tr").select(".standing-count .w-sr-only")
        ]
        for link in soup.select("td.title a[href$='/edit/']")
        if link.get_text().strip()
    }
    assert cells["half en"] == ["1 missing"]
    assert cells["late en"] == ["2 behind"]
    assert cells["whole en"] == []


# --- What is in translation


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.sampled(1)
def test_what_is_in_translation_is_said_found_exported_and_led_to_wherever_states_stand(home, language):
    page, client = make_standard(home, "busy"), staff("Editors", language)
    make_standard(home, "whole")
    assert save_draft(client, page, summary_fr="Un rés").status_code == 302
    with translation.override(language):
        words = standing_rows.standing_parts("fr", {"missing": 0, "behind": 0, "open": 1})[0].text
        label = f"{languages_report.NAMES['fr']}: {translation.gettext('texts in translation')}"
    for query, names in (
        ({"state": "open"}, ["busy"]),
        ({"state": "open", "language": "fr"}, ["busy"]),
        ({"state": "open", "language": "nl"}, []),
        ({"state": "complete"}, ["home", "whole"]),
    ):
        assert [row[0].split()[0] for row in rows(client, **query)] == names
    soup = page_at(client, state="open")
    link = soup.select_one("td.standing a")
    assert link["href"] == reverse("wagtailadmin_pages:edit", args=[page.pk]) + "#unit=summary:fr"
    assert " ".join(link.get_text().split()) == words
    heading, line = exported_rows(client, state="open")
    assert line[heading.index(label)] == "1"
    (summary,) = panel(client).select(".languages-summary a")
    assert (" ".join(summary.get_text().split()), summary["href"]) == (words, f"{REPORT}?language=fr&state=open")
    badges = page_at(client, reverse("wagtailadmin_explore", args=[home.pk])).select(".standing-count .w-sr-only")
    assert [badge.get_text() for badge in badges] == [words]


# --- Speed


def queries(client, url, **query):
    client.get(url, query)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url, query).status_code == 200
    return captured.captured_queries


@pytest.mark.sweep
@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, "Editors"])
def test_the_number_of_queries_does_not_grow_with_pages_and_languages(home, role):
    section = make_section(home)
    page = make_mandate(section)
    client = staff(role)
    explorer = reverse("wagtailadmin_explore", args=[section.pk])
    before = [len(queries(client, place)) for place in (REPORT, "/admin/")]
    multiply(page, 60)
    call_command("rebuild_standing", verbosity=0)
    Standing.objects.update(responsible=make_user("Editors"), changed_by=make_user("Editors"))
    report, summary, badges = (queries(client, place) for place in (REPORT, "/admin/", explorer))
    assert [len(report), len(summary)] == before
    assert len([query for query in report if "SAVEPOINT" not in query["sql"]]) <= 12  # ten of them for the frame
    for captured in (report, badges):
        assert sum("languages_standing" in query["sql"] for query in captured) == 1
