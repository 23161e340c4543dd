"""Two people at one form: what conflicts is shown to whoever comes second, and nothing is lost."""

import json
from html import unescape

import pytest

from tests.building import make_user
from tests.editor import edit_url, error_paths, errors_of, in_form, messages_of, open_form, translate
from tests.stale_forms import PRESSED, body, changed_body, latest, save, with_body


@pytest.mark.parametrize("press", PRESSED)
@pytest.mark.sampled(1)
def test_a_conflict_shows_both_versions_and_keeps_what_was_typed(press, language, mine, theirs, shared):
    typed = {"heading_fr": "Titre à moi", "heading_nl": "Alleen van mij", **PRESSED[press]}
    form = open_form(mine, edit_url(shared), **typed)
    save(theirs, shared, open_form(theirs, edit_url(shared)), heading_fr="Titre de l’autre", summary_fr="Résumé de l’autre")
    refused = save(mine, shared, form)
    assert errors_of(refused).keys() == {"heading_fr"}
    (error,) = errors_of(refused)["heading_fr"]
    assert "An Peeters" in error and "<ins>" in error and "autre" in error
    shown = refused.content.decode()
    assert f'<html lang="{language}"' in shown and error in shown
    assert not refused.context["autosave_enabled"]
    again = in_form(refused)
    assert {name: again[name] for name in typed if name in again} == {
        name: value for name, value in typed.items() if not name.startswith("action-")
    }
    assert (latest(shared).heading_fr, latest(shared).heading_nl) == ("Titre de l’autre", shared.heading_nl)
    # Whoever saves again has seen it.
    assert save(mine, shared, again, **PRESSED[press]).status_code == 302
    page = latest(shared)
    assert (page.heading_fr, page.heading_nl, page.summary_fr) == ("Titre à moi", "Alleen van mij", "Résumé de l’autre")


@pytest.mark.sweep
def test_a_conflict_with_a_third_version_is_shown_again(mine, theirs, shared):
    form = open_form(mine, edit_url(shared), heading_fr="Moi")
    save(theirs, shared, open_form(theirs, edit_url(shared)), heading_fr="Autre")
    again = in_form(save(mine, shared, form))
    save(theirs, shared, open_form(theirs, edit_url(shared)), heading_fr="Encore autre")
    assert errors_of(save(mine, shared, again)).keys() == {"heading_fr"}


@pytest.mark.sweep
def test_a_conflict_within_a_stream_is_shown_at_its_text_and_compared_above(language, mine, theirs, shared):
    form = with_body(open_form(mine, edit_url(shared)), changed_body(shared, 1, fr="le mien"))
    save(theirs, shared, with_body(open_form(theirs, edit_url(shared)), changed_body(shared, 1, fr="le leur")))
    refused = save(mine, shared, form)
    (error,) = refused.context["form"].errors.as_data()["body"]
    assert list(error_paths(error)) == [(1, "text", "fr")]
    message = error.block_errors[1].block_errors["text"].block_errors["fr"].message
    assert "le leur" in message and "An Peeters" in message and "<" not in message
    assert json.dumps(message)[1:-1] in unescape(refused.content.decode())
    assert any("<ins>leur</ins>" in text and "mien" not in text for text in messages_of(refused))
    assert in_form(refused)["body-1-value-text-fr"] == form["body-1-value-text-fr"]
    assert save(mine, shared, in_form(refused)).status_code == 302
    assert body(latest(shared))[1]["fr"] == "<p>le mien</p>"


@pytest.mark.sweep
@pytest.mark.parametrize("i_delete", [True, False])
def test_a_block_that_one_deletes_and_the_other_changes_is_nobodys_loss(i_delete, mine, theirs, shared):
    first, _second = shared.body.get_prep_value()
    other_texts = changed_body(shared, 1, fr="changé")
    bodies = ([first], other_texts) if i_delete else (other_texts, [first])
    form = with_body(open_form(mine, edit_url(shared)), bodies[0])
    save(theirs, shared, with_body(open_form(theirs, edit_url(shared)), bodies[1]))
    refused = save(mine, shared, form)
    (error,) = refused.context["form"].errors.as_data()["body"]
    assert bool(error.non_block_errors) == i_delete and (1 in error.block_errors) != i_delete
    if i_delete:
        assert "changé" in str(error.non_block_errors)
    assert save(mine, shared, in_form(refused)).status_code == 302
    assert len(body(latest(shared))) == (1 if i_delete else 2)


@pytest.mark.sweep
def test_dates_and_references_conflict_too(mine, theirs, shared):
    person = make_user("Editors")
    form = open_form(mine, edit_url(shared), review_on="2031-01-01", show_in_menus="on")
    save(theirs, shared, open_form(theirs, edit_url(shared)), review_on="2032-01-01", responsible=str(person.pk))
    refused = save(mine, shared, form)
    assert errors_of(refused).keys() == {"review_on"} and "2032" in errors_of(refused)["review_on"][0]
    assert save(mine, shared, in_form(refused)).status_code == 302
    page = latest(shared)
    assert (str(page.review_on), page.responsible, page.show_in_menus) == ("2031-01-01", person, True)


@pytest.mark.sweep
def test_a_conflict_names_who_wrote_the_text_and_not_who_saved_last(language, mine, theirs, shared):
    form = open_form(mine, edit_url(shared), heading_fr="Moi")
    # In another window this publisher saves something else: it takes in the other's heading, and is the latest version.
    elsewhere = open_form(mine, edit_url(shared), summary_nl="Van mij.")
    save(theirs, shared, open_form(theirs, edit_url(shared)), heading_fr="Autre")
    assert save(mine, shared, elsewhere).status_code == 302
    refused = save(mine, shared, form)
    (error,) = errors_of(refused)["heading_fr"]
    assert "An Peeters" in error and translate("you, in another window", language) not in error
    assert "An Peeters" in " ".join(messages_of(refused))
    assert '<span class="difference" lang="fr"><ins>Autre</ins>' in " ".join([error, *messages_of(refused)])


@pytest.mark.sweep
def test_ones_own_text_from_another_window_is_called_so(mine, shared):
    form = open_form(mine, edit_url(shared), heading_fr="Moi")
    save(mine, shared, open_form(mine, edit_url(shared)), heading_fr="Moi aussi")
    assert translate("you, in another window", "nl") in errors_of(save(mine, shared, form))["heading_fr"][0]
