"""A draft by machine of one text, beside it in the form: shown, taken, and a machine's until somebody confirms it."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import resolve, reverse
from django.utils.translation import override

from languages.open_texts import MACHINE, TYPED, open_texts
from machine_drafts.services import SENTENCES
from machine_drafts.use import used_characters
from pages.models import SitePage, StandardPage
from tests.behind import latest
from tests.building import make_term, staff
from tests.editor import edit_url, open_form, publish, save_draft, translate
from tests.machine_drafting import body_text, draft, make_page_to_finish
from tests.translation_service import texts_sent

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]


@pytest.fixture
def page(home):
    return make_page_to_finish(home)


def ask(client, page, address="summary", language="fr"):
    """Press the button beside a text; return the answer."""
    url = reverse("machine_draft_of_text", args=[page.pk])
    return client.post(url, {"address": address, "language": language})


def find_offers(client, page):
    """Return beside which texts the form has the button, as places."""
    options = type(page)._meta
    notes = client.get(reverse("text_states", args=[options.app_label, options.model_name, page.pk])).json()
    return {f"{one['address']}:{one['language']}" for one in notes.get("machine", ())}


def kinds(page):
    return {text.place: text.kind for text in open_texts(latest(page).memory())}


@pytest.mark.parametrize(("role", "reader"), [("Translators", "fr"), ("Publishers", "nl")])
def test_a_draft_is_shown_taken_and_a_machines_until_somebody_confirms_it(role, reader, page, translation_service):
    client = staff(role, reader)
    assert "summary:fr" in find_offers(client, page)
    answer = ask(client, page).json()
    match = answer["match"]
    assert match["text"] == "FR: Summary of one in nl." and match["source"]["language"] == "nl"
    assert str(used_characters()) in match["says"] and str(used_characters()) in answer["says"] and used_characters()
    assert latest(page).summary_fr == "", "Nothing is saved before somebody takes it."
    drafted = json.dumps([match["drafted"]])
    save_draft(client, page, summary_fr=match["text"], alignment_drafted=drafted)
    assert kinds(page) == {"summary:fr": MACHINE} and "summary:fr" not in find_offers(client, page)
    refused = publish(staff("Publishers"), page, publishing_reason="")
    assert refused.status_code == 200, "Nobody has read it, and another text is missing."
    save_draft(client, page, alignment_done=json.dumps(["summary:fr"]))
    assert kinds(page) == {} and latest(page).summary_fr == match["text"]


def test_whoever_changes_a_draft_before_it_is_saved_or_after_has_it(page, translation_service):
    client = staff("Translators", "fr")
    drafted = json.dumps([ask(client, page).json()["match"]["drafted"], "x", 3])
    save_draft(client, page, summary_fr="FR: presque la même chose.", alignment_drafted=drafted)
    assert kinds(page) == {"summary:fr": TYPED}
    save_draft(client, page, summary_fr="FR: Summary of one in nl.", alignment_drafted=drafted)
    assert kinds(page) == {"summary:fr": MACHINE}
    save_draft(client, page, summary_fr="Relu.", alignment_drafted=drafted)
    assert kinds(page) == {"summary:fr": TYPED}


def test_rich_text_comes_as_the_editor_holds_it(page, translation_service):
    client = staff("Translators", "fr")
    [address] = {place.rpartition(":")[0] for place in find_offers(client, page)} - {"summary"}
    match = ask(client, page, address).json()["match"]
    assert match["content"]["blocks"][1]["text"] == "FR: Eén" and match["text"].startswith("FR: Voor ")


@pytest.mark.parametrize("is_whole_page", [False, True])
def test_a_draft_that_the_editor_writes_otherwise_stays_a_machines(is_whole_page, page, translation_service):
    """The editor takes spaces out of what is bold, and sorts tags: nobody changed a word, and nobody confirmed one."""
    translation_service.change = lambda text: text.replace("</g>", " </g>").replace('<g id="2">', '<g id="2"> ')
    client = staff("Publishers", "fr")
    [address] = {place.rpartition(":")[0] for place in find_offers(client, page)} - {"summary"}
    if is_whole_page:
        draft(client, page)
        save_draft(client, page, summary_fr="Résumé.")
    else:
        match = ask(client, page, address).json()["match"]
        [name] = [name for name in open_form(client, edit_url(page)) if name.startswith("body-0") and name.endswith("-fr")]
        typed = {
            name: json.dumps(match["content"]),
            "summary_fr": "Résumé.",
            "alignment_drafted": json.dumps([match["drafted"]]),
        }
        save_draft(client, page, **typed)
    assert "FR: werkzoekenden" in BeautifulSoup(body_text(page), "lxml").get_text() and kinds(page)[f"{address}:fr"] == MACHINE
    publish(client, page, publishing_reason="")
    assert kinds(page)[f"{address}:fr"] == MACHINE and not StandardPage.objects.get(pk=page.pk).live


@pytest.mark.parametrize("reader", ["nl", "fr"])
@pytest.mark.parametrize(("refusal", "words"), [((456, {"message": "Quota exceeded"}), "quota"), ((503, {}), "away")])
def test_what_the_service_refuses_is_said_at_the_text(refusal, words, reader, page, translation_service):
    translation_service.refusals["translate"] = refusal
    answer = ask(staff("Publishers", reader), page).json()
    with override(reader):
        assert answer == {"says": str(SENTENCES[words]), "match": None}
    assert used_characters() == 0


def test_the_limit_of_the_month_is_said_at_the_text(page, translation_service, settings):
    settings.MACHINE_DRAFTS_MONTHLY_CHARACTERS = 3
    answer = ask(staff("Translators", "fr"), page).json()
    assert answer["match"] is None and "3" in answer["says"] and texts_sent(translation_service) == []


def test_it_is_there_only_for_who_writes_the_language_and_where_texts_may_leave_the_house(
    page, translation_service, monkeypatch
):
    french, dutch = staff("Translators", "fr"), staff("Translators", "nl")
    assert {place[-2:] for place in find_offers(french, page)} == {"fr"} and not find_offers(dutch, page)
    says = ask(dutch, page).json()
    assert says == {"says": translate("Your account does not write in this language.", "nl"), "match": None}
    with monkeypatch.context() as patch:
        patch.setattr(StandardPage, "never_sent", ("summary",))
        assert "summary:fr" not in find_offers(french, page) and ask(french, page).json()["match"] is None
    assert ask(french, page, "heading").json()["says"] == translate("This text is neither missing nor behind any more.", "fr")
    assert ask(french, page, "url_slug").json()["match"] is None
    SitePage.objects.filter(pk=page.pk).update(stays_in_house=True)
    assert not find_offers(french, page) and ask(french, page).json()["match"] is None
    assert texts_sent(translation_service) == []
    options = make_term()._meta
    notes = french.get(reverse("text_states", args=[options.app_label, options.model_name, 1])).json()
    assert "machine" not in notes, "An entry has no drafts."


def test_without_a_key_it_is_not_there(page):
    client = staff("Publishers")
    assert not find_offers(client, page) and ask(client, page).status_code == 404


def test_no_transaction_is_open_while_the_service_works(page):
    url = reverse("machine_draft_of_text", args=[page.pk])
    assert "default" in resolve(url).func._non_atomic_requests
