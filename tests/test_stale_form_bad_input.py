"""Stale forms that prove nothing, did not arrive whole, or belong to what was deleted."""

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from languages.concurrent_edits.snapshots import snapshot
from languages.fields import INCOMPLETE
from languages.form_content import values_of
from tests.building import make_mandate, make_section, make_standard, make_user
from tests.editor import block, edit_url, errors_of, form_with, in_form, open_form
from tests.stale_forms import SCRIPT, body, changed_body, latest, save, with_body


@pytest.mark.parametrize("proof", [None, "", "nonsense", "another page's", "altered"])
@pytest.mark.sweep
def test_a_form_that_proves_nothing_is_compared_whole_and_saved_at_the_second_try(proof, language, mine, shared, home):
    form = open_form(mine, edit_url(shared), heading_fr="Moi")
    if proof is None:
        del form["opened_as"]
    elif proof == "another page's":
        form["opened_as"] = open_form(mine, edit_url(make_standard(home, "other")))["opened_as"]
    else:
        form["opened_as"] = form["opened_as"][:-1] if proof == "altered" else proof
    refused = save(mine, shared, form)
    assert errors_of(refused).keys() == {"__all__", "heading_fr"}
    assert latest(shared).heading_fr == shared.heading_fr
    answer = mine.post(edit_url(shared), form, headers=SCRIPT)
    assert answer.status_code == 400 and answer.json()["error_code"] == "invalid_revision"
    assert in_form(refused)["heading_fr"] == "Moi"
    assert save(mine, shared, in_form(refused)).status_code == 302
    assert latest(shared).heading_fr == "Moi"


FORGED = {  # what is said of it -> the end of a field's name, and what is sent of it
    "a number that is none": ("-count", "many"),
    "more blocks than came": ("-count", "9"),
    "a block without a place": ("-order", "first"),
    "two blocks at one place": ("-order", "0"),
    "a list without a number": ("points-count", ""),
}


@pytest.mark.sweep
@pytest.mark.parametrize("forgery", FORGED)
def test_a_stream_that_did_not_arrive_whole_saves_nothing_and_shows_what_was_there(forgery, language, mine, home):
    points = {"nl": "een", "fr": "un", "en": "one"}
    task = {"text": points, "points": [{"type": "item", "value": points, "id": "1"}]}
    page = make_mandate(make_section(home), tasks=[block("task", **task), block("task", **task)])
    form = open_form(mine, edit_url(page), heading_fr="Moi")
    end, value = FORGED[forgery]
    forged = form | {name: value for name in form if name.startswith("tasks-") and name.endswith(end)}
    assert forged != form
    refused = save(mine, page, forged)
    with translation.override(language):
        assert errors_of(refused) == {"tasks": [str(INCOMPLETE)]}
    again = in_form(refused)
    assert again["heading_fr"] == "Moi" and {**again, "tasks-count": "2"} == again
    assert mine.post(edit_url(page), forged, headers=SCRIPT).status_code == 400
    assert save(mine, page, again).status_code == 302
    assert latest(page).heading_fr == "Moi" and len(latest(page).tasks) == 2


def test_two_blocks_that_come_with_one_id_keep_their_texts_and_get_ids_of_their_own(mine, shared):
    items = shared.body.get_prep_value()
    items[1]["id"] = items[0]["id"]
    assert save(mine, shared, with_body(open_form(mine, edit_url(shared)), items)).status_code == 302
    page = latest(shared)
    assert len({one.id for one in page.body}) == 2 and body(page) == body(shared)


@pytest.mark.sweep
@pytest.mark.parametrize("sent", ["<script>", "[1, 2]", '{"blocks": 3}'])
def test_a_rich_text_that_cannot_be_read_is_kept_as_words(sent, mine, shared):
    form = open_form(mine, edit_url(shared)) | {"body-0-value-text-nl": sent}
    assert save(mine, shared, form).status_code == 302
    assert escape(sent) in str(latest(shared).body[0].value["text"]["nl"].source)


@pytest.mark.sweep
def test_a_form_opened_before_a_field_existed_keeps_what_is_in_it(mine, theirs, shared):
    response = mine.get(edit_url(shared))
    form, old = in_form(response), response.context["form"]
    proved = dict(old.shape)
    del proved["meta_title_fr"]
    form["opened_as"] = old.sign(snapshot(proved, values_of(shared, proved)), None)
    del form["meta_title_fr"]
    save(theirs, shared, open_form(theirs, edit_url(shared)), meta_title_fr="Nouveau")
    assert save(mine, shared, form, heading_nl="Van mij").status_code == 302
    assert (latest(shared).meta_title_fr, latest(shared).heading_nl) == ("Nouveau", "Van mij")


@pytest.mark.sweep
@pytest.mark.parametrize("by_itself", [True, False])
def test_whoever_saves_a_page_that_was_deleted_gets_back_what_was_typed(by_itself, language, mine, theirs, shared):
    form = with_body(open_form(mine, edit_url(shared), heading_fr="Titre <à> moi"), changed_body(shared, 0, nl="een van mij"))
    theirs.force_login(administrator := make_user())
    assert theirs.post(reverse("wagtailadmin_pages:delete", args=[shared.pk])).status_code == 302
    response = mine.post(edit_url(shared), form, headers=SCRIPT if by_itself else {})
    if by_itself:
        assert response.status_code == 400 and response.json()["error_code"] == "invalid_revision"
        assert administrator.username in response.json()["error_message"]
    else:
        shown = response.content.decode()
        assert response.status_code == 410 and f'<html lang="{language}"' in shown
        assert "Titre &lt;à&gt; moi" in shown and "een van mij" in shown and administrator.username in shown


def test_whoever_saves_an_entry_that_was_deleted_gets_back_what_was_typed(administrators, term):
    mine, theirs = administrators
    url = reverse("wagtailsnippets_directory_glossaryterm:edit", args=[term.pk])
    form = form_with(mine.get(url), "term_nl") | {"term_nl": "Mijn woord"}
    delete = reverse("wagtailsnippets_directory_glossaryterm:delete", args=[term.pk])
    assert theirs.post(delete).status_code == 302
    response = mine.post(url, form)
    assert response.status_code == 410 and "Mijn woord" in response.content.decode()


@pytest.mark.sweep
def test_a_page_that_never_was_is_not_found(mine, shared):
    assert mine.post("/admin/pages/999999/edit/", open_form(mine, edit_url(shared))).status_code == 404
