"""Differences between languages are accepted for a reason, by whoever writes a language of theirs, until a text changes."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import ModelLogEntry, PageLogEntry

from differences.models import Acceptance
from differences.shown import differences_url
from directory.models import GlossaryTerm
from languages.text_notes import text_notes
from tests.building import make_section, make_standard, make_term, make_user, staff
from tests.differing import REASON, compare, group_with_pages, keys_on, make_differing, rows, screen, send
from tests.editor import messages_of, save_draft

BY_SCRIPT = {"x-requested-with": "XMLHttpRequest"}  # who is answered that it is refused, and not led home


def open_keys(thing):
    """Return the keys of what still counts as a difference, as the editor says it."""
    fresh = type(thing).objects.get(pk=thing.pk).get_latest_revision_as_object()
    notes = text_notes(fresh)["differences"]
    return {note["url"].rpartition("-")[2] for note in notes if not note["accepted"]}


@pytest.mark.django_db
def test_what_is_accepted_leaves_the_list_and_stands_in_the_history_until_it_is_taken_back(home):
    page = make_differing(home)
    compare()
    client = staff("Translators", "fr")
    assert messages_of(send(client, page, reason=REASON))
    assert rows(client) == []
    ((_place, _check, _pair, said),) = rows(client, state="accepted")
    assert REASON in said
    acceptance = Acceptance.objects.get()
    assert (acceptance.reason, acceptance.accepted_by.groups.get().name) == (REASON, "Translators")
    entry = PageLogEntry.objects.get(action="differences.accept")
    assert (entry.page_id, entry.user, entry.data["reason"]) == (page.pk, acceptance.accepted_by, REASON)
    history = client.get(f"/admin/pages/{page.pk}/history/").content.decode()
    assert "NL: 2021 / FR: 2022" in history and REASON in history
    assert REASON in screen(client, page).get_text()
    send(client, page, take_back="1")
    assert len(rows(client)) == 1
    assert PageLogEntry.objects.filter(action="differences.take_back").exists()


@pytest.mark.django_db
def test_it_holds_until_either_text_changes_and_again_when_it_is_changed_back(home):
    page = make_differing(home)
    client = staff("Editors")
    send(client, page, reason=REASON)
    assert open_keys(page) == set()
    save_draft(client, page, summary_fr="Nous travaillons ensemble depuis 2023.")
    assert len(open_keys(page)) == 1
    save_draft(client, page, summary_fr="Nous travaillons ensemble depuis 2022.")
    assert open_keys(page) == set()
    save_draft(client, page, summary_nl="Sinds 2021 werken wij samen.")
    assert len(open_keys(page)) == 1


@pytest.mark.django_db
def test_another_difference_of_the_same_texts_asks_anew(home):
    page = make_differing(home, summary_fr="Depuis 2022, appelez le 02 505 14 11.")
    client = staff("Editors")
    first, second = keys_on(client, page)
    send(client, page, first, reason=REASON)
    assert open_keys(page) == {second}


@pytest.mark.sampled(1)
@pytest.mark.django_db
@pytest.mark.parametrize(("language", "may"), [("nl", True), ("fr", True), ("en", False)])
def test_who_writes_neither_language_reads_and_cannot_accept(home, language, may):
    page = make_differing(home)
    (key,) = open_keys(page)
    client = staff("Translators", language)
    assert bool(keys_on(client, page)) == may
    assert send(client, page, key, reason=REASON).url == (differences_url(type(page), page.pk) if may else "/admin/")
    assert Acceptance.objects.exists() == may


@pytest.mark.django_db
def test_a_term_is_accepted_by_whoever_writes_the_text_that_lacks_it(home):
    make_term()
    nl, fr = "Actiris is de beheersautoriteit van het fonds.", "Actiris est l’organisme qui gère le fonds."
    page = make_standard(home, summary_nl=nl, summary_fr=fr, summary_en="")
    assert keys_on(staff("Translators", "nl"), page) == []
    assert len(keys_on(staff("Translators", "fr"), page)) == 1


@pytest.mark.django_db
def test_what_else_comes_to_differ_in_the_same_texts_asks_anew(home):
    make_term()
    nl = "Actiris is de beheersautoriteit van het fonds, en de begunstigde instantie."
    page = make_standard(home, summary_nl=nl, summary_fr="Actiris est l’organisme qui gère le fonds.", summary_en="")
    client = staff("Translators", "fr")
    send(client, page, reason=REASON)
    assert open_keys(page) == set()
    make_term(term_nl="begunstigde instantie", term_fr="organisme bénéficiaire")
    assert len(open_keys(page)) == 1


@pytest.mark.django_db
def test_who_comes_second_says_when_and_takes_back_once(home):
    page = make_differing(home)
    send(staff("Editors"), page, reason="Eerst.")
    first = Acceptance.objects.get()
    second = staff("Editors")
    send(second, page, reason=REASON)
    last = Acceptance.objects.get()
    assert last.pk == first.pk and last.accepted_at > first.accepted_at and last.reason == REASON
    for _time in range(2):
        send(second, page, take_back="1")
    assert PageLogEntry.objects.filter(action="differences.take_back").count() == 1


@pytest.mark.django_db
def test_who_may_not_change_the_page_finds_no_screen(home, client):
    page, term = make_differing(home), make_term(definition_nl="Sinds 2021.", definition_fr="Depuis 2022.")
    (key,), own = open_keys(page), make_section(home)
    assert client.get(differences_url(type(page), page.pk)).status_code == 302  # to the login
    assert staff("Editors").get(differences_url(type(page), 10**6)).status_code == 404
    person = make_user("Editors")
    person.groups.set([group_with_pages(own)])
    client.force_login(person)
    assert client.get(differences_url(type(own), own.pk)).status_code == 200
    for thing in (page, term):
        for answer in (client.get, client.post):
            response = answer(differences_url(type(thing), thing.pk), {"key": key, "reason": REASON}, headers=BY_SCRIPT)
            assert response.status_code == 403
    assert not Acceptance.objects.exists()


@pytest.mark.sampled(1)
@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_reason_is_asked_for_and_what_was_typed_stays(home, reason):
    page = make_differing(home)
    response = send(staff("Editors"), page, reason=reason)
    assert response.status_code == 200 and not Acceptance.objects.exists()
    html = BeautifulSoup(response.content.decode(), "lxml")
    assert html.select_one(".w-field__errors").get_text(strip=True)
    assert html.select_one("textarea").get_text().strip() == reason.strip()


@pytest.mark.django_db
def test_what_changed_meanwhile_is_not_accepted(home):
    page = make_differing(home)
    client = staff("Editors", "en")
    key = keys_on(client, page)[0]
    save_draft(client, page, summary_fr="Nous travaillons ensemble depuis 2023.")
    assert "says something else by now" in str(messages_of(send(client, page, key, reason=REASON)))
    assert not Acceptance.objects.exists()


@pytest.mark.django_db
def test_beside_each_of_both_texts_stands_what_differs(home):
    page = make_differing(home)
    notes = text_notes(page)["differences"]
    assert [(note["address"], note["language"]) for note in notes] == [("summary", "nl"), ("summary", "fr")]
    assert [side["words"] for side in notes[0]["sides"]] == ["2021", "2022"]


@pytest.mark.django_db
def test_an_entry_has_its_acceptances_and_takes_them_along():
    term = make_term(definition_nl="Sinds 2021.", definition_fr="Depuis 2022.")
    send(staff("Publishers"), term, reason=REASON)
    assert ModelLogEntry.objects.filter(action="differences.accept", object_id=str(term.pk)).exists()
    GlossaryTerm.objects.get(pk=term.pk).delete()
    assert not Acceptance.objects.exists()
