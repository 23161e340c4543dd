"""The form of a page, as editors fill it in: drafts may lack a language, public pages may not, and texts in streams neither."""

import json
from html import unescape

import pytest
from django.utils import translation

from languages.codes import LANGUAGES
from languages.units import kind_of, translated_fields
from mandates.models import MandatePage
from pages.models import StandardPage
from tests.building import make_mandate, make_standard, make_user
from tests.editor import (
    PUBLISH,
    REASON,
    add_url,
    block,
    edit_url,
    error_paths,
    errors_of,
    example,
    in_form,
    open_form,
    publish,
    save_draft,
    stream,
    text_paths,
    things_to_choose,
    translate,
)
from tests.page_forms import MODELS, NO_HEADING, fill_form, place_for, streams_of, without_revision


def asks_for_both(model, name):
    """Say whether a text that stands in Dutch is asked for in French too: an address of something elsewhere is not."""
    return kind_of(model._meta.get_field(name)) != "url"


def test_the_form_that_tests_open_has_the_fields_of_the_whole_page(publisher, client, standard):
    url = edit_url(standard)
    alone, whole = open_form(client, url), in_form(client.get(url))
    assert alone.keys() == whole.keys()
    signed = {"alignment_base", "opened_as"}  # with the moment at which the form was opened
    assert {name for name in whole if alone[name] != whole[name]} <= signed


# --- Every page type, from an empty form to a public page


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.sampled(1)
@pytest.mark.usefixtures("own_media")
def test_a_draft_needs_no_french_and_a_public_page_does(model, client, db):
    editors = {language: make_user("Publishers", language) for language in ("nl", "fr")}
    place = place_for(model)
    chosen = things_to_choose(place)
    new = add_url(model, place)

    # A draft in Dutch only is saved, and comes back as it was typed.
    client.force_login(editors["nl"])
    typed = fill_form(model, open_form(client, new), chosen, "nl")
    response = client.post(new, typed)
    page = model.objects.get()
    assert (response.status_code, response.url) == (302, edit_url(page))
    draft = page.get_latest_revision_as_object()
    assert not page.live
    assert draft.heading_nl == "heading nl" and not draft.heading_fr
    assert (page.title, page.slug) == ("heading nl", page.translation_key.hex[:12])
    form = open_form(client, edit_url(page))
    assert without_revision(form) == without_revision(typed)

    # Publishing is refused in the language of each editor, with a message at each French field and nothing typed lost.
    asked = {f"{name}_fr" for name in translated_fields(model) if f"{name}_nl" in typed and asks_for_both(model, name)}
    with_texts = {field.name: set(text_paths(field.stream_block)) for field in streams_of(model)}
    for language, editor in editors.items():
        client.force_login(editor)
        refused = client.post(edit_url(page), form | PUBLISH)
        errors = refused.context["form"].errors.as_data()
        assert set(errors) == asked | {name for name, paths in with_texts.items() if paths}
        for name, paths in with_texts.items():
            shown = {path for error in errors.get(name, ()) for path in error_paths(error)}
            assert shown == {(*path, "fr") for path in paths}
        message = translate("Missing in %(language)s: %(text)s.", language, language="fr", text="summary")
        assert errors_of(refused)["summary_fr"] == [message]
        assert f'<html lang="{language}"' in refused.content.decode()
        assert without_revision(in_form(refused)) == without_revision(form)
        assert not model.objects.get().live

    # With both it is accepted, and English may stay away.
    accepted = client.post(edit_url(page), fill_form(model, in_form(refused), chosen, "nl", "fr") | PUBLISH)
    assert accepted.status_code == 302, accepted.context["form"].errors
    page = model.objects.get()
    assert page.live and not page.has_unpublished_changes
    assert set(page.paths()) == {"nl", "fr"}
    assert (page.title, page.slug) == ("heading nl", page.translation_key.hex[:12])


# --- Wagtail's mirrors


@pytest.mark.parametrize("reader", LANGUAGES)
@pytest.mark.sampled(1)
def test_who_edits_in_which_language_changes_neither_title_nor_slug(reader, client, standard):
    client.force_login(make_user("Publishers", reader))
    typed = {"heading_fr": "Nouveau titre", "heading_en": "New title", "url_slug_fr": "nouveau"}
    assert publish(client, standard, **typed, **REASON).status_code == 302
    after = StandardPage.objects.get()
    assert (after.title, after.draft_title, after.slug) == ("standard nl", "standard nl", standard.slug)
    assert (after.heading_nl, after.heading_fr, after.heading_en) == ("standard nl", "Nouveau titre", "New title")
    assert after.paths() == {"nl": "/nl/standard-nl/", "fr": "/fr/nouveau/", "en": "/en/standard-en/"}


@pytest.mark.sampled(1)
def test_the_title_is_the_first_heading_in_the_order_dutch_french_english(language, client, home):
    client.post(add_url(StandardPage, home), open_form(client, add_url(StandardPage, home), heading_en="English"))
    page = StandardPage.objects.get()
    slug = page.slug
    assert page.title == "English"
    for typed, title in (({"heading_fr": "Français"}, "Français"), ({"heading_nl": "Nederlands"}, "Nederlands")):
        assert save_draft(client, page, **typed).status_code == 302
        page = StandardPage.objects.get()
        assert (page.title, page.draft_title, page.slug) == (title, title, slug)


@pytest.mark.sampled(1)
def test_a_draft_that_begins_in_french_is_saved(language, client, home):
    url = add_url(StandardPage, home)
    response = client.post(url, open_form(client, url, heading_fr="Premier jet"))
    page = StandardPage.objects.get()
    assert (response.status_code, response.url) == (302, edit_url(page))
    assert page.title == "Premier jet" and not page.live
    assert open_form(client, edit_url(page))["heading_fr"] == "Premier jet"


@pytest.mark.sampled(1)
def test_the_admin_calls_a_page_by_its_heading_in_the_editors_language(language, client, standard):
    assert f"standard {language}" in client.get(edit_url(standard)).content.decode()
    with translation.override(language):
        assert standard.get_admin_display_title() == str(standard) == f"standard {language}"


@pytest.mark.sampled(1)
def test_a_draft_without_any_heading_is_refused_with_a_message(language, client, home):
    url = add_url(StandardPage, home)
    typed = open_form(client, url, summary_fr="Un résumé sans titre.")
    refused = client.post(url, typed)
    assert errors_of(refused) == {"heading_nl": [translate(NO_HEADING, language)]}
    assert without_revision(in_form(refused)) == without_revision(typed)
    assert not StandardPage.objects.exists()


@pytest.mark.sweep
def test_a_draft_that_loses_its_last_heading_is_refused_with_a_message(language, client, home):
    page = make_standard(home, languages=["fr"], live=False)
    assert errors_of(save_draft(client, page, heading_fr=" ")) == {"heading_nl": [translate(NO_HEADING, language)]}


@pytest.mark.sweep
def test_saving_by_itself_keeps_an_incomplete_draft_and_shows_readers_nothing_of_it(publisher, client, home):
    page, script = make_standard(home), {"Accept": "application/json"}
    form = open_form(client, edit_url(page), heading_fr="Nouveau", summary_fr="")
    saved = client.post(edit_url(page), form, headers=script).json()
    assert saved["success"]
    refused = client.post(edit_url(page), form | {"url_slug_fr": "zoeken"}, headers=script)
    assert not refused.json()["success"]
    again = form | saved["field_updates"] | {"overwrite_revision_id": saved["revision_id"], "heading_fr": "Plus nouveau"}
    assert client.post(edit_url(page), again, headers=script).json()["success"]
    after = StandardPage.objects.get()
    assert (after.heading_fr, after.paths()) == ("standard fr", page.paths())
    assert open_form(client, edit_url(page))["heading_fr"] == "Plus nouveau"


@pytest.mark.sweep
def test_saving_by_itself_leaves_no_draft_where_nothing_was_changed(publisher, client, home):
    page, script = make_standard(home), {"Accept": "application/json"}
    form, before = open_form(client, edit_url(page)), page.latest_revision_id
    answer = client.post(edit_url(page), form, headers=script).json()
    page.refresh_from_db()
    assert answer["success"] and (page.latest_revision_id, page.has_unpublished_changes) == (before, False)
    assert client.post(edit_url(page), form | {"heading_fr": "Nouveau"}, headers=script).json()["success"]
    page.refresh_from_db()
    assert page.has_unpublished_changes


# --- Texts within streams


def with_body(form, *items):
    """Return a form whose body consists of stored items."""
    kept = {name: value for name, value in form.items() if not name.startswith("body-")}
    return kept | stream("body", StandardPage._meta.get_field("body").stream_block, list(items))


def text_in(*languages, only_in=()):
    return block("text", text={code: f"<p>Tekst {code}</p>" for code in languages}, only_in=list(only_in))


@pytest.mark.sampled(1)
def test_a_body_text_in_dutch_only_keeps_a_page_from_being_published_and_not_from_being_saved(language, client, home):
    page = make_standard(home, live=False)
    typed = with_body(open_form(client, edit_url(page)), text_in("nl", "fr", "en"), text_in("nl"))
    refused = client.post(edit_url(page), typed | PUBLISH)
    error = refused.context["form"].errors.as_data()["body"][0]
    assert list(error_paths(error)) == [(1, "text", "fr")]
    with translation.override(language):
        body = StandardPage._meta.get_field("body")
        label = f"{body.verbose_name} – {body.stream_block.child_blocks['text'].child_blocks['text'].label}"
    message = translate("Missing in %(language)s: %(text)s.", language, language="fr", text=label)
    assert error.block_errors[1].block_errors["text"].block_errors["fr"].message == message
    assert json.dumps(message)[1:-1] in unescape(refused.content.decode()), "The editor's script shows it at the block."
    assert client.post(edit_url(page), typed).status_code == 302


@pytest.mark.parametrize(
    ("written", "only_in"),
    [(["nl"], ["nl"]), (["fr"], ["fr"]), (["en"], ["en"]), (["nl", "fr"], ["nl", "fr"]), (["nl", "fr"], [])],
)
@pytest.mark.sampled(1)
def test_a_block_needs_the_languages_it_is_meant_for_and_no_others(written, only_in, publisher, client, home):
    page = make_standard(home, live=False)
    typed = with_body(open_form(client, edit_url(page)), text_in(*written, only_in=only_in))
    assert client.post(edit_url(page), typed | PUBLISH).status_code == 302
    page = StandardPage.objects.get()
    assert page.live
    assert page.body[0].value["only_in"] == only_in


@pytest.mark.sweep
def test_a_block_limited_to_a_language_in_which_it_has_no_text_is_refused(publisher, client, home):
    page = make_standard(home, live=False)
    typed = with_body(open_form(client, edit_url(page)), text_in("nl", only_in=["fr"]))
    refused = client.post(edit_url(page), typed | PUBLISH)
    assert list(error_paths(refused.context["form"].errors.as_data()["body"][0])) == [(0, "text", "fr")]


@pytest.mark.sweep
def test_what_else_is_wrong_within_a_stream_is_said_at_its_block(publisher, client, section):
    page = make_mandate(section)
    figures = MandatePage._meta.get_field("figures").stream_block
    wrong = example(figures, LANGUAGES, {})
    wrong[0]["value"]["value"] = "many"
    typed = open_form(client, edit_url(page)) | stream("figures", figures, wrong)
    for action in ({}, PUBLISH):
        refused = client.post(edit_url(page), typed | action)
        assert [list(error_paths(error)) for error in refused.context["form"].errors.as_data()["figures"]] == [[(0, "value")]]
