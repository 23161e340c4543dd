"""Drafts by machine: what is drafted and how it comes back; nothing counts before somebody confirms it."""

import json
import re

import pytest
from django.utils import timezone

from languages.lags import lags
from machine_drafts import drafting
from pages.models import SitePage, StandardPage
from tests.behind import latest
from tests.building import make_standard, make_term, make_user, staff
from tests.editor import edit_url, errors_of, messages_of, publish, save_draft, translate
from tests.machine_drafting import body_text, draft, drafted_places, make_page_to_finish, rich_block, says
from tests.translation_service import texts_sent

pytestmark = pytest.mark.django_db
DRAFTED = {
    "nl": "Nederlands: 1 tekst is automatisch vertaald. Lees hem na en bevestig hem dan.",
    "fr": "Français\u00a0: 1 texte a été traduit automatiquement. Relisez-le, puis confirmez-le.",
}


@pytest.fixture
def page_to_finish(home):
    return make_page_to_finish(home)


# --- What is drafted


@pytest.mark.parametrize(("role", "language"), [("Translators", "fr"), ("Publishers", "nl")])
def test_what_is_missing_is_drafted_for_whoever_writes_the_language(role, language, home, translation_service):
    other = "nl" if language == "fr" else "fr"
    page = make_standard(home, "one", live=False, **{f"summary_{language}": ""})
    response = draft(staff(role, language), page, language)
    assert response.url == edit_url(page)
    assert getattr(latest(page), f"summary_{language}") == f"{language.upper()}: Summary of one in {other}."
    assert drafted_places(page) == {f"summary:{language}"}
    assert messages_of(response) == [DRAFTED[language]]


@pytest.mark.sweep
def test_what_is_behind_is_drafted_from_the_language_that_moved_on(standard, translation_service):
    client = staff("Publishers", "fr")
    assert publish(client, standard, summary_fr="Un tout autre résumé.", publishing_reason="Urgent.").status_code == 302
    assert {lag.language for lag in lags(latest(standard).memory())} == {"nl", "en"}
    draft(staff("Translators", "nl"), standard, "nl")
    assert latest(standard).summary_nl == "NL: Un tout autre résumé."
    assert {lag.language for lag in lags(latest(standard).memory())} == {"en"}
    assert StandardPage.objects.get(pk=standard.pk).summary_nl == "Summary of standard in nl.", "It is not public."


def test_markup_comes_back_as_it_was_and_none_is_sent(page_to_finish, translation_service):
    draft(staff("Translators", "fr"), page_to_finish)
    assert texts_sent(translation_service)[-1] == (
        '<p id="1">Voor <g id="2">werkzoekenden</g> &amp; <g id="3">werkgevers</g>.</p>'
        '<p id="4"><p id="5">Eén</p><p id="6">Twee</p></p>'
    )
    assert body_text(page_to_finish) == (
        '<p data-block-key="a1">FR: Voor <b>FR: werkzoekenden</b>FR: &amp; '
        '<a linktype="page" id="3">FR: werkgevers</a>FR: .</p>'
        '<ul><li data-block-key="b2">FR: Eén</li><li data-block-key="c3">FR: Twee</li></ul>'
    )


@pytest.mark.sweep
@pytest.mark.parametrize(
    "change",
    [
        lambda text: re.sub('<g id="3">(.*?)</g>', r"\1", text),  # a link is lost
        lambda text: text.replace('<g id="3">', '<g id="9">'),  # it is another one
        lambda text: text.replace("</p>", ""),  # it is no XML
        lambda text: f"<!DOCTYPE a>{text}",
        lambda text: "",
    ],
)
def test_a_text_that_does_not_come_back_whole_is_left_out_and_said(change, page_to_finish, translation_service):
    translation_service.change = lambda text: change(text) if "<g" in text else text
    response = draft(staff("Translators", "fr"), page_to_finish)
    assert drafted_places(page_to_finish) == {"summary:fr"} and body_text(page_to_finish) == ""
    assert len(messages_of(response)) == 2 and says("lost_marks", response, "fr")


@pytest.mark.sweep
def test_no_markup_comes_from_outside(page_to_finish, translation_service):
    translation_service.change = lambda text: (
        f'{text}&lt;script&gt;<b onclick="x">!</b><a href="//evil">here</a>' if "<g" in text else text
    )
    draft(staff("Translators", "fr"), page_to_finish)
    assert body_text(page_to_finish).endswith(">&lt;script&gt;!here</p>")


@pytest.mark.sweep
def test_a_draft_that_is_too_long_for_its_place_is_left_out(home, translation_service):
    page = make_standard(home, "one", live=False, heading_fr="", url_slug_fr="", summary_fr="", heading_nl="a" * 198)
    draft(staff("Translators", "fr"), page)
    assert drafted_places(page) == {"summary:fr"}, "Slugs are not drafted at all."


@pytest.mark.sweep
def test_words_of_the_glossary_go_along_and_stay_there(page_to_finish, translation_service):
    make_term()
    for _time in range(2):
        draft(staff("Translators", "fr"), page_to_finish)
        page_to_finish.save_revision()
    made = [data for method, path, data in translation_service.asked if (method, path) == ("POST", "/v2/glossaries")]
    assert [one["entries"] for one in made] == ["beheersautoriteit\tautorité de gestion"]
    used = [data.get("glossary_id") for _method, path, data in translation_service.asked if path == "/v2/translate"]
    assert used == [translation_service.glossaries[0]["glossary_id"]] * 2
    make_term(term_nl="steunfonds", term_fr="fonds de soutien")
    draft(staff("Translators", "fr"), page_to_finish)
    assert len(translation_service.glossaries) == 1 and translation_service.glossaries[0]["entry_count"] == 2


@pytest.mark.sweep
def test_without_room_for_a_glossary_texts_are_drafted_all_the_same(page_to_finish, translation_service):
    make_term()
    translation_service.refusals["glossaries"] = 456, {"message": "Too many glossaries"}
    draft(staff("Translators", "fr"), page_to_finish)
    assert "summary:fr" in drafted_places(page_to_finish)


# --- Nothing counts before somebody has confirmed it


@pytest.mark.sweep
def test_a_draft_is_neither_public_nor_a_translation_until_it_is_confirmed(standard, translation_service):
    assert publish(staff("Publishers"), standard, summary_nl="Een heel andere samenvatting.", publishing_reason="Dringend.")
    draft(staff("Translators", "fr"), standard)
    draft_text = "FR: Een heel andere samenvatting."
    refused = publish(staff("Publishers"), standard, publishing_reason="")
    assert "publishing_reason" in errors_of(refused), "Nobody has read it."
    client = staff("Translators", "fr")
    assert f"{draft_text}" in client.get(edit_url(standard)).content.decode()
    assert save_draft(client, standard, alignment_done=json.dumps(["summary:fr"])).status_code == 302
    assert drafted_places(standard) == set() and latest(standard).summary_fr == draft_text
    assert {lag.language for lag in lags(latest(standard).memory())} == {"en"}
    assert publish(staff("Publishers"), standard).status_code == 302
    assert StandardPage.objects.get(pk=standard.pk).summary_fr == draft_text


@pytest.mark.sweep
def test_whoever_writes_over_a_draft_has_it(standard, translation_service):
    assert publish(staff("Publishers"), standard, summary_nl="Een heel andere samenvatting.", publishing_reason="Dringend.")
    draft(staff("Translators", "fr"), standard)
    save_draft(staff("Translators", "fr"), standard, summary_fr="Un tout autre résumé.")
    assert drafted_places(standard) == set()


# --- Two people


@pytest.mark.sweep
@pytest.mark.parametrize("typed", [{"summary_fr": "Écrit par quelqu’un."}, {"summary_nl": "Intussen anders."}])
def test_what_somebody_saves_while_the_service_works_stays(typed, page_to_finish, translation_service, monkeypatch):
    ask = drafting.ask_service

    def ask_then_let_somebody_save(chosen, seconds):
        answers = ask(chosen, seconds)
        page = latest(page_to_finish)
        for name, text in typed.items():
            setattr(page, name, text)
        page.save_revision()
        return answers

    monkeypatch.setattr(drafting, "ask_service", ask_then_let_somebody_save)
    response = draft(staff("Translators", "fr"), page_to_finish)
    assert "summary:fr" not in drafted_places(page_to_finish) and latest(page_to_finish).summary_fr == typed.get(
        "summary_fr", ""
    )
    assert says("changed", response, "fr")


@pytest.mark.sweep
def test_a_page_that_is_locked_is_not_drafted(page_to_finish, translation_service):
    SitePage.objects.filter(pk=page_to_finish.pk).update(
        locked=True, locked_by=make_user("Publishers"), locked_at=timezone.now()
    )
    response = draft(staff("Translators", "nl"), page_to_finish, "nl")
    assert messages_of(response) == [translate("This page is locked: nothing of it can be changed now.", "nl")]
    assert translation_service.asked == []


@pytest.mark.sweep
def test_a_long_page_takes_several_turns(home, translation_service):
    page = make_standard(home, "one", live=False, body=[rich_block(nl=f"<p>Tekst {number}</p>") for number in range(60)])
    response = draft(staff("Translators", "fr"), page)
    assert len(drafted_places(page)) == 50
    assert says("later", response, "fr")
    draft(staff("Translators", "fr"), page)
    assert len(drafted_places(page)) == 60
