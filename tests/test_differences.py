"""Differences between languages: found after a save, listed for whoever may work on them, silent on the starting content."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from differences import rebuilding
from differences.accepting import accept
from differences.models import Difference
from differences.shown import differences_url, shown_differences
from languages.standing import Standing
from languages.text_notes import text_notes
from languages.twin_checks import find
from languages.units import units
from tests.building import make_standard, make_term, make_user, staff
from tests.differing import REPORT, compare, make_differing, rows
from tests.editor import save_draft, translate
from tests.logins import visible_text
from tests.many import multiply
from tests.spreadsheets import csv_rows
from tests.work import panel

TABLE = "/admin/reports/languages/"


def kinds():
    return [difference.kind for difference in Difference.objects.order_by("standing", "position")]


def differences_cells(client, **query):
    """Return the cells of the table of everything that say how many differences there are."""
    html = BeautifulSoup(client.get(TABLE, query).content.decode(), "lxml")
    return [cell for row in html.select("table.listing tbody tr") if (cell := row.select("td")[-1]).a]


@pytest.mark.sweep
@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
def test_nothing_is_said_of_the_starting_content():
    call_command("rebuild_differences", verbosity=0)
    assert Standing.objects.exclude(checked_with="").count() > 150
    assert [(one.standing.names["en"], str(one), one.here, one.there) for one in Difference.objects.all()] == []


@pytest.mark.django_db
def test_what_is_saved_is_compared_and_once_it_is_mended_nothing_is_said_any_more(home):
    page = make_differing(home)
    compare()
    (difference,) = Difference.objects.all()
    assert (difference.kind, difference.address, difference.language, difference.twin) == ("numbers", "summary", "nl", "fr")
    assert (difference.here, difference.there) == (["2021"], ["2022"])
    save_draft(staff("Translators", "fr"), page, summary_fr="Nous travaillons ensemble depuis 2021.")
    compare()
    assert kinds() == []


@pytest.mark.django_db
def test_a_report_without_differences_says_so_in_the_language_of_the_person(home):
    assert translate("No differences were found.", "fr") in visible_text(staff("Editors", "fr").get(REPORT))


@pytest.mark.django_db
def test_a_term_that_comes_into_the_glossary_is_looked_for_in_what_was_compared_before(home):
    nl, fr = "Actiris is de beheersautoriteit van het fonds.", "Actiris est l’organisme qui gère le fonds."
    make_standard(home, summary_nl=nl, summary_fr=fr, summary_en="")
    compare()
    assert kinds() == []
    make_term()
    compare()
    assert [(one.kind, one.language, one.here) for one in Difference.objects.all()] == [
        ("terms", "fr", ["autorité de gestion"])
    ]


@pytest.mark.django_db
def test_what_has_been_compared_is_not_compared_again(home):
    make_differing(home)
    compare()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        compare()
    assert len(captured) == 2  # the glossary, and what waits


@pytest.mark.django_db
def test_of_a_form_that_is_opened_again_only_what_changed_is_compared(home):
    page = make_differing(home)
    text_notes(page)
    looked_at = find.found_in_texts.cache_info().misses
    page.summary_fr = "Nous travaillons ensemble depuis l’an 2000."
    assert text_notes(page)["differences"][0]["sides"][1]["words"] == "2000"
    assert find.found_in_texts.cache_info().misses == looked_at + 1


@pytest.mark.django_db
def test_one_that_cannot_be_compared_stops_no_other_and_is_tried_once(home, monkeypatch, caplog):
    odd, page = make_differing(home, "odd"), make_differing(home)
    original = rebuilding.units

    def fail_for_one(instance):
        if instance.pk == odd.pk:
            raise AssertionError("odd")
        return original(instance)

    compare()
    monkeypatch.setattr(rebuilding, "units", fail_for_one)
    with pytest.raises(CommandError, match="odd nl"):
        call_command("rebuild_differences", verbosity=0)
    assert "odd nl" in caplog.text
    assert [one.standing.object_id for one in Difference.objects.all()] == [page.pk]  # none that may be untrue by now
    compare()
    monkeypatch.undo()
    compare()
    assert len(kinds()) == 1
    save_draft(staff("Editors"), odd)
    compare()
    assert len(kinds()) == 2


@pytest.mark.django_db
def test_what_has_gone_does_not_wait(home):
    page = make_differing(home)
    gone = ContentType.objects.create(app_label="pages", model="formerly")
    Standing.objects.filter(object_id=page.pk).update(content_type=gone)
    Standing.objects.filter(object_id=home.pk).update(object_id=10**6)
    compare()
    assert not Standing.objects.filter(checked_with="").exists() and kinds() == []


@pytest.mark.sampled(2)
@pytest.mark.django_db
@pytest.mark.parametrize("role", ["Translators", "Reviewers", "Editors", "Publishers", None])
def test_each_role_is_led_to_the_text(home, role):
    page = make_differing(home)
    compare()
    client = staff(role, "fr")
    assert rows(client) == [
        ["late fr Résumé", "Nombres", "néerlandais, français", "NL 2021 FR 2022 Accepter en donnant une raison"]
    ]
    link = BeautifulSoup(client.get(REPORT).content.decode(), "lxml").select_one("td.title a")["href"]
    assert link == f"/admin/pages/{page.pk}/edit/#unit=summary:nl"


@pytest.mark.django_db
def test_who_may_mend_it_finds_it_among_their_work_and_all_in_the_table_of_everything(home):
    page = make_differing(home, summary_fr="Depuis 2022, appelez le 02 505 14 11.")
    compare()
    french, english = make_user("Translators", "fr"), make_user("Translators", "en")
    assert panel(english, "differences") is None
    assert panel(french, "differences") == ["late fr Page standard 2 différences"]
    (cell,) = differences_cells(staff("Editors", "en"))
    assert cell.a["href"] == differences_url(type(page), page.pk)
    assert " ".join(cell.get_text().split()) == "2 – Differences between the languages of ‘late en’"
    heading, *lines = csv_rows(staff("Editors", "en").get(TABLE, {"export": "csv", "q": "late"}))
    assert [line[heading.index("Differences")] for line in lines] == ["2"]
    for shown in shown_differences(page, units(page)):
        accept(page, shown, "Bedoeld.", french)
    assert panel(french, "differences") is None
    assert differences_cells(staff("Editors", "en")) == []


@pytest.mark.django_db
def test_what_waits_has_its_differences_in_the_table_too(home):
    page = make_differing(home)
    page.summary_nl = "Sinds 2020 werken we samen."
    page.save_revision()
    compare()
    assert len(differences_cells(staff("Translators", "fr"), waits="me")) == 1


@pytest.mark.django_db
def test_one_text_in_two_translations_is_said_beside_both_languages(home):
    nl, first, second = "Mensen die in Brussel werk zoeken", "Qui cherche du travail ici", "Les gens sans travail ici"
    texts = [({"nl": nl, "fr": fr}) for fr in (first, second)]
    page = make_standard(home, body=[("callout", {"text": {**text, "en": ""}}) for text in texts])
    with translation.override("en"):
        notes = text_notes(page)["differences"]
    assert [(note["language"], note["says"]) for note in notes] == [
        ("nl", "One translation for two texts: compare with French"),
        ("fr", "Two translations of one text: compare with Dutch"),
    ]


@pytest.mark.django_db
def test_the_list_is_narrowed_and_exported(home):
    make_differing(home)
    make_differing(home, "other", summary_fr="Depuis 2021.", summary_en="Since 2021, call 02 505 14 11.")
    compare()
    client = staff("Editors", "en")
    assert [row[1] for row in rows(client)] == ["Numbers", "Telephone numbers", "Telephone numbers"]
    assert [row[0].split()[0] for row in rows(client, check="phones")] == ["other", "other"]
    assert [row[0].split()[0] for row in rows(client, language="fr")] == ["late", "other"]
    assert [row[0].split()[0] for row in rows(client, q="other")] == ["other", "other"]
    assert rows(client, kind="pages.homepage") == []
    heading, *lines = csv_rows(client.get(REPORT, {"export": "csv", "check": "numbers"}))
    assert dict(zip(heading, lines[0], strict=True)) == {
        "Page or entry": "late en",
        "Text": "Summary",
        "Check": "Numbers",
        "Languages": "Dutch, French",
        "What differs": "NL: 2021 / FR: 2022",
        "Accepted because": "",
    }


@pytest.mark.sweep
@pytest.mark.django_db
def test_the_list_has_pages_and_asks_as_much_for_many_as_for_few(home):
    page = make_differing(home)
    compare()
    client = staff("Editors")
    rows(client)
    with CaptureQueriesContext(connection) as few:
        rows(client)
    multiply(page, 60)
    call_command("rebuild_standing", verbosity=0)
    compare()
    with CaptureQueriesContext(connection) as many:
        assert len(rows(client)) == 50
    assert len(many) == len(few)
    assert len(rows(client, p=2)) == 11
