"""What the fields of the editor's forms tell browsers, and what they refuse with a plain word."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page

from directory.fields import clean_partial_date
from directory.models import GlossaryTerm
from languages.codes import LANGUAGES
from languages.normalising import digest, normalise
from pages.clock_changes import REPEATED, SKIPPED
from pages.models import StandardPage
from search.page_lines import text_lines
from tests.building import make_mandate, make_section, make_standard, make_user
from tests.editor import PUBLISH, REASON, block, edit_url, errors_of, form_with, in_form, open_form, publish, save_draft


@pytest.fixture(params=["nl", "fr"])
def language(request):
    return request.param


@pytest.fixture
def publisher(client, db, request):
    code = request.getfixturevalue("language") if "language" in request.fixturenames else "nl"
    client.force_login(make_user("Publishers", code))
    return client


# --- The language of each text, and its limit


def fields_in(html):
    """Return the attributes of each input and textarea by its name."""
    attributes_by_name = {}
    for tag in re.findall(r"<(?:input|textarea)\b[^>]*>", html):
        attrs = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        attributes_by_name[attrs.get("name", "")] = attrs
    return attributes_by_name


@pytest.mark.sweep
def test_every_text_of_a_page_says_its_language_and_its_limit(publisher, home):
    page = make_mandate(make_section(home))
    html = publisher.get(edit_url(page)).content.decode()
    fields = fields_in(html)
    for code in LANGUAGES:
        for name in ("heading", "summary", "meta_title", "url_slug", "next_step", "change_note"):
            assert fields[f"{name}_{code}"]["lang"] == code
        assert fields[f"heading_{code}"]["data-max-length"] == "200"
    assert [name for name, attrs in fields.items() if "maxlength" in attrs] == []
    assert re.findall(r".{80}maxlength.{40}", html) == []


def test_texts_within_blocks_say_their_language_too(publisher, home):
    block_definitions = StandardPage.get_edit_handler().get_form_class().base_fields["body"].widget.block_json
    for code in LANGUAGES:
        assert re.search(rf'lang=\\+"{code}\\+"', json.dumps(block_definitions))
    assert "maxlength" not in block_definitions and "data-max-length" in block_definitions


@pytest.mark.parametrize("model", ["organisation", "glossaryterm"])
def test_entries_say_the_language_of_their_texts(model, publisher):
    fields = fields_in(publisher.get(reverse(f"wagtailsnippets_directory_{model}:add")).content.decode())
    name = "name" if model == "organisation" else "definition"
    assert [fields[f"{name}_{code}"]["lang"] for code in LANGUAGES] == list(LANGUAGES)


@pytest.mark.parametrize(("add", "name"), [("wagtailimages:add", "alternative"), ("wagtaildocs:add", "heading")])
def test_pictures_and_documents_say_the_language_of_their_texts(add, name, publisher):
    fields = fields_in(publisher.get(reverse(add)).content.decode())
    assert [fields[f"{name}_{code}"]["lang"] for code in LANGUAGES] == list(LANGUAGES)


def test_the_settings_say_the_language_of_their_texts(publisher, home):
    url = reverse("wagtailsettings:edit", args=["pages", "sitesettings"])
    fields = fields_in(publisher.get(url, follow=True).content.decode())
    languages = {attrs["lang"] for name, attrs in fields.items() if name.endswith(("_nl", "_fr", "_en")) and "lang" in attrs}
    assert languages == set(LANGUAGES)


@pytest.mark.sweep
def test_the_copy_form_says_the_language_of_its_texts(publisher, standard):
    html = publisher.get(reverse("wagtailadmin_pages:copy", args=[standard.pk])).content.decode()
    assert [fields_in(html)[f"heading_{code}"]["lang"] for code in LANGUAGES] == list(LANGUAGES)
    assert "maxlength" not in html


@pytest.mark.sweep
def test_a_text_that_is_too_long_comes_back_whole_and_is_told_by_how_much(language, publisher, standard):
    long = "woord " * 50 + "einde"
    refused = save_draft(publisher, standard, heading_nl=long)
    assert errors_of(refused).keys() == {"heading_nl"}
    (error,) = errors_of(refused)["heading_nl"]
    assert "200" in error and str(len(long)) in error
    assert in_form(refused)["heading_nl"] == long


# --- Superscript and subscript


@pytest.mark.sweep
def test_superscript_and_subscript_are_stored_compared_shown_and_found(publisher, client, home):
    text = "<p>Le 1<sup>er</sup> m<sup>2</sup> de H<sub>2</sub>O</p>"
    page = make_standard(home, body=[block("text", text={"nl": text, "fr": text, "en": text}, only_in=[])])
    assert publish(publisher, page).status_code == 302
    stored = Page.objects.get(pk=page.pk).specific
    stored_text = stored.body.get_prep_value()[0]["value"]["text"]["fr"]
    assert normalise(stored_text, "rich") == text
    assert digest(text, "rich") != digest("<p>Le 1er m2 de H2O</p>", "rich")
    html = client.get(stored.paths()["fr"]).content.decode()
    assert "1<sup>er</sup>" in html and "H<sub>2</sub>O" in html
    assert list(text_lines("rich", stored_text)) == ["Le 1er m2 de H2O"]


# --- Hours that do not exist, or come twice


@pytest.mark.sweep
@pytest.mark.parametrize(("hour", "word"), [("2099-03-29 02:30", SKIPPED), ("2099-10-25 02:30", REPEATED)])
def test_an_hour_that_does_not_exist_or_comes_twice_is_refused_in_plain_words(hour, word, language, publisher, home):
    page = make_standard(home, live=False)
    refused = save_draft(publisher, page, go_live_at=hour)
    with translation.override(language):
        assert errors_of(refused) == {"go_live_at": [str(word)]}
    assert in_form(refused)["go_live_at"] == hour


@pytest.mark.sweep
@pytest.mark.parametrize("moment", [datetime(2099, 10, 25, 0, 30, tzinfo=UTC), datetime(2099, 10, 25, 1, 30, tzinfo=UTC)])
def test_a_page_that_holds_an_hour_that_comes_twice_can_be_saved(moment, publisher, home):
    page = make_standard(home, live=False, go_live_at=moment)
    form = open_form(publisher, edit_url(page), heading_nl="Anders")
    assert form["go_live_at"] == "2099-10-25 02:30"
    assert publisher.post(edit_url(page), form).status_code == 302
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (draft.heading_nl, timezone.localtime(draft.go_live_at)) == ("Anders", timezone.localtime(moment))
    assert publisher.post(edit_url(page), open_form(publisher, edit_url(page)) | PUBLISH | REASON).status_code == 302


# --- What would stand twice, or head nothing


@pytest.mark.sampled(1)
def test_the_same_glossary_term_twice_is_refused_at_the_field(language, publisher):
    existing = GlossaryTerm.objects.create(term_nl="Netwerk", term_fr="Réseau", term_en="Network")
    url = reverse("wagtailsnippets_directory_glossaryterm:add")
    form = form_with(publisher.get(url), "term_nl") | {"term_nl": "netwerk ", "term_fr": "Autre", "term_en": "Other"}
    refused = publisher.post(url, form)
    assert errors_of(refused).keys() == {"term_nl"}
    assert GlossaryTerm.objects.get() == existing
    assert publisher.post(url, form | {"term_nl": "Ander"}).status_code == 302


def test_two_terms_that_are_the_same_already_can_still_be_changed(publisher):
    terms = [GlossaryTerm.objects.create(term_nl="Netwerk", term_fr="Réseau") for _number in range(2)]
    url = reverse("wagtailsnippets_directory_glossaryterm:edit", args=[terms[0].pk])
    form = form_with(publisher.get(url), "term_nl") | {"definition_nl": "Nieuw.", "definition_fr": "Nouveau."}
    assert publisher.post(url, form).status_code == 302


@pytest.mark.parametrize(("status", "is_headed"), [("to_confirm", False), ("current", True)])
@pytest.mark.sampled(1)
def test_partners_that_are_all_to_be_confirmed_leave_no_heading(status, is_headed, client, home):
    from directory.models import Organisation

    organisation = Organisation.objects.create(name_nl="Organisatie", name_fr="Organisation")
    partner = block("partner", organisation=organisation.pk, joined="founding", status=status)
    page = make_mandate(make_section(home), partners=[partner])
    assert ('id="partners"' in client.get(page.paths()["nl"]).content.decode()) == is_headed


@pytest.mark.parametrize("typed", ["5/0", "0/5", "5/0/2023", "0/2023", "0000", "2023-00", "2023-05-00", "--00-05", "--05-00"])
def test_a_zero_in_a_date_is_refused_and_not_taken_for_unknown(typed):
    with pytest.raises(ValidationError):
        clean_partial_date(typed)
