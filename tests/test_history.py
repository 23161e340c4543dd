"""The public history: who is told what, and once, whichever way a page becomes public."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.images import get_image_model
from wagtail.models import Page, Revision

from languages.codes import LANGUAGES
from pages import history
from pages.models import PublicChange, SitePage
from tests.building import make_section, make_standard
from tests.editor import PUBLISH, REASON, errors_of, open_form, publish, save_draft
from tests.many import multiply
from tests.uploads import picture, upload

NOTES = {"change_note_nl": "Cijfers van 2025.", "change_note_fr": "Chiffres de 2025."}


def fresh(page):
    return Page.objects.get(pk=page.pk).specific


def notes_of(page, language):
    """Return the notes recorded for readers of a language, oldest first."""
    return list(PublicChange.objects.filter(page=page.pk, language=language).order_by("pk").values_list("note", flat=True))


def change(page, **fields):
    """Publish a page with some fields changed, as the editor does."""
    page = fresh(page)
    for name, value in fields.items():
        setattr(page, name, value)
    page.excuse("Urgent.")
    page.save_revision().publish()


def test_a_page_appears_once_in_each_language_that_it_has(home):
    page = make_standard(home, languages=["nl", "fr"])
    changes = PublicChange.objects.filter(page=page.pk)
    assert {(one.language, one.is_first, one.note) for one in changes} == {("nl", True, ""), ("fr", True, "")}
    assert {one.moment.isoformat() for one in changes} == set(page.changed_at.values())
    change(page, heading_en="English", url_slug_en="english", summary_en="In English.")
    assert {(one.language, one.is_first) for one in PublicChange.objects.filter(page=page.pk)} == {(c, True) for c in LANGUAGES}


def test_a_draft_has_no_history(home):
    page = make_standard(home, live=False, **NOTES)
    assert not PublicChange.objects.filter(page=page.pk).exists()


def test_only_readers_who_see_something_else_are_told(standard):
    change(standard, summary_fr="Autre chose.", **NOTES)
    assert (notes_of(standard, "fr"), notes_of(standard, "nl"), notes_of(standard, "en")) == (
        ["", "Chiffres de 2025."],
        [""],
        [""],
    )


def test_what_belongs_to_no_language_is_told_to_all(standard):
    change(standard, body=[{"type": "heading", "value": {"text": {"nl": "Kop", "fr": "Titre"}, "level": "2"}}], **NOTES)
    assert (notes_of(standard, "fr"), notes_of(standard, "nl"), notes_of(standard, "en")) == (
        ["", "Chiffres de 2025."],
        ["", "Cijfers van 2025."],
        ["", ""],
    )


@pytest.mark.parametrize("name", ["photograph", "illustration"])
def test_another_picture_is_a_change_for_all(name, standard):
    another = (
        get_image_model().objects.create(title="Loket", file=upload("loket.png", picture())) if name == "photograph" else "esf"
    )
    before = fresh(standard).changed_at
    change(standard, **{name: another}, **NOTES)
    assert (notes_of(standard, "fr"), notes_of(standard, "nl")) == (["", "Chiffres de 2025."], ["", "Cijfers van 2025."])
    assert fresh(standard).changed_at.keys() == before.keys()


def test_readers_of_a_translation_that_follows_later_are_told_then(standard):
    change(standard, summary_nl="Iets anders.", **NOTES)
    change(standard, summary_fr="Autre chose.")
    assert (notes_of(standard, "nl"), notes_of(standard, "fr")) == (["", "Cijfers van 2025."], ["", "Chiffres de 2025."])


@pytest.mark.sweep
def test_a_note_is_said_once(standard):
    change(standard, summary_nl="Een.", summary_fr="Un.", **NOTES)
    change(standard, summary_nl="Twee.", summary_fr="Deux.")
    change(standard, summary_nl="Drie.", summary_fr="Trois.", change_note_nl="Derde keer.", change_note_fr="Troisième fois.")
    change(standard, summary_nl="Vier.", summary_fr="Quatre.", **NOTES)
    assert notes_of(standard, "nl") == ["", "Cijfers van 2025.", "", "Derde keer.", ""]


def test_a_save_that_readers_do_not_notice_is_no_change(standard):
    before = fresh(standard).changed_at
    change(standard)
    change(standard, review_on=timezone.localdate())
    assert (notes_of(standard, "nl"), fresh(standard).changed_at) == ([""], before)


def paragraph(only_in=(), **texts):
    texts = {"nl": "<p>Tekst</p>", "fr": "<p>Texte</p>", "en": "<p>Text</p>", **texts}
    return {"type": "text", "id": "1d6b2c5e-0000-4000-8000-000000000001", "value": {"text": texts, "only_in": list(only_in)}}


@pytest.mark.parametrize(
    "after",
    [
        paragraph(nl='<p data-block-key="abc">Tekst</p>'),
        paragraph(nl="<p>Tekst </p>\n"),
        paragraph(en='<p data-block-key="abc"></p>'),
    ],
)
@pytest.mark.sampled(1)
def test_what_editors_and_imports_write_differently_is_no_change(standard, after):
    change(standard, body=[paragraph(en="") if "data" in after["value"]["text"]["en"] else paragraph()])
    before = {code: notes_of(standard, code) for code in LANGUAGES}
    change(standard, body=[after])
    assert {code: notes_of(standard, code) for code in LANGUAGES} == before


def test_readers_are_not_told_of_a_block_that_is_not_for_their_language(standard):
    change(standard, body=[paragraph(only_in=["nl"])], **NOTES)
    change(standard, body=[])
    assert (notes_of(standard, "nl"), notes_of(standard, "fr"), notes_of(standard, "en")) == (
        ["", "Cijfers van 2025.", ""],
        [""],
        [""],
    )


@pytest.mark.sweep
def test_a_note_that_comes_late_or_was_misspelt_belongs_to_the_change_that_readers_saw(standard):
    PublicChange.objects.update(moment=timezone.now() - timedelta(days=1))
    change(standard, summary_nl="Iets anders.")
    before = fresh(standard).changed_at
    change(standard, change_note_nl="Cijfres van 2025.", change_note_fr="Chifres de 2025.")
    change(standard, **NOTES)
    assert notes_of(standard, "nl") == ["", "Cijfers van 2025."]
    assert notes_of(standard, "fr") == [""], "Nothing changed for them yet."
    assert fresh(standard).changed_at == before
    change(standard, summary_fr="Autre chose.")
    assert notes_of(standard, "fr") == ["", "Chiffres de 2025."]


@pytest.mark.sweep
def test_a_note_in_one_official_language_only_is_refused(publisher, client, standard):
    assert errors_of(publish(client, standard, change_note_nl="Cijfers.")).keys() == {"change_note_fr"}
    assert publish(client, standard, summary_nl="Anders.", **NOTES, **REASON).status_code == 302
    assert notes_of(standard, "nl") == ["", "Cijfers van 2025."]
    assert save_draft(client, standard, summary_nl="Nog anders.", change_note_nl="Nog iets.").status_code == 302
    assert notes_of(standard, "nl") == ["", "Cijfers van 2025."]


@pytest.mark.sweep
def test_by_the_hour_of_a_schedule_nothing_is_said_again(publisher, client, standard):
    change(standard, summary_nl="Een.", summary_fr="Un.", **NOTES)
    change(standard, summary_nl="Twee.", summary_fr="Deux.", change_note_nl="Nieuw.", change_note_fr="Nouveau.")
    later = {"summary_nl": "Drie.", "summary_fr": "Trois.", "go_live_at": "2099-01-01 10:00"}
    assert publish(client, standard, **later, **NOTES).status_code == 302
    assert notes_of(standard, "nl") == ["", "Cijfers van 2025.", "Nieuw."]
    past = timezone.now() - timedelta(minutes=1)
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    revision.approved_go_live_at, revision.content["go_live_at"] = past, past.isoformat()
    revision.save()
    call_command("publish_scheduled")
    assert fresh(standard).summary_nl == "Drie."
    assert notes_of(standard, "nl") == ["", "Cijfers van 2025.", "Nieuw.", ""]


@pytest.mark.sweep
def test_what_comes_back_with_an_older_revision_is_not_said_again(publisher, client, standard):
    change(standard, summary_nl="Een.", summary_fr="Un.", **NOTES)
    older = fresh(standard).latest_revision
    change(standard, summary_nl="Twee.", summary_fr="Deux.", change_note_nl="Nieuw.", change_note_fr="Nouveau.")
    url = reverse("wagtailadmin_pages:revisions_revert", args=[standard.pk, older.pk])
    assert client.post(url, open_form(client, url) | PUBLISH).status_code == 302
    assert fresh(standard).summary_nl == "Een."
    assert notes_of(standard, "nl") == ["", "Cijfers van 2025.", "Nieuw.", ""]


@pytest.mark.sweep
def test_a_copy_and_the_pages_copied_with_it_have_no_history(standard):
    below = make_standard(standard, "below")
    for one in (standard, below):
        change(one, summary_nl="Een.", summary_fr="Un.", **NOTES)
    copy = fresh(standard).copy(recursive=True, keep_live=True, copy_revisions=True)
    for one in (copy, copy.get_children().get()):
        assert notes_of(one, "nl") == [""]
        latest = fresh(one).get_latest_revision_as_object()
        assert not latest.change_note_nl and not fresh(one).change_note_fr
        change(one, summary_nl="Anders.")
        assert notes_of(one, "nl") == ["", ""]


def test_an_alias_tells_the_history_of_its_source(client, standard):
    change(standard, summary_nl="Een.", summary_fr="Un.", **NOTES)
    alias = fresh(CreatePageAliasAction(standard).execute())
    change(standard, summary_nl="Twee.", summary_fr="Deux.", change_note_nl="Nieuw.", change_note_fr="Nouveau.")
    assert not PublicChange.objects.filter(page=alias.pk).exists()
    assert [one.note for one in history.changes_of(alias, "nl")] == ["Nieuw.", "Cijfers van 2025."]
    assert "Nieuw." in client.get(alias.paths()["nl"]).content.decode()


@pytest.mark.sweep
def test_an_alias_that_becomes_a_page_of_its_own_says_nothing_that_was_said_of_its_source(publisher, client, standard):
    change(standard, summary_nl="Een.", summary_fr="Un.", **NOTES)
    alias = CreatePageAliasAction(standard).execute()
    assert client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk])).status_code == 302
    change(alias, summary_nl="Twee.", summary_fr="Deux.")
    assert set(notes_of(alias, "nl")) == {""}


def test_a_move_is_no_change(standard, home):
    place = make_standard(home, "place")
    fresh(standard).move(fresh(place), pos="last-child")
    assert notes_of(standard, "nl") == [""]
    assert fresh(standard).paths()["nl"] == "/nl/place-nl/standard-nl/"


@pytest.mark.sweep
def test_pages_appear_with_the_section_that_they_stand_in(home):
    section = make_section(home, languages=["nl", "fr"])
    place = make_standard(make_standard(home, "outer", languages=["nl", "fr"]), "inner")
    assert (notes_of(place, "nl"), notes_of(place, "en")) == ([""], [])
    change(place.get_parent(), heading_en="Outer", url_slug_en="outer")
    assert notes_of(place, "en") == [""] and PublicChange.objects.get(page=place.pk, language="en").is_first
    moved = make_standard(make_standard(home, "dutch-french", languages=["nl", "fr"]), "third")
    fresh(moved).move(fresh(home), pos="last-child")
    assert notes_of(moved, "en") == [""]
    assert notes_of(section, "en") == []


def test_pages_that_come_back_do_not_appear_anew(standard):
    below = make_standard(standard, "below")
    fresh(standard).unpublish()
    assert notes_of(standard, "nl") == [""]
    fresh(standard).save_revision().publish()
    assert notes_of(standard, "nl") == ["", ""]
    assert [one.is_first for one in PublicChange.objects.filter(page=standard.pk, language="nl")] == [False, True]
    assert notes_of(below, "nl") == [""]


def test_publishing_in_bulk_records_each_page(publisher, client, home):
    drafts = [make_standard(home, name, live=False, **NOTES) for name in ("one", "two")]
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?{'&'.join(f'id={page.pk}' for page in drafts)}")
    assert [notes_of(page, "fr") for page in drafts] == [["Chiffres de 2025."], ["Chiffres de 2025."]]


def test_a_page_that_is_deleted_takes_its_history_along(standard):
    fresh(standard).delete()
    assert not PublicChange.objects.filter(page=standard.pk).exists()


def queries_of(page, **fields):
    """Return the number of queries that saving a page takes, once some fields are changed."""
    page = fresh(page)
    for name, value in fields.items():
        setattr(page, name, value)
    page.excuse("Urgent.")
    with CaptureQueriesContext(connection) as captured:
        page.save()
    return len(captured)


@pytest.mark.sweep
def test_a_save_makes_as_many_queries_whatever_the_length_of_the_history(standard):
    first = queries_of(standard, summary_nl="Een.", change_note_nl="1", change_note_fr="1")
    for number in range(30):
        change(standard, summary_nl=f"{number}", change_note_nl=f"n{number}", change_note_fr=f"f{number}")
    assert queries_of(standard, summary_nl="Twee.", change_note_nl="2", change_note_fr="2") == first


@pytest.mark.sweep
@pytest.mark.parametrize(("few", "many"), [(2, 40), (60, 150)])  # of more than 50, the search notes which follow later
def test_a_save_makes_as_many_queries_however_many_pages_appear_with_it(few, many, home):
    counts = []
    for name, pages in (("few", few), ("many", many)):
        place = make_standard(home, name, languages=["nl", "fr"])
        multiply(make_standard(place, "below"), pages)
        PublicChange.objects.filter(page__path__startswith=place.path).exclude(page=place.pk).delete()
        SitePage.objects.filter(path__startswith=place.path).update(address_en=None)
        counts.append(queries_of(place, heading_en=name, url_slug_en=name))
        appeared = PublicChange.objects.filter(page__path__startswith=place.path, language="en", is_first=True)
        assert appeared.count() == SitePage.objects.filter(path__startswith=place.path).count() > pages
    assert counts[0] == counts[1]


# --- On the page


def updates(client, page, language):
    html = BeautifulSoup(client.get(fresh(page).paths()[language]).content.decode(), "html.parser")
    details = html.find("details", class_="page-updates")
    return [" ".join(item.text.split()) for item in details.find_all("li")] if details else None


@pytest.mark.sweep
def test_the_page_lists_what_its_readers_were_told_newest_first(client, standard):
    assert updates(client, standard, "nl") is None
    change(standard, summary_nl="Een.", **NOTES)
    change(standard, summary_nl="Twee.", change_note_nl="<b>Nieuw</b>", change_note_fr="<b>Nouveau</b>")
    PublicChange.objects.filter(note="Cijfers van 2025.").update(moment="2026-01-01T23:30:00+01:00")
    lines = updates(client, standard, "nl")
    assert lines[0].endswith("<b>Nieuw</b>") and lines[1] == "1 januari 2026 Cijfers van 2025."
    assert updates(client, standard, "fr") is None


def test_the_page_lists_twenty_updates_at_most_with_one_query(client, standard):
    client.get(standard.paths()["nl"])
    with CaptureQueriesContext(connection) as captured:
        client.get(standard.paths()["nl"])
    moment = timezone.now()
    PublicChange.objects.bulk_create(
        PublicChange(page_id=standard.pk, language="nl", moment=moment + timedelta(hours=number), note=f"Nr. {number}")
        for number in range(25)
    )
    with CaptureQueriesContext(connection) as more:
        lines = updates(client, standard, "nl")
    assert len(lines) == 20 and lines[0].endswith("Nr. 24")
    assert len(more) - 2 == len(captured), "Two of them ask for the standard itself."
