"""Fields of the editor's forms tell browsers their language and their limit, and what is too long comes back whole."""

import json
import re

import pytest
from django.urls import reverse

from languages.codes import LANGUAGES
from pages.models import StandardPage
from tests.building import make_mandate, make_section
from tests.editor import edit_url, errors_of, in_form, save_draft


def fields_in(html):
    """Return the attributes of each input and textarea by its name."""
    attributes_by_name = {}
    for tag in re.findall(r"<(?:input|textarea)\b[^>]*>", html):
        attrs = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        attributes_by_name[attrs.get("name", "")] = attrs
    return attributes_by_name


@pytest.mark.sweep
def test_every_text_of_a_page_says_its_language_and_its_limit(publisher, client, home):
    page = make_mandate(make_section(home))
    html = client.get(edit_url(page)).content.decode()
    fields = fields_in(html)
    for code in LANGUAGES:
        for name in ("heading", "summary", "meta_title", "url_slug", "next_step", "change_note"):
            assert fields[f"{name}_{code}"]["lang"] == code
        assert fields[f"heading_{code}"]["data-max-length"] == "200"
    assert [name for name, attrs in fields.items() if "maxlength" in attrs] == []
    assert re.findall(r".{80}maxlength.{40}", html) == []


def test_texts_within_blocks_say_their_language_too(publisher, client, home):
    block_definitions = StandardPage.get_edit_handler().get_form_class().base_fields["body"].widget.block_json
    for code in LANGUAGES:
        assert re.search(rf'lang=\\+"{code}\\+"', json.dumps(block_definitions))
    assert "maxlength" not in block_definitions and "data-max-length" in block_definitions


@pytest.mark.parametrize("model", ["organisation", "glossaryterm"])
def test_entries_say_the_language_of_their_texts(model, publisher, client):
    fields = fields_in(client.get(reverse(f"wagtailsnippets_directory_{model}:add")).content.decode())
    name = "name" if model == "organisation" else "definition"
    assert [fields[f"{name}_{code}"]["lang"] for code in LANGUAGES] == list(LANGUAGES)


@pytest.mark.parametrize(("add", "name"), [("wagtailimages:add", "alternative"), ("wagtaildocs:add", "heading")])
def test_pictures_and_documents_say_the_language_of_their_texts(add, name, publisher, client):
    fields = fields_in(client.get(reverse(add)).content.decode())
    assert [fields[f"{name}_{code}"]["lang"] for code in LANGUAGES] == list(LANGUAGES)


def test_the_settings_say_the_language_of_their_texts(publisher, client, home):
    url = reverse("wagtailsettings:edit", args=["pages", "sitesettings"])
    fields = fields_in(client.get(url, follow=True).content.decode())
    languages = {attrs["lang"] for name, attrs in fields.items() if name.endswith(("_nl", "_fr", "_en")) and "lang" in attrs}
    assert languages == set(LANGUAGES)


@pytest.mark.sweep
def test_the_copy_form_says_the_language_of_its_texts(publisher, client, standard):
    html = client.get(reverse("wagtailadmin_pages:copy", args=[standard.pk])).content.decode()
    assert [fields_in(html)[f"heading_{code}"]["lang"] for code in LANGUAGES] == list(LANGUAGES)
    assert "maxlength" not in html


@pytest.mark.sweep
def test_a_text_that_is_too_long_comes_back_whole_and_is_told_by_how_much(language, client, standard):
    long = "woord " * 50 + "einde"
    refused = save_draft(client, standard, heading_nl=long)
    assert errors_of(refused).keys() == {"heading_nl"}
    (error,) = errors_of(refused)["heading_nl"]
    assert "200" in error and str(len(long)) in error
    assert in_form(refused)["heading_nl"] == long
