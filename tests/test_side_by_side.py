"""Texts side by side in the editor: the columns somebody chose, what is said beside each text, and who may ask for it."""

import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.images import get_image_model

from directory.glossary.editor_terms import term_notes
from directory.models import GlossaryTerm, Organisation
from languages.codes import LANGUAGES
from languages.text_notes import text_notes
from languages.units import put, units
from pages.models import SiteSettings
from tests.building import make_standard, make_user
from tests.editor import block, edit_url, translate
from tests.uploads import PDF, picture, upload

COLUMNS = "/admin/languages/columns/"


def states_url(instance, pk=None):
    meta = instance._meta
    return reverse("text_states", args=[meta.app_label, meta.model_name, pk or instance.pk])


@pytest.fixture
def about(home):
    """A published page whose Dutch text has moved on in its draft: the French and English are behind."""
    page = make_standard(home, "about", body=[block("text", text={code: f"<p>Text in {code}.</p>" for code in LANGUAGES})])
    draft = page.get_latest_revision_as_object()
    address = f"body.{draft.body[0].id}.text"
    put(draft, {address: {"nl": "<p>Tekst in <b>nl</b> & meer.</p>"}})
    draft.save_revision()
    return page


def text_address(page):
    return f"body.{page.get_latest_revision_as_object().body[0].id}.text"


# --- The columns


@pytest.mark.sweep
def test_a_choice_of_columns_is_kept_for_whoever_made_it_and_for_nobody_else(client, about):
    one, other = make_user("Editors"), make_user("Editors")
    client.force_login(one)
    answer = client.post(COLUMNS, {"languages": ["fr", "nl"]})
    assert answer.json()["says"].endswith("Nederlands, Français.")
    for user, shown in ((one, "nl fr"), (other, "nl fr en")):
        client.force_login(user)
        bar = bar_of(client, edit_url(about))
        assert bar["data-shown"] == shown
        pressed = [button["data-column"] for button in bar.select("[aria-pressed=true]")]
        assert pressed == shown.split()


@pytest.mark.parametrize("languages", [[], ["de"], ["nl", "xx"], [""]])
def test_a_choice_that_makes_no_sense_is_refused_and_changes_nothing(languages, client, db):
    user = make_user("Translators")
    client.force_login(user)
    client.post(COLUMNS, {"languages": ["fr"]})
    answer = client.post(COLUMNS, {"languages": languages})
    assert answer.status_code == 400
    assert answer.json()["says"] == translate("Choose one language at least.", "nl")
    user.refresh_from_db()
    assert user.columns_shown == ["fr"]


def test_columns_are_kept_for_staff_only_by_a_post_of_our_own_forms(client, db):
    assert client.post(COLUMNS, {"languages": ["fr"]}).status_code == 302  # to the login
    user = make_user("Editors")
    client.force_login(user)
    assert client.get(COLUMNS, headers={"Accept": "application/json"}).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert strict.post(COLUMNS, {"languages": ["fr"]}).status_code == 403
    user.refresh_from_db()
    assert user.columns_shown == []


# --- The bar stands above every form that has texts


def bar_of(client, url):
    """Return the parsed bar in the form at `url`."""
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser").select_one("form [data-languages-bar]")


@pytest.mark.sweep
def test_forms_of_pages_entries_and_settings_have_the_bar_with_the_states_before_any_text(client, about):
    client.force_login(make_user())
    organisation = Organisation.objects.create(name_nl="Dienst", name_fr="Service")
    term = GlossaryTerm.objects.create(term_nl="begrip", term_fr="notion")
    settings = SiteSettings.load()
    urls = [
        edit_url(about),
        reverse("wagtailadmin_pages:add", args=["pages", "standardpage", about.get_parent().pk]),
        reverse(Organisation.snippet_viewset.get_url_name("edit"), args=[organisation.pk]),
        reverse(Organisation.snippet_viewset.get_url_name("add")),
        reverse(GlossaryTerm.snippet_viewset.get_url_name("edit"), args=[term.pk]),
        reverse("wagtailsettings:edit", args=["pages", "sitesettings", settings.pk]),
    ]
    for url in urls:
        bar = bar_of(client, url)
        assert bar.find_previous(attrs={"data-contentpath": True}) is None, url
        assert set(json.loads(bar.select_one("script[type='application/json']").string)) == {
            "states",
            "moved",
            "terms",
            "definitions",
            "terms_in",
            "differences",
            "out",
        }


def test_two_versions_are_compared_without_the_bar(client, about):
    client.force_login(make_user())
    response = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[about.pk, "earliest", "latest"]))
    assert (
        response.status_code == 200 and "meer" in response.content.decode() and "languages-bar" not in response.content.decode()
    )


@pytest.mark.sweep
def test_what_is_said_beside_texts_cannot_break_out_of_its_script(client, about):
    draft = about.get_latest_revision_as_object()
    put(draft, {text_address(about): {"nl": "<p>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;</p>"}})
    draft.save_revision()
    client.force_login(make_user())
    notes = json.loads(bar_of(client, edit_url(about)).select_one("script[type='application/json']").string)
    html = next(one for one in notes["states"] if one["state"] == "behind")["twins"][0]["html"]
    assert "&lt;script&gt;" in html.replace("<ins>", "").replace("</ins>", "") and "<script" not in html


# --- How each text stands


def test_a_text_whose_twin_moved_on_is_behind_with_the_difference_and_a_key_to_confirm_it(about):
    address = text_address(about)
    with translation.override("en"):
        notes = text_notes(about.get_latest_revision_as_object())
    behind = {one["language"]: one for one in notes["states"] if one["state"] == "behind"}
    assert set(behind) == {"fr", "en"} and {one["address"] for one in behind.values()} == {address}
    assert behind["fr"]["says"] == "Behind"
    [twin] = behind["fr"]["twins"]
    assert twin["language"] == "nl" and twin["says"] == "What changed in Dutch"
    assert "<del>" in twin["html"] and "<ins>" in twin["html"] and "&amp;" in twin["html"]
    [moved] = notes["moved"]
    assert (moved["address"], moved["language"]) == (address, "nl")
    assert moved["says"] == "Not followed yet: French, English"
    assert moved["keys"] == [key for code in ("fr", "en") for key in behind[code]["keys"]]


def test_what_is_missing_and_what_readers_see_instead_is_said_in_the_language_of_the_admin(home):
    page = make_standard(home, "about", languages=("nl",), live=False)
    with translation.override("nl"):
        notes = {(one["address"], one["language"]): one for one in text_notes(page)["states"]}
    assert notes["heading", "fr"]["state"] == "missing" and notes["heading", "fr"]["says"] == translate("Missing", "nl")
    fallback = translate("Readers see %(language)s", "nl", language="nl")
    assert notes["heading", "en"]["state"] == "fallback" and notes["heading", "en"]["says"] == fallback
    assert ("heading", "nl") not in notes  # what is fine is not said
    assert ("meta_title", "nl") not in notes  # nor what is empty everywhere


# --- Asking for it again while somebody writes


def test_the_states_are_those_of_the_latest_draft_for_whoever_may_edit(client, about):
    client.force_login(make_user("Translators"))
    answer = client.get(states_url(about))
    assert answer.status_code == 200
    assert {one["language"] for one in answer.json()["states"] if one["state"] == "behind"} == {"fr", "en"}


def test_entries_and_settings_have_states_too(client, db):
    client.force_login(make_user("Publishers"))
    organisation = Organisation.objects.create(name_nl="Dienst", name_fr="Service")
    assert client.get(states_url(organisation)).json()["states"][0]["language"] == "en"
    assert client.get(states_url(SiteSettings.load())).status_code == 200


def test_whoever_may_not_edit_something_learns_nothing_of_its_texts(client, about):
    guest = make_user("Translators")
    rights = Permission.objects.filter(codename__in=["change_organisation", "change_sitesettings"])
    guest.groups.first().permissions.remove(*rights)
    client.force_login(guest)
    organisation = Organisation.objects.create(name_nl="Dienst", name_fr="Service")
    for hidden in (organisation, SiteSettings.load()):
        answer = client.get(states_url(hidden))
        assert answer.status_code == 403 and answer.json() == {"says": translate("You may not edit this.", "nl")}
    guest.groups.first().page_permissions.all().delete()
    assert client.get(states_url(about)).status_code == 403


@pytest.mark.parametrize("what", ["pages/standardpage/999999", "no/such/1", "newsroom/user/1", "assets/siteimage/1"])
def test_what_does_not_exist_or_has_no_states_is_not_found_with_a_word(what, client, db):
    client.force_login(make_user())
    answer = client.get(f"/admin/languages/states/{what}/")
    assert answer.status_code == 404 and answer.json() == {"says": translate("This no longer exists.", "nl")}


@pytest.mark.sweep
def test_states_are_for_staff_only_and_only_read(client, about):
    assert client.get(states_url(about)).status_code == 302
    client.force_login(make_user())
    assert client.post(states_url(about)).status_code == 405


# --- The glossary beside a text


def test_the_terms_in_a_text_are_shown_with_their_translation_whichever_language_uses_them(home):
    service = GlossaryTerm.objects.create(
        term_nl="openbare dienst",
        term_fr="service public",
        term_en="public service",
        abbreviation_nl="OD",
        inflections_nl="openbare diensten",
        definition_fr="Ce que la loi en dit.",
        for_staff_only=True,
    )
    GlossaryTerm.objects.create(term_nl="mandaat", term_fr="mandat")
    names = {"summary_fr": "Un service public.", "meta_title_nl": "Openbare diensten", "meta_title_fr": "Autre chose"}
    page = make_standard(home, "about", **names)
    notes = term_notes(page, units(page))
    assert notes["terms"] == [{"nl": ["openbare dienst", "OD"], "fr": ["service public", ""], "en": ["public service", ""]}]
    assert notes["definitions"] == [{"language": "fr", "text": "Ce que la loi en dit."}]  # there is none in Dutch
    assert notes["terms_in"] == {"summary": [0], "meta_title": [0]}
    assert term_notes(service, units(service))["terms"] == []  # a term does not explain itself


@pytest.mark.parametrize(
    ("html", "is_used"),
    [
        ("<p>Een.</p><p>Een <b>openbare</b> en een mandaat.</p>", True),
        ("<p>Een.</p><!-- van hier --><p>Mandaat</p>", True),
        ("mandaat <br/> einde", True),
        ("<p>Een <!-- mandaat --> twee.</p>", False),
        ('<p>Een <a href="/mandaat/">weg</a>.</p>', False),
        ("<mandaat>Een</mandaat>", False),
    ],
)
def test_a_term_is_found_between_the_tags_of_a_rich_text_wherever_it_stands_and_never_in_one(home, html, is_used):
    GlossaryTerm.objects.create(term_nl="mandaat", term_fr="mandat")
    page = make_standard(home, "about", body=[block("text", text={"nl": html, "fr": "<p>Autre.</p>"})])
    assert bool(term_notes(page, units(page))["terms_in"]) is is_used


def test_a_form_costs_three_queries_more_for_all_its_texts(home, django_assert_num_queries):
    short = make_standard(home, "short")
    many = [block("text", text={code: f"<p>Text {n} in {code}.</p>" for code in LANGUAGES}) for n in range(40)]
    long = make_standard(home, "long", body=many)
    for page in (short, long):
        draft = page.get_latest_revision_as_object()
        with django_assert_num_queries(3):  # the terms to be shown, the words by which checks know them, and what is out
            text_notes(draft)


# --- Forms of pictures and documents


PICTURE, DOCUMENT = ("images", "image-chooser-upload"), ("docs", "document-chooser-upload")


def parse(html):
    return BeautifulSoup(html, "html.parser")


def ways_to(client, kind, prefix):
    """Yield each form in which somebody meets a picture or document, parsed: of the library, the chooser, and many uploads."""
    app = f"wagtail{kind}"
    file = upload("foto.png", picture()) if kind == "images" else upload("a.pdf", PDF)
    yield parse(client.get(reverse(f"{app}:add")).content).select_one("#w-editor-form")
    html = client.get(reverse(f"{app}_chooser:choose")).json()["html"]
    yield parse(html).select_one("[data-chooser-modal-creation-form]")
    sent = client.post(reverse(f"{app}_chooser:create"), {f"{prefix}-heading_fr": "Titre"}).json()
    yield parse(sent["htmlFragment"]).select_one("form")
    added = client.post(reverse(f"{app}:add_multiple"), {"title": "Naam", "files[]": file}, headers=BY_SCRIPT).json()
    yield parse(added["form"]).form
    key = added["image_id" if kind == "images" else "doc_id"]
    yield parse(client.get(reverse(f"{app}:edit", args=[key])).content).select_one("#w-editor-form")


BY_SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


@pytest.mark.parametrize(("kind", "prefix"), [PICTURE, DOCUMENT])
@pytest.mark.sampled(1)
def test_every_form_of_a_file_has_the_bar_and_each_translated_field_in_columns(client, home, settings, tmp_path, kind, prefix):
    settings.MEDIA_ROOT = tmp_path
    user = make_user("Editors", "fr")
    user.columns_shown = ["nl", "fr"]
    user.save()
    client.force_login(user)
    fields = {"alternative"} if kind == "images" else {"heading", "edition"}
    for form in ways_to(client, kind, prefix):
        bar = form.select_one("[data-languages-bar]")
        assert bar["data-shown"] == "nl fr"
        assert [button.get_text() for button in bar.select("[data-column]")] == ["Nederlands", "Français", "English"]
        groups = form.select(".translated[role=group]")
        assert {group.select_one("[data-contentpath]")["data-contentpath"].removesuffix("_nl") for group in groups} == fields
        for group in groups:
            named = form.select_one(f"#{group['aria-labelledby']}")
            columns = group.select("[data-language]")
            assert named.get_text(strip=True) and [one["data-language"] for one in columns] == ["nl", "fr", "en"]
            labels = [one.label.get_text(strip=True) for one in columns]
            assert labels == ["Néerlandais", "Français", "Anglais"]
            for one in columns:
                inputs = one.select("input:not([type=checkbox]), textarea")
                assert len(inputs) == 1 and inputs[0]["id"] == one.label["for"]
                assert inputs[0].get("type") == "file" or inputs[0]["lang"] == one["data-language"]
            told = {one["aria-describedby"] for one in group.select("[aria-describedby]")}
            assert all(form.select_one(f"#{name}").get_text(strip=True) for name in told)
        ids = [one["id"] for one in form.select("[id]")]
        assert len(ids) == len(set(ids)), "No id stands twice."


def test_an_error_stands_in_the_column_of_its_language(client, home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(make_user("Editors"))
    typed = {"title": "Naam", "file": upload("foto.png", picture()), "alternative_fr": "x" * 251, "alternative_nl": "Een meer"}
    form = parse(client.post(reverse("wagtailimages:add"), typed).content).select_one("#w-editor-form")
    wrong = [one["data-language"] for one in form.select("[data-language]") if one.select_one(".w-field--error")]
    assert wrong == ["fr"]
    assert form.select_one("[name=alternative_nl]").get_text().strip() == "Een meer"


def test_no_focal_point_is_asked_for_as_pages_show_pictures_whole(client, home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(make_user("Editors"))
    typed = {"title": "Naam", "file": upload("foto.png", picture()), "focal_point_x": "3"}
    assert client.post(reverse("wagtailimages:add"), typed).status_code == 302
    image = get_image_model().objects.get()
    html = client.get(reverse("wagtailimages:edit", args=[image.pk])).content.decode()
    assert image.focal_point_x is None and "focal" not in html
    assert reverse("wagtailimages:delete", args=[image.pk]) in html and image.usage_url in html
