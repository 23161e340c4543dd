"""The editor: real forms, in which drafts may lack a language and public pages may not."""

import json
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.fields import StreamField
from wagtail.models import Page

from directory.models import GlossaryTerm, Organisation
from languages.codes import LANGUAGES
from languages.units import kind_of, translated_fields
from mandates.models import MandateIndexPage, MandatePage
from pages.address_writer import taken_message
from pages.models import (
    AccessibilityStatementPage,
    ContactPage,
    GlossaryPage,
    HomePage,
    SitePage,
    SiteSettings,
    StandardPage,
)
from tests.building import (
    INDEX_OF,
    INDEXES,
    TYPES,
    add,
    make_home,
    make_mandate,
    make_section,
    make_standard,
    make_user,
    texts,
    topic_texts,
)
from tests.editor import (
    PUBLISH,
    REASON,
    add_url,
    block,
    edit_url,
    error_paths,
    errors_of,
    example,
    form_with,
    in_form,
    messages_of,
    open_form,
    publish,
    said,
    save_draft,
    stream,
    text_paths,
    texts_for,
    things_to_choose,
)

# Two stand for all of them outside of the long checks: the plainest, and the one with the most fields.
MODELS = [model if model in (StandardPage, MandatePage) else pytest.param(model, marks=pytest.mark.sweep) for model in TYPES]
TAKEN = "Another page has this address in %(language)s already."
RESERVED = "This address belongs to the site itself; choose another."
TOO_LONG = "The whole address would be too long; shorten the slug."
NO_HEADING = "Give the page a heading in one language at least."


@pytest.fixture(autouse=True)
def surroundings(settings, tmp_path):
    """Files of tests go to a folder of their own."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(params=["nl", "fr"])
def language(request, client, db):
    """The language of the admin of a publisher, who is logged in."""
    client.force_login(make_user("Publishers", request.param))
    return request.param


@pytest.fixture
def publisher(client, db):
    """A publisher, logged in."""
    user = make_user("Publishers")
    client.force_login(user)
    return user


def place_for(model):
    """Return a page below which one of `model` may stand."""
    if model is HomePage:
        return Page.get_first_root_node()
    home = make_home()
    return make_section(home, INDEX_OF[model]) if model in INDEX_OF else home


def streams_of(model):
    return [field for field in model._meta.get_fields() if isinstance(field, StreamField)]


def filled(model, form, chosen, *languages):
    """Return a form with something in every translated field, and one of each block, in some languages."""
    form = form | texts_for(model, languages, form)
    for field in streams_of(model):
        form |= stream(field.name, field.stream_block, example(field.stream_block, languages, chosen))
    return form


def asks_for_both(model, name):
    """Say whether a text that stands in Dutch is asked for in French too: an address of something elsewhere is not."""
    return kind_of(model._meta.get_field(name)) != "url"


def without_revision(form):
    """Return a form without what tells which revision it was loaded from."""
    own = ("loaded_revision", "action-", "locale", "alignment_base", "opened_as")
    return {name: value for name, value in form.items() if not name.startswith(own)}


def test_the_form_that_tests_open_has_the_fields_of_the_whole_page(publisher, client, standard):
    url = edit_url(standard)
    alone, whole = open_form(client, url), in_form(client.get(url))
    assert alone.keys() == whole.keys()
    signed = {"alignment_base", "opened_as"}  # with the moment at which the form was opened
    assert {name for name in whole if alone[name] != whole[name]} <= signed


# --- Every page type, from an empty form to a public page


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.sampled(1)
def test_a_draft_needs_no_french_and_a_public_page_does(model, client, db):
    editors = {language: make_user("Publishers", language) for language in ("nl", "fr")}
    place = place_for(model)
    chosen = things_to_choose(place)
    new = add_url(model, place)

    # A draft in Dutch only is saved, and comes back as it was typed.
    client.force_login(editors["nl"])
    typed = filled(model, open_form(client, new), chosen, "nl")
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
        message = said("Missing in %(language)s: %(text)s.", language, language="fr", text="summary")
        assert errors_of(refused)["summary_fr"] == [message]
        assert f'<html lang="{language}"' in refused.content.decode()
        assert without_revision(in_form(refused)) == without_revision(form)
        assert not model.objects.get().live

    # With both it is accepted, and English may stay away.
    accepted = client.post(edit_url(page), filled(model, in_form(refused), chosen, "nl", "fr") | PUBLISH)
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
    assert errors_of(refused) == {"heading_nl": [said(NO_HEADING, language)]}
    assert without_revision(in_form(refused)) == without_revision(typed)
    assert not StandardPage.objects.exists()


@pytest.mark.sweep
def test_a_draft_that_loses_its_last_heading_is_refused_with_a_message(language, client, home):
    page = make_standard(home, languages=["fr"], live=False)
    assert errors_of(save_draft(client, page, heading_fr=" ")) == {"heading_nl": [said(NO_HEADING, language)]}


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
    message = said("Missing in %(language)s: %(text)s.", language, language="fr", text=label)
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


# --- Slugs


@pytest.mark.sweep
def test_a_slug_that_a_sibling_has_in_the_same_language_is_refused_in_drafts_too(language, client, home):
    make_standard(home, "taken")
    with translation.override(language):
        message = taken_message("fr")
    assert message == said(TAKEN, language, language="fr")
    url = add_url(StandardPage, home)
    typed = open_form(client, url, heading_nl="Nieuw", url_slug_nl="nieuw", url_slug_fr="taken-fr", url_slug_en="taken-nl")
    refused = client.post(url, typed)
    assert errors_of(refused) == {"url_slug_fr": [message]}
    assert without_revision(in_form(refused)) == without_revision(typed)
    other = make_standard(home, "other")
    for press in (save_draft, publish):
        assert errors_of(press(client, other, url_slug_fr="taken-fr")) == {"url_slug_fr": [message]}
    assert StandardPage.objects.get(pk=other.pk).url_slug_fr == "other-fr"


@pytest.mark.sweep
def test_a_slug_that_a_draft_has_already_is_refused(publisher, client, home):
    make_standard(home, "taken", live=False)
    assert errors_of(save_draft(client, make_standard(home, "other"), url_slug_nl="taken-nl")).keys() == {"url_slug_nl"}


@pytest.mark.sweep
def test_the_same_slug_is_free_elsewhere_in_the_tree(publisher, client, home):
    make_standard(home, "taken")
    below = make_standard(make_standard(home, "other"), "new")
    assert publish(client, below, url_slug_fr="taken-fr").status_code == 302
    assert StandardPage.objects.get(pk=below.pk).paths()["fr"] == "/fr/other-fr/taken-fr/"


@pytest.mark.sweep
def test_a_slug_of_the_site_itself_is_refused_below_the_home_page_only(language, client, standard):
    form = open_form(client, edit_url(standard))
    for slug in ("zoeken", "recherche", "search", "api", "feed"):
        refused = client.post(edit_url(standard), form | {"url_slug_fr": slug})
        assert errors_of(refused) == {"url_slug_fr": [said(RESERVED, language)]}, slug
    assert errors_of(publish(client, standard, url_slug_nl="zoeken")) == {"url_slug_nl": [said(RESERVED, language)]}
    assert publish(client, make_standard(standard, "below"), url_slug_fr="recherche").status_code == 302


@pytest.mark.sweep
def test_a_slug_without_letters_or_too_long_is_refused_and_others_are_tidied(publisher, client, standard):
    form = open_form(client, edit_url(standard))
    for slug in ("???", "Работа", "x" * 81):
        refused = client.post(edit_url(standard), form | {"url_slug_fr": slug})
        assert errors_of(refused).keys() == {"url_slug_fr"}, slug
        assert in_form(refused)["url_slug_fr"] == slug
    assert publish(client, standard, url_slug_fr="Vélo_d’été").status_code == 302
    standard.refresh_from_db()
    assert standard.url_slug_fr == "velo-d-ete"


@pytest.mark.sweep
def test_a_slug_that_makes_the_whole_address_too_long_is_refused(language, client, home):
    place = home
    for letter in "abc":
        place = add(place, StandardPage, **texts(letter, url_slug_fr=letter * 80))
    page = make_standard(place, url_slug_fr="x")
    for press in (save_draft, publish):
        assert errors_of(press(client, page, url_slug_fr="x" * 8)) == {"url_slug_fr": [said(TOO_LONG, language)]}
    assert publish(client, page, url_slug_fr="x" * 7).status_code == 302
    assert len(StandardPage.objects.get(pk=page.pk).address_fr) == 250


@pytest.mark.sweep
def test_a_slug_that_makes_an_address_below_it_too_long_is_refused(language, client, home):
    first = place = make_standard(home, "first")
    for letter in "abc":
        place = add(place, StandardPage, **texts(letter, url_slug_fr=letter * 79))
    refused = publish(client, first, url_slug_fr="x" * 20, summary_nl="Something typed.", **REASON)
    assert errors_of(refused) == {"url_slug_fr": [said(TOO_LONG, language)]}
    assert in_form(refused)["summary_nl"] == "Something typed."
    assert publish(client, first, url_slug_fr="x" * 10, **REASON).status_code == 302


# --- The directory and the settings


def snippet_url(model, action="add", *args):
    return reverse(f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:{action}", args=args)


@pytest.mark.parametrize(("model", "name"), [(Organisation, "name"), (GlossaryTerm, "term")])
@pytest.mark.sampled(2)
def test_an_entry_of_the_directory_is_saved_in_both_languages_only(model, name, language, client):
    url = snippet_url(model)
    typed = form_with(client.get(url), f"{name}_nl") | {f"{name}_nl": "Nederlands", "abbreviation_nl": "NL"}
    refused = client.post(url, typed)
    with translation.override(language):
        label = str(model._meta.get_field(name).verbose_name)
    message = said("Missing in %(language)s: %(text)s.", language, language="fr", text=label)
    assert errors_of(refused) == {f"{name}_fr": [message]}
    assert form_with(refused, f"{name}_nl")[f"{name}_nl"] == "Nederlands"
    assert not model.objects.exists()
    assert client.post(url, typed | {f"{name}_fr": "Français"}).status_code == 302
    entry = model.objects.get()
    assert getattr(entry, f"{name}_fr") == "Français" and not entry.abbreviation_fr

    edit = snippet_url(model, "edit", entry.pk)
    refused = client.post(edit, form_with(client.get(edit), f"{name}_nl") | {f"{name}_nl": ""})
    assert errors_of(refused).keys() == {f"{name}_nl"}


@pytest.mark.sampled(1)
def test_the_settings_are_saved_in_both_languages_only(language, client):
    url = client.get(reverse("wagtailsettings:edit", args=["pages", "sitesettings"])).url
    typed = form_with(client.get(url), "site_name_nl") | {
        "site_name_nl": "Naam",
        "site_name_fr": "Nom",
        "organisation_name_nl": "Actiris",
        "hours_fr": "De 9 h à 17 h",
    }
    refused = client.post(url, typed)
    assert errors_of(refused).keys() == {"organisation_name_fr", "hours_nl"}
    assert form_with(refused, "site_name_nl") | {"next": ""} == typed | {"next": ""}
    accepted = client.post(url, typed | {"organisation_name_fr": "Actiris", "hours_nl": "9 tot 17 uur"})
    assert accepted.status_code == 302
    assert SiteSettings.load().site_name_fr == "Nom"


# --- The rules of the tree


MAY_STAND_BELOW = {
    HomePage: {Page},
    StandardPage: {HomePage, StandardPage},
    **{model: {HomePage} for model in (GlossaryPage, ContactPage, AccessibilityStatementPage, *INDEXES)},
    **{topic: {index} for topic, index in INDEX_OF.items()},
}


def one_of_each(home):
    """Return a page of each type, the root of the tree included."""
    pages = {Page: Page.get_first_root_node(), HomePage: home}
    for model in TYPES[1:]:
        pages[model] = add(pages[INDEX_OF.get(model, HomePage)], model, live=False, **texts(model._meta.model_name))
    return pages


@pytest.mark.sweep
def test_each_type_of_page_stands_where_it_belongs_and_nowhere_else(home):
    pages = one_of_each(home)
    places = {model: {place for place, page in pages.items() if model.can_exist_under(page)} for model in TYPES}
    assert places == MAY_STAND_BELOW


@pytest.mark.sweep
def test_there_is_one_home_page_one_of_each_section_and_any_number_of_topics(home):
    pages = one_of_each(home)
    many = {model for model in TYPES if any(model.can_create_at(page) for page in pages.values())}
    assert many == {StandardPage, *INDEX_OF}
    assert not SitePage.can_create_at(home)


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("model", "place"), [(HomePage, Page), (MandatePage, HomePage), (StandardPage, MandateIndexPage), (ContactPage, HomePage)]
)
def test_the_admin_creates_no_page_where_it_does_not_belong(model, place, publisher, client, home):
    pages = one_of_each(home)
    before = Page.objects.count()
    response = client.post(add_url(model, pages[place]), texts("new"))
    assert response.status_code == 302 and messages_of(response)
    assert Page.objects.count() == before


# --- Copies


def copy_url(page):
    return reverse("wagtailadmin_pages:copy", args=[page.pk])


def copy_form(client, page, **typed):
    """Return what a browser would send of the form that copies `page`."""
    return form_with(client.get(copy_url(page)), "heading_nl") | typed


@pytest.mark.sampled(1)
def test_the_form_that_copies_brings_slugs_that_are_free_in_each_language(language, client, home, standard):
    make_standard(home, "other", url_slug_fr="standard-fr-2")
    form = copy_form(client, standard)
    assert [form[f"heading_{code}"] for code in LANGUAGES] == ["standard nl", "standard fr", "standard en"]
    assert [form[f"url_slug_{code}"] for code in LANGUAGES] == ["standard-nl-2", "standard-fr-3", "standard-en-2"]
    response = client.post(copy_url(standard), form)
    assert response.status_code == 302
    copy = StandardPage.objects.order_by("pk").last()
    assert not copy.live and copy.paths() == {}
    assert (copy.url_slug_nl, copy.url_slug_fr) == ("standard-nl-2", "standard-fr-3")
    assert copy.slug == copy.translation_key.hex[:12] != standard.slug
    assert StandardPage.objects.get(pk=standard.pk).paths() == standard.paths()


@pytest.mark.sweep
def test_a_copy_has_the_headings_and_slugs_that_were_typed(publisher, client, standard):
    typed = {"heading_nl": "Nieuw", "heading_fr": "Neuf", "url_slug_nl": "nieuw", "url_slug_fr": "neuf"}
    assert client.post(copy_url(standard), copy_form(client, standard, publish_copies="on", **typed)).status_code == 302
    copy = StandardPage.objects.order_by("pk").last()
    assert (copy.title, copy.heading_fr, copy.live) == ("Nieuw", "Neuf", True)
    assert copy.paths() == {"nl": "/nl/nieuw/", "fr": "/fr/neuf/", "en": "/en/standard-en-2/"}
    assert open_form(client, edit_url(copy))["heading_fr"] == "Neuf"


@pytest.mark.sweep
def test_a_copy_to_an_address_that_it_cannot_have_is_refused_at_the_field(language, client, home, standard):
    make_standard(home, "taken")
    before = Page.objects.count()
    form = copy_form(client, standard)
    for slug in ("taken-fr", "standard-fr", "recherche", "???", "x" * 81):
        for wish in ({}, {"publish_copies": "on"}):
            typed = form | {"url_slug_fr": slug, "heading_nl": "Getypt", "heading_fr": "Tapé"} | wish
            refused = client.post(copy_url(standard), typed)
            assert errors_of(refused).keys() == {"url_slug_fr"}, slug
            again = form_with(refused, "heading_nl")
            assert (again["url_slug_fr"], again["heading_nl"]) == (slug, "Getypt")
            assert refused.context["form"]["publish_copies"].value() == bool(wish)
    for name, slug, message in (
        ("url_slug_fr", "taken-fr", said(TAKEN, language, language="fr")),
        ("url_slug_nl", "zoeken", said(RESERVED, language)),
    ):
        assert errors_of(client.post(copy_url(standard), form | {name: slug})) == {name: [message]}
    assert Page.objects.count() == before


@pytest.mark.parametrize("wish", ["publish_copies", "alias"])
@pytest.mark.parametrize("missing", ["heading_fr", "url_slug_fr", "heading_nl"])
@pytest.mark.sampled(1)
def test_a_copy_that_would_be_public_without_both_languages_is_refused(missing, wish, publisher, client, standard):
    before = Page.objects.count()
    refused = client.post(copy_url(standard), copy_form(client, standard, **{missing: "", wish: "on"}))
    assert errors_of(refused).keys() == {wish}
    assert Page.objects.count() == before


def test_a_copy_without_any_heading_is_refused_with_a_message(language, client, standard):
    form = copy_form(client, standard, **{f"heading_{code}": "" for code in LANGUAGES})
    refused = client.post(copy_url(standard), form)
    assert said(NO_HEADING, language) in refused.content.decode()
    assert StandardPage.objects.count() == 1


@pytest.mark.sweep
def test_a_copy_with_all_pages_below_it_has_addresses_of_its_own(publisher, client, standard):
    below = make_standard(make_standard(standard, "below"), "deep")
    form = copy_form(client, standard, copy_subpages="on", publish_copies="on", url_slug_nl="kopie", url_slug_fr="copie")
    assert client.post(copy_url(standard), form).status_code == 302
    copies = [copy.specific.paths().get("fr") for copy in StandardPage.objects.filter(pk__gt=below.pk).order_by("path")]
    assert copies == ["/fr/copie/", "/fr/copie/below-fr/", "/fr/copie/below-fr/deep-fr/"]
    assert StandardPage.objects.get(pk=below.pk).paths() == below.paths()


@pytest.mark.sweep
def test_the_draft_of_a_page_is_copied_along(publisher, client, standard):
    save_draft(client, standard, summary_fr="Un brouillon.")
    client.post(copy_url(standard), copy_form(client, StandardPage.objects.get()))
    copy = StandardPage.objects.order_by("pk").last()
    assert open_form(client, edit_url(copy))["summary_fr"] == "Un brouillon."
    assert open_form(client, edit_url(copy))["url_slug_fr"] == "standard-fr-2"


@pytest.mark.sweep
def test_an_alias_has_addresses_of_its_own_and_keeps_them_when_its_source_changes(publisher, client, home):
    page = make_standard(home, languages=["nl", "fr"])
    form = copy_form(client, page, alias="on")
    assert client.post(copy_url(page), form).status_code == 302
    alias = StandardPage.objects.get(alias_of__isnull=False)
    assert alias.live
    assert alias.paths() == {"nl": "/nl/standard-nl-2/", "fr": "/fr/standard-fr-2/"}

    typed = {"heading_nl": "Anders", "url_slug_fr": "autre", "heading_en": "English", "url_slug_en": "english"}
    assert publish(client, page, **typed, **REASON).status_code == 302
    page, alias = StandardPage.objects.get(pk=page.pk), StandardPage.objects.get(pk=alias.pk)
    assert page.paths() == {"nl": "/nl/standard-nl/", "fr": "/fr/autre/", "en": "/en/english/"}
    assert (alias.heading_nl, alias.title) == ("Anders", "Anders")
    assert alias.paths() == {"nl": "/nl/standard-nl-2/", "fr": "/fr/standard-fr-2/", "en": "/en/english-2/"}
    assert alias.slug == alias.translation_key.hex[:12]


@pytest.mark.sweep
def test_an_alias_elsewhere_has_the_slugs_of_its_source(publisher, client, home):
    page, place = make_standard(home), make_standard(home, "place")
    form = copy_form(client, page, alias="on", new_parent_page=str(place.pk))
    assert client.post(copy_url(page), form).status_code == 302
    assert StandardPage.objects.get(alias_of=page).paths()["fr"] == "/fr/place-fr/standard-fr/"


@pytest.mark.sweep
def test_an_alias_that_becomes_a_page_of_its_own_keeps_its_addresses(publisher, client, standard):
    client.post(copy_url(standard), copy_form(client, standard, alias="on"))
    alias = StandardPage.objects.get(alias_of=standard)
    assert client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk])).status_code == 302
    assert publish(client, alias, heading_fr="À soi", **REASON).status_code == 302
    after = StandardPage.objects.get(pk=alias.pk)
    assert (after.alias_of, after.heading_fr, after.paths()) == (None, "À soi", alias.paths())


# --- Previews


def preview_url(page):
    return reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])


def shown_in(response):
    """Return the language that a page declares, and its main heading."""
    html = response.content.decode()
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    return re.search(r'<html[^>]* lang="(\w+)"', html)[1], " ".join(re.sub(r"<[^>]*>", " ", heading[1]).split())


@pytest.mark.sweep
@pytest.mark.parametrize("model", MODELS)
def test_a_draft_is_previewed_as_readers_of_each_language_would_see_it(model, publisher, client):
    place = place_for(model)
    page = add(place, model, live=False, **texts("draft"))
    typed = open_form(client, edit_url(page), **{f"heading_{code}": f"Typed in {code}" for code in LANGUAGES})
    assert client.post(preview_url(page), typed).json() == {"is_valid": True, "is_available": True}
    for mode in LANGUAGES:
        response = client.get(preview_url(page), {"mode": mode})
        assert response.status_code == 200
        assert shown_in(response) == (mode, f"Typed in {mode}")
    assert not model.objects.get().live


def test_a_page_that_is_not_saved_yet_is_previewed(publisher, client, home):
    url = reverse("wagtailadmin_pages:preview_on_add", args=["pages", "standardpage", home.pk])
    typed = open_form(client, add_url(StandardPage, home), heading_fr="Premier jet")
    assert client.post(url, typed).json() == {"is_valid": True, "is_available": True}
    assert shown_in(client.get(url, {"mode": "fr"})) == ("fr", "Premier jet")


def test_a_saved_draft_is_viewed_in_each_language(publisher, client, home):
    page = make_standard(home, live=False)
    for mode in LANGUAGES:
        response = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]), {"mode": mode})
        assert (response.status_code, *shown_in(response)) == (200, mode, f"standard {mode}")


# --- The explorer


def explore(client, page):
    return client.get(reverse("wagtailadmin_explore", args=[page.pk]))


@pytest.mark.sampled(1)
def test_the_explorer_shows_in_which_languages_readers_find_each_page(language, client, home):
    make_standard(home, "public", languages=["nl", "fr"])
    make_standard(home, "draft", languages=["fr"], live=False)
    html = explore(client, home).content.decode()
    badges = re.findall(r'language-badge--(\w+)">\s*<abbr title="([^"]*)">(\w+)</abbr>', html)
    rows = {tuple((code, state) for state, _title, code in badges[start : start + 3]) for start in range(0, len(badges), 3)}
    assert (("NL", "live"), ("FR", "live"), ("EN", "none")) in rows
    assert (("NL", "none"), ("FR", "draft"), ("EN", "none")) in rows


@pytest.mark.sweep
def test_the_explorer_asks_the_database_no_more_for_more_pages(publisher, client, home):
    counts = []
    for number in range(25):
        make_standard(home, f"page {number}", live=number % 2 == 0)
        if number in (4, 24):
            explore(client, home)  # fills what is remembered between requests
            with CaptureQueriesContext(connection) as captured:
                assert explore(client, home).content.decode().count("language-badges") >= number
            counts.append(len(captured))
    assert counts[0] == counts[1]


# --- What else the admin does with pages


@pytest.mark.sweep
@pytest.mark.parametrize("model", MODELS)
def test_every_view_of_the_admin_knows_our_pages(model, publisher, client):
    place = place_for(model)
    chosen = things_to_choose(place)
    page = add(place, model, **(topic_texts if model in INDEX_OF else texts)("page"))
    first = page.latest_revision
    typed = filled(model, open_form(client, edit_url(page)), chosen, *LANGUAGES)
    assert client.post(edit_url(page), typed).status_code == 302
    page = model.objects.get()
    latest = page.latest_revision
    assert latest != first
    views = [
        ("history", []),
        ("workflow_history", []),
        ("unpublish", []),
        ("delete", []),
        ("move", []),
        ("copy", []),
        ("usage", []),
        ("revisions_revert", [first.pk]),
        ("revisions_view", [first.pk]),
        ("view_draft", []),
        ("revisions_compare", [first.pk, latest.pk]),
        ("revisions_compare", ["live", "latest"]),
    ]
    for name, more in views:
        response = client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *more]))
        assert response.status_code == 200, name
    compared = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, latest.pk]))
    assert "heading fr" in re.sub(r"<[^>]*>", "", compared.content.decode())
