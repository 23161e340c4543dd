"""Why texts do not go out: whoever sends texts out is told, before and after, with the way to the first of them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange import preview
from exchange.choosing import Choice
from exchange.models import SentPackage
from pages.models import SitePage
from tests.building import client_of, make_standard, make_user, staff
from tests.editor import edit_url, errors_of, publish, save_draft, translate
from tests.exchange_screens import NOTHING, reasons, send_address, send_out
from tests.logins import visible_text
from tests.packages import choice_of
from tests.work import behind_in_french

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]


@pytest.fixture
def page(home):
    return make_standard(home, "one")


@pytest.mark.parametrize("is_counted", [True, False])
def test_what_a_refused_publication_left_in_translation_is_said_to_who_has_it_and_to_others(is_counted, page, monkeypatch):
    monkeypatch.setattr(preview, "MOST_COUNTED", 100 if is_counted else 0)
    publisher = make_user("Publishers", "nl", name="Piet")
    client, form = client_of(publisher), f"{edit_url(page)}#unit=summary:nl"
    save_draft(client, page, summary_nl="Helemaal anders.")
    refused = publish(client, page, summary_nl="Helemaal anders, en meer.", publishing_reason="")
    assert "publishing_reason" in errors_of(refused), "French is behind, and nobody gave a reason."
    [(words, url)] = reasons(client.get(send_address(Choice(below=page.pk))))
    assert words.startswith("Je bent 1 tekst aan het vertalen") and url == form
    answer = send_out(client, Choice(below=page.pk))
    assert translate(NOTHING, "nl") in visible_text(answer) and form in answer.content.decode()
    translator = staff("Translators", "fr")
    [(words, url)] = reasons(translator.get(send_address(choice_of(page))))
    assert words.startswith(f"1 texte est en cours de traduction par {publisher.get_full_name()}") and url == form
    type(publisher).objects.filter(pk=publisher.pk).update(is_active=False)
    [(words, url)] = reasons(translator.get(send_address(choice_of(page))))
    assert "quitté l’équipe" in words and "quelqu’un clique sur « Terminé »" in words and url == form
    assert not SentPackage.objects.exists()


def test_what_neither_language_has_is_said_with_what_to_do(home):
    page = make_standard(home, "anglais", languages=("en",), live=False)
    half = make_standard(home, "half", summary_nl="", summary_fr="", live=False)
    client = staff("Publishers", "fr")
    said = [words for words, _url in reasons(client.get(send_address(choice_of(page, half))))]
    assert [words[:28] for words in said] == ["1 texte manque aussi en fran", "Rien n’est encore rédigé en "]
    assert "« anglais" in said[1].replace("\u00a0", " ")
    assert translate(NOTHING, "fr") in visible_text(send_out(client, choice_of(page)))


def test_pages_kept_from_the_machine_are_named_before_they_go_to_an_agency(home):
    page = behind_in_french(home)
    SitePage.objects.filter(pk=page.pk).update(stays_in_house=True)
    for reader in ("nl", "fr"):
        [(words, _url)] = reasons(staff("Publishers", reader).get(send_address(choice_of(page))))
        assert "late" in words and words.startswith({"nl": "Niet naar", "fr": "Exclu du"}[reader])


def test_a_translator_is_told_why_there_is_no_other_language_to_choose(page):
    words = {reader: visible_text(staff("Translators", reader).get(reverse("send_texts"))) for reader in ("nl", "fr")}
    assert "Je account werkt alleen in: Nederlands." in words["nl"] and "écrire uniquement en français." in words["fr"]
    assert not re.search("werkt alleen", visible_text(staff("Publishers", "nl").get(reverse("send_texts"))))


def test_many_people_and_texts_ask_for_no_more_queries(home):
    pages, numbers = [make_standard(home, f"page {number}") for number in range(4)], []
    client = staff("Publishers", "nl")
    for number, page in enumerate(pages):
        save_draft(client_of(make_user("Editors", name=f"Els {number}")), page, summary_nl="Anders.", heading_nl="Iets nieuws")
        if number in (0, 3):
            client.get(send_address(choice_of(*pages)))
            with CaptureQueriesContext(connection) as queries:
                assert len(reasons(client.get(send_address(choice_of(*pages))))) == number + 1
            numbers.append(len(queries))
    assert numbers[0] == numbers[1]
