"""Drafts by machine: what never leaves the house, how much is sent, what the service refuses, and who may ask."""

from threading import Event

import pytest
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import override

from machine_drafts import drafting
from machine_drafts.models import MonthlyUse
from machine_drafts.services import SENTENCES, ServiceRefused, ask_in_time
from machine_drafts.use import used_characters
from pages.models import StandardPage
from tests.behind import latest
from tests.building import make_standard, make_term, staff
from tests.editor import edit_url, messages_of, open_form, save_draft, translate
from tests.logins import visible_text
from tests.machine_drafting import draft, drafted_places, drafts_url, make_page_to_finish, says
from tests.servers import wait_for
from tests.translation_service import KEY, texts_sent

pytestmark = pytest.mark.django_db
KEPT = "No text of this page is sent to the translation service: the settings of the page say so."


@pytest.fixture
def page_to_finish(home):
    return make_page_to_finish(home)


# --- What is never sent


def test_nothing_of_a_page_that_stays_in_the_house_is_sent(page_to_finish, translation_service):
    publisher = staff("Publishers", "fr")
    assert save_draft(publisher, page_to_finish, stays_in_house="on").status_code == 302
    response = draft(publisher, page_to_finish)
    sentence = translate(KEPT, "fr")
    assert messages_of(response)[-1] == sentence and translation_service.asked == []
    screen = publisher.get(drafts_url(page_to_finish)).content.decode()
    assert sentence in screen and 'name="language"' not in screen


@pytest.mark.sweep
def test_a_public_page_stays_in_the_house_until_the_change_is_published(home, translation_service):
    page = make_standard(home, "one", stays_in_house=True, summary_en="")
    publisher = staff("Publishers")
    form = open_form(publisher, edit_url(page))
    del form["stays_in_house"]
    assert publisher.post(edit_url(page), form).status_code == 302
    draft(publisher, page, "en")
    assert not latest(page).stays_in_house and translation_service.asked == []
    latest(page).latest_revision.publish()
    draft(publisher, page, "en")
    assert drafted_places(page) == {"summary:en"}


@pytest.mark.sweep
def test_a_field_that_stays_in_the_house_is_left_out_and_said(page_to_finish, translation_service, monkeypatch):
    monkeypatch.setattr(StandardPage, "never_sent", ("summary",))
    response = draft(staff("Translators", "fr"), page_to_finish)
    assert (
        drafted_places(page_to_finish)
        == {place for place in drafted_places(page_to_finish) if place.startswith("body.")}
        != set()
    )
    assert not any("Summary" in text for text in texts_sent(translation_service))
    assert says("kept", response, "fr")


@pytest.mark.sweep
def test_a_translator_does_not_let_a_page_out_of_the_house(home, translation_service):
    page = make_standard(home, "one", live=False, stays_in_house=True, summary_fr="")
    translator = staff("Translators", "fr")
    form = open_form(translator, edit_url(page))
    form.pop("stays_in_house", None)
    translator.post(edit_url(page), form)
    assert latest(page).stays_in_house


@pytest.mark.sweep
def test_what_is_in_translation_is_no_source_and_is_not_written_over(page_to_finish, translation_service):
    save_draft(staff("Translators", "fr"), page_to_finish, summary_fr="Un rés")
    draft(staff("Publishers"), page_to_finish)
    assert latest(page_to_finish).summary_fr == "Un rés"
    save_draft(staff("Translators", "nl"), page_to_finish, summary_nl="Een half")
    response = draft(staff("Publishers", "nl"), page_to_finish, "en")
    assert says("no_source", response, "nl")
    assert latest(page_to_finish).summary_en == ""


# --- How much


@pytest.mark.sweep
def test_what_is_sent_is_counted_and_shown_where_the_button_is(page_to_finish, translation_service):
    draft(staff("Translators", "fr"), page_to_finish)
    sent = sum(len(text) for text in texts_sent(translation_service))
    assert used_characters() == sent > 0
    text = "Sent to the translation service this month: %(used)s of %(limit)s characters."
    for reader, limit in (("nl", "500.000"), ("fr", "500\u202f000")):
        words = translate(text, reader, used=str(sent), limit=limit)
        for url in (edit_url(page_to_finish), drafts_url(page_to_finish)):
            assert words in staff("Publishers", reader).get(url).content.decode()


@pytest.mark.sweep
def test_publishers_see_on_their_home_how_much_was_sent(home, translation_service):
    text = "Sent to the translation service this month: %(used)s of %(limit)s characters."
    MonthlyUse.objects.create(month=timezone.localdate().replace(day=1), characters=700)
    seen = translate(text, "nl", used="700", limit="500.000")
    assert seen in visible_text(staff("Publishers").get(reverse("wagtailadmin_home")))
    assert seen not in visible_text(staff("Editors").get(reverse("wagtailadmin_home")))


def test_the_limit_of_the_month_is_not_passed(page_to_finish, translation_service, settings):
    settings.MACHINE_DRAFTS_MONTHLY_CHARACTERS = 100
    response = draft(staff("Publishers", "nl"), page_to_finish, "fr")
    assert texts_sent(translation_service) == [] and used_characters() == 0
    (words,) = messages_of(response)
    assert "100" in words and words.startswith("Hiermee")


@pytest.mark.sweep
def test_a_new_month_begins_with_nothing(page_to_finish, translation_service, settings):
    MonthlyUse.objects.create(month="2020-01-01", characters=500_000)
    draft(staff("Translators", "fr"), page_to_finish)
    assert "summary:fr" in drafted_places(page_to_finish)


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        ((403, {}), "wrong_key"),
        ((456, {"message": "Quota exceeded"}), "quota"),
        ((429, {}), "busy"),
        ((503, {}), "away"),
        ((400, {"message": "Value for 'target_lang' not supported."}), "unknown_pair"),
        ((400, {"message": "Bad"}), "failed"),
        ((200, {"translations": []}), "failed"),
    ],
)
@pytest.mark.parametrize("reader", ["nl", "fr"])
def test_what_the_service_refuses_is_said_in_ones_language_and_given_back(
    refusal,
    words,
    reader,
    page_to_finish,
    translation_service,
    caplog,
):
    translation_service.refusals["translate"] = refusal
    response = draft(staff("Publishers", reader), page_to_finish, "fr")
    with override(reader):
        assert messages_of(response) == [str(SENTENCES[words])]
    assert used_characters() == 0 and drafted_places(page_to_finish) == set()
    assert KEY not in caplog.text and "Summary" not in caplog.text


@pytest.mark.sweep
def test_a_service_that_does_not_answer_is_said(page_to_finish, translation_service, settings):
    settings.DEEPL_SERVER_URL = "http://127.0.0.1:9"
    response = draft(staff("Translators", "fr"), page_to_finish)
    assert messages_of(response) == [translate("The translation service does not answer. Try again later.", "fr")]
    assert used_characters() == 0


@pytest.mark.sweep
def test_nobody_waits_long_for_a_glossary_that_is_there_the_next_time(page_to_finish, translation_service, monkeypatch):
    make_term()
    go_on = Event()
    translation_service.before = lambda: go_on.wait(20)
    with monkeypatch.context() as hasty:
        clock = iter([0, drafting.PATIENCE - 0.01])
        hasty.setattr(drafting, "monotonic", lambda: next(clock))
        response = draft(staff("Translators", "fr"), page_to_finish)
    with override("fr"):
        assert messages_of(response) == [str(SENTENCES["slow"])]
    assert drafted_places(page_to_finish) == set()
    go_on.set()
    wait_for(lambda: texts_sent(translation_service))
    assert used_characters() == sum(len(text) for text in texts_sent(translation_service)), "The service counts it, too."
    draft(staff("Translators", "fr"), page_to_finish)
    assert "summary:fr" in drafted_places(page_to_finish)
    assert [(method, path) for method, path, _data in translation_service.asked].count(("POST", "/v2/glossaries")) == 1


@pytest.mark.sweep
@pytest.mark.parametrize(("seconds", "languages"), [(0.01, {"FR", "NL"}), (0, {"FR"})])
def test_what_came_in_time_is_saved_when_the_rest_takes_too_long(seconds, languages, home, translation_service, monkeypatch):
    """Where no time is left, the rest is not sent at all, since nobody would read it, and not counted."""
    page = make_standard(home, "one", live=False, summary_nl="", heading_en="", summary_en="")
    # As the service is asked first, and for the texts of the second language.
    clock = iter([0, 0, drafting.PATIENCE - seconds])
    monkeypatch.setattr(drafting, "monotonic", lambda: next(clock))
    go_on = Event()
    translation_service.before = lambda: translation_service.asked[-1][2].get("source_lang") == "NL" and go_on.wait(20)
    response = draft(staff("Publishers", "fr"), page, "en")
    go_on.set()
    wait_for(lambda: used_characters() == sum(len(text) for text in texts_sent(translation_service)))
    requests = [data for _method, path, data in translation_service.asked if path.endswith("/translate")]
    assert {data["source_lang"] for data in requests} == languages
    assert drafted_places(page) == {"summary:en"} and latest(page).summary_en == "EN-GB: Summary of one in fr."
    with override("fr"):
        assert str(SENTENCES["slow"]) in messages_of(response)


@pytest.mark.sweep
def test_a_fault_that_comes_after_the_time_is_logged(caplog):
    go_on = Event()

    def fail():
        go_on.wait(20)
        raise KeyError("fault")

    with pytest.raises(ServiceRefused):
        ask_in_time(fail, 0.01)
    go_on.set()
    wait_for(lambda: "KeyError: 'fault'" in caplog.text)


# --- Who may, and where


def test_nobody_drafts_a_language_that_they_do_not_write(page_to_finish, translation_service):
    response = draft(staff("Translators", "nl"), page_to_finish, "fr")
    assert response.status_code == 302 and translation_service.asked == []
    assert draft(staff("Publishers"), page_to_finish, "xx").status_code == 302
    shown = staff("Translators", "nl").get(drafts_url(page_to_finish)).content.decode()
    assert 'value="fr"' not in shown


@pytest.mark.sweep
def test_the_form_of_a_page_leads_to_the_screen_which_says_what_would_be_sent(page_to_finish, translation_service):
    translator = staff("Translators", "fr")
    assert drafts_url(page_to_finish) in translator.get(edit_url(page_to_finish)).content.decode()
    words = visible_text(translator.get(drafts_url(page_to_finish)))
    assert "Faire traduire 2 textes" in words and "corps de la page – Texte" in words and "Néerlandais" not in words
    assert translation_service.asked == []


def test_without_a_key_nothing_of_it_is_there(page_to_finish):
    client = staff("Publishers")
    form = client.get(edit_url(page_to_finish)).content.decode()
    assert "vertaaldienst" not in visible_text(client.get(reverse("wagtailadmin_home")))
    assert "machine-drafts" not in form and "stays_in_house" not in form
    assert client.get(drafts_url(page_to_finish)).status_code == 404 == draft(client, page_to_finish).status_code


def test_without_a_key_a_save_keeps_what_was_said_of_the_page(home):
    page = make_standard(home, "one", live=False, stays_in_house=True)
    assert save_draft(staff("Publishers"), page, summary_nl="Anders.").status_code == 302
    assert latest(page).stays_in_house and latest(page).summary_nl == "Anders."


@pytest.mark.sweep
def test_the_page_is_logged_as_changed_by_whoever_asked(page_to_finish, translation_service):
    draft(staff("Translators", "fr"), page_to_finish)
    assert latest(page_to_finish).latest_revision.user.languages == ["fr"]


def test_no_transaction_is_open_while_the_service_works(page_to_finish):
    assert "default" in resolve(drafts_url(page_to_finish)).func._non_atomic_requests
