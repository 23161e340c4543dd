"""Texts in translation at the real forms: what leaves them open, what closes them, and what asks for a reason."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry

from directory.models import GlossaryTerm
from languages.codes import name_in
from languages.lags import lags
from languages.open_texts import open_texts
from languages.parity import ReasonMissing
from languages.states import OPEN, text_states
from languages.units import units
from newsroom.reports.publication_history import BEHIND, EXCUSED, verdict_on
from pages.lag_log import ACTION as PUBLISHED_BEHIND
from tests.behind import REFUSED, latest
from tests.building import make_standard, make_user, staff
from tests.editor import (
    HALF,
    REASON,
    SUBMIT,
    block,
    done,
    edit_url,
    errors_of,
    finish,
    form_with,
    messages_of,
    open_form,
    publish,
    save_draft,
    translate,
)
from tests.publishing import LATER, bulk, fresh, is_hidden, let_the_hour_come

SCRIPT = {"Accept": "application/json"}


def in_translation(page):
    """Return the texts of the latest draft that are in translation, as {"address:language": key of who changed them}."""
    return {text.place: text.by for text in open_texts(latest(page).memory())}


def behind(page):
    return {f"{lag.address}:{lag.language}" for lag in lags(latest(page).memory())}


def member(role, language="nl", name=None):
    """Return a new member of staff, and their client."""
    user = make_user(role, language, name)
    client = Client()
    client.force_login(user)
    return user, client


@pytest.fixture
def half(standard):
    """A public page in whose draft a translator has a French text in translation: the translator."""
    translator, client = member("Translators", "fr")
    translator.first_name, translator.last_name = "An", "Peeters"
    translator.save()
    assert save_draft(client, standard, **HALF).status_code == 302
    return translator


def notes(client, page):
    url = reverse("text_states", args=["pages", "standardpage", page.pk])
    return client.get(url).json()["states"]


# --- What leaves a text open


@pytest.mark.parametrize("role", ["Translators", "Editors", "Publishers"])
@pytest.mark.sampled(1)
def test_a_form_that_saves_itself_leaves_a_text_in_translation_until_its_author_says_that_it_is_done(role, standard):
    user, client = member(role, "fr")
    form = open_form(client, edit_url(standard), **HALF)
    so_far = client.post(edit_url(standard), form, headers=SCRIPT).json()["field_updates"]
    assert in_translation(standard) == {"summary:fr": user.pk} and behind(standard) == set()
    typed = form | so_far | {"summary_fr": "Un résumé.", "alignment_done": done("summary_fr")}
    assert client.post(edit_url(standard), typed, headers=SCRIPT).json()["success"]
    assert in_translation(standard) == {} and behind(standard) == {"summary:nl", "summary:en"}


def test_so_does_save_draft_and_who_comes_back_finds_it_so(half, standard):
    assert in_translation(standard) == {"summary:fr": half.pk}
    states = {state.language: state for state in text_states(units(latest(standard)), latest(standard).memory())}
    assert states["fr"].state == OPEN and states["fr"].by == half.pk
    assert save_draft(staff("Translators", "nl"), standard).status_code == 302
    assert in_translation(standard) == {"summary:fr": half.pk}, "Who saves it unchanged has not done anything to it."


@pytest.mark.sweep
@pytest.mark.parametrize("nonsense", ["{", "[1, {}]", '"a"', '["gone:fr"]', '["summary"]', "null"])
def test_what_names_no_text_finishes_none(nonsense, half, standard):
    assert save_draft(staff("Editors"), standard, alignment_done=nonsense).status_code == 302
    assert in_translation(standard) == {"summary:fr": half.pk}


@pytest.mark.sweep
def test_nobody_finishes_a_text_in_a_language_that_they_do_not_write(half, standard):
    assert save_draft(staff("Translators", "nl"), standard, alignment_done=done("summary_fr")).status_code == 302
    assert in_translation(standard) == {"summary:fr": half.pk}
    (note,) = [note for note in notes(staff("Translators", "nl"), standard) if note["state"] == OPEN]
    assert note["keys"] == []
    assert save_draft(staff("Translators", "fr"), standard, alignment_done=done("summary_fr")).status_code == 302
    assert in_translation(standard) == {}


@pytest.mark.sweep
def test_a_text_deep_within_a_block_is_in_translation_by_itself_and_goes_with_its_block(home):
    points = [block("text", text={"nl": f"<p>Punt {n}.</p>", "fr": f"<p>Point {n}.</p>", "en": ""}) for n in range(2)]
    page = make_standard(home, body=points)
    user, client = member("Editors")
    form = open_form(client, edit_url(page))
    name = next(name for name, value in form.items() if "Point 1." in str(value))
    assert client.post(edit_url(page), form | {name: form[name].replace("Point 1.", "Poi")}).status_code == 302
    assert in_translation(page) == {f"body.{points[1]['id']}.text:fr": user.pk}
    form = open_form(client, edit_url(page))
    deleted = {key: "1" for key in form if key.startswith("body-") and key.endswith("-deleted")}
    assert client.post(edit_url(page), form | deleted).status_code == 302
    assert in_translation(page) == {}


def test_slugs_and_what_has_no_drafts_are_never_in_translation(standard):
    client = staff("Editors")
    assert save_draft(client, standard, url_slug_fr="autre-adresse").status_code == 302
    assert in_translation(standard) == {}
    term = GlossaryTerm.objects.create(term_nl="werkgever", term_fr="employeur")
    url = reverse("wagtailsnippets_directory_glossaryterm:edit", args=[term.pk])
    form = form_with(client.get(url), "term_nl")
    assert "alignment_done" not in form
    assert client.post(url, form | {"term_nl": "werkgeefster"}).status_code == 302
    term.refresh_from_db()
    assert "open" not in term.alignment and {lag.language for lag in lags(term.alignment)} == {"fr"}


# --- Two people


@pytest.mark.sweep
def test_what_one_says_is_done_never_finishes_what_another_wrote_there_meanwhile(standard):
    (_mine, my_client), (theirs, their_client) = member("Editors"), member("Translators", "fr")
    form = open_form(my_client, edit_url(standard), **HALF, alignment_done=done("summary_fr"))
    form |= my_client.post(edit_url(standard), form, headers=SCRIPT).json()["field_updates"]
    assert in_translation(standard) == {}
    assert save_draft(their_client, standard, summary_fr="Un autre rés").status_code == 302
    answer = my_client.post(edit_url(standard), form | {"heading_nl": "Anders"}, headers=SCRIPT).json()
    assert answer["success"] and in_translation(standard)["summary:fr"] == theirs.pk


@pytest.mark.sweep
def test_what_was_written_beside_a_twin_that_changed_unseen_stays_behind_it_however_often_the_form_saves_itself(standard):
    (_mine, my_client), (_theirs, their_client) = member("Editors"), member("Editors")
    form = open_form(my_client, edit_url(standard), summary_fr="Autre.", alignment_done=done("summary_fr"))
    assert finish(their_client, standard, summary_nl="Anders.").status_code == 302
    for _ in range(2):
        answer = my_client.post(edit_url(standard), form, headers=SCRIPT).json()
        form |= answer["field_updates"] | {"heading_en": "Something", "overwrite_revision_id": str(answer["revision_id"])}
        assert "summary:fr" in behind(standard)


# --- Submitting and publishing


def test_submitting_finishes_ones_own_and_not_what_another_has_in_translation(half, standard):
    user, client = member("Editors")
    typed = {"summary_nl": "Een nieuwe samenvatting.", "heading_en": "Heading", **REASON}
    assert client.post(edit_url(standard), open_form(client, edit_url(standard), **typed) | SUBMIT).status_code == 302
    assert in_translation(standard) == {"summary:fr": half.pk}
    assert user.pk != half.pk and behind(standard) == {"heading:nl", "heading:fr", "summary:en"}


@pytest.mark.parametrize("reader", ["nl", "fr"])
@pytest.mark.sampled(1)
def test_publishing_asks_why_where_another_has_a_text_in_translation_and_with_a_reason_publishes(reader, half, standard):
    _user, client = member("Publishers", reader)
    refused = publish(client, standard, heading_nl="Kop", heading_fr="Titre", publishing_reason="")
    (message,) = errors_of(refused)["publishing_reason"]
    assert "An Peeters" in message and name_in("fr", reader) in message
    assert fresh(standard).summary_fr != HALF["summary_fr"]
    assert publish(client, standard, publishing_reason="De pers wacht.").status_code == 302
    assert fresh(standard).summary_fr == HALF["summary_fr"]
    assert in_translation(standard) == {"summary:fr": half.pk}, "A reason does not finish anything."
    entry = PageLogEntry.objects.get(action=PUBLISHED_BEHIND, page=standard.pk)
    assert {"address": "summary", "language": "fr"} in entry.data["texts"] and entry.data["in_translation"] == 1
    history = client.get(reverse("wagtailadmin_pages:history", args=[standard.pk])).content.decode()
    assert translate("Published although a text was still in translation", reader) in history
    assert verdict_on(fresh(standard)) == (EXCUSED, "De pers wacht.")


@pytest.mark.sweep
def test_the_field_for_a_reason_is_there_where_another_has_a_text_in_translation_and_not_for_ones_own_pair(half, standard):
    _user, client = member("Publishers")
    assert 'name="publishing_reason"' in client.get(edit_url(standard)).content.decode()
    assert finish(client, standard, summary_fr="Un résumé.", summary_nl="Een samenvatting.").status_code == 302
    assert save_draft(client, standard, heading_nl="Kop", heading_fr="Titre").status_code == 302
    assert 'name="publishing_reason"' not in client.get(edit_url(standard)).content.decode()
    assert publish(client, standard).status_code == 302


@pytest.mark.sweep
def test_anybody_may_finish_or_take_over_what_somebody_has_in_translation_also_of_one_who_has_left(half, standard):
    get_user_model().objects.filter(pk=half.pk).update(is_active=False)
    user, client = member("Publishers", "nl")
    (note,) = [note for note in notes(client, standard) if note["state"] == OPEN]
    assert translate("somebody who has left", "nl") in note["by"] and note["is_mine"]
    (message,) = errors_of(publish(client, standard))["publishing_reason"]
    assert translate("somebody who has left", "nl") in message and "Peeters" not in message
    half.delete()
    assert translate("somebody who has left", "nl") in notes(client, standard)[0]["by"]
    assert save_draft(client, standard, summary_fr="Un résumé entier").status_code == 302
    assert in_translation(standard) == {"summary:fr": user.pk}
    assert publish(client, standard, summary_nl="Een hele samenvatting").status_code == 302
    assert in_translation(standard) == {} and fresh(standard).summary_fr == "Un résumé entier"


@pytest.mark.sweep
def test_without_a_form_what_is_in_translation_is_not_published_by_anybody(half, standard, home):
    other = make_standard(home, "other", live=False)
    user, client = member("Publishers", "nl")
    save_draft(client, other, summary_nl="Half", summary_fr="Demi")  # one's own too: nobody translate that it is done
    response = bulk(client, "publish", [standard, other])
    assert is_hidden(other) and fresh(standard).summary_fr != HALF["summary_fr"]
    assert "An Peeters" in messages_of(response)[0] and edit_url(other) in messages_of(response)[0]
    with pytest.raises(ReasonMissing):
        fresh(standard).latest_revision.publish()
    assert user.pk in in_translation(other).values()


@pytest.mark.sweep
def test_by_the_hour_what_is_in_translation_without_a_reason_is_passed_over(half, standard, mailoutbox):
    _user, client = member("Publishers")
    assert errors_of(publish(client, standard, go_live_at=LATER)).keys() == REFUSED
    assert publish(client, standard, go_live_at=LATER, **REASON).status_code == 302
    memory = fresh(standard).scheduled_revision.content["alignment"]
    let_the_hour_come(**{f"page_{standard.pk}": {"alignment": {**memory, "excused": {}}}})
    assert fresh(standard).summary_fr != HALF["summary_fr"] and not fresh(standard).scheduled_revision
    assert len(mailoutbox) == 1
    page = latest(standard)
    page.alignment = {**page.alignment, "excused": {}}
    assert verdict_on(page) == (BEHIND, "")


@pytest.mark.sweep
def test_asking_for_changes_finishes_nothing(standard):
    client = staff("Editors")
    assert client.post(edit_url(standard), open_form(client, edit_url(standard)) | SUBMIT).status_code == 302
    user, client = member("Publishers")
    reject = {
        "action-workflow-action": "true",
        "workflow-action-name": "reject",
        "workflow-action-extra-data": json.dumps({"comment": "Nog niet."}),
    }
    form = open_form(client, edit_url(standard), summary_nl="Half", **REASON) | reject
    assert client.post(edit_url(standard), form).status_code == 302
    assert in_translation(standard) == {"summary:nl": user.pk}


@pytest.mark.sweep
def test_a_refused_publication_finishes_nothing_either(standard):
    user, client = member("Publishers")
    assert errors_of(publish(client, standard, summary_nl="Half")).keys() == REFUSED
    assert in_translation(standard) == {"summary:nl": user.pk} and behind(standard) == set()


# --- It travels with the revision


@pytest.mark.sweep
def test_an_older_version_is_in_translation_again_by_whom_it_was(half, standard):
    old = fresh(standard).latest_revision
    _user, client = member("Editors")
    assert finish(client, standard, summary_fr="Un résumé.").status_code == 302
    url = reverse("wagtailadmin_pages:revisions_revert", args=[standard.pk, old.pk])
    assert client.post(url, open_form(client, url)).status_code == 302
    assert in_translation(standard) == {"summary:fr": half.pk}


@pytest.mark.sweep
def test_half_a_sentence_is_half_in_a_copy_too_and_no_public_copy_is_made_of_it(half, standard):
    _user, client = member("Publishers")
    copy = fresh(standard).copy(update_attrs={"heading_nl": "Kopie", "heading_fr": "Copie", "heading_en": "Copy"})
    assert in_translation(copy) == {"summary:fr": half.pk}
    assert publish(client, standard, **REASON).status_code == 302
    assert save_draft(staff("Translators", "fr"), standard, summary_fr="Un résu").status_code == 302
    draft = latest(standard)
    type(standard).objects.filter(pk=standard.pk).update(alignment={**draft.alignment, "excused": {}}, summary_fr="Un résu")
    url = reverse("wagtailadmin_pages:copy", args=[standard.pk])
    form = form_with(client.get(url), "heading_nl") | {"publish_copies": "on"}
    assert errors_of(client.post(url, form)) == {
        "publish_copies": [translate("The copy cannot be published: a text is still in translation. Copy it as a draft.", "nl")]
    }


# --- What it says beside the text


@pytest.mark.parametrize("reader", ["nl", "fr"])
@pytest.mark.sampled(1)
def test_the_note_beside_the_text_says_who_works_at_it_to_each_in_their_language(reader, half, standard):
    _user, client = member("Editors", reader)
    (note,) = [note for note in notes(client, standard) if note["state"] == OPEN]
    assert (note["address"], note["language"], note["keys"]) == ("summary", "fr", ["summary:fr"])
    assert note["says"] == translate("In translation", reader) and "An Peeters" in note["by"] and not note["is_mine"]
    own = Client()
    own.force_login(half)
    (note,) = [note for note in notes(own, standard) if note["state"] == OPEN]
    assert " vous " in note["by"] and note["is_mine"]


@pytest.mark.sweep
def test_who_works_at_how_many_texts_costs_one_query(half, standard):
    client = staff("Editors")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            notes(client, standard)
        return len(captured)

    queries()  # the first request also fills caches
    before = queries()
    assert save_draft(client, standard, heading_nl="K", heading_fr="T", heading_en="H").status_code == 302
    assert len(in_translation(standard)) == 4 and queries() == before
