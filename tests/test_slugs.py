"""Slugs, as a language writes them, and as forms tidy them."""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from languages.slugs import MAX_SLUG_LENGTH, slug_of
from pages.models import SitePage
from pages.models.site_page import SLUG
from tests.building import make_home, make_standard, make_user

CASES = json.loads((Path(__file__).parent / "slugs.json").read_text())


@pytest.mark.parametrize(("language", "text", "slug"), CASES)
def test_a_text_makes_a_slug_as_its_language_writes_it(language, text, slug):
    assert slug_of(text, language) == slug
    assert slug_of(slug, language) == slug  # tidying twice changes nothing
    assert len(slug) <= MAX_SLUG_LENGTH == SitePage._meta.get_field("url_slug").max_length
    if slug:
        SLUG(slug)


def inputs(client, page):
    from lxml import html

    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return html.fromstring(answer.content).xpath("//input[@data-slug-language]")


@pytest.mark.sweep
def test_slugs_are_proposed_until_a_page_was_published(db, client):
    home = make_home()
    client.force_login(make_user("Editors"))
    draft, public = make_standard(home, "draft", live=False), make_standard(home, "public")
    assert [one.get("data-slug-proposed") for one in inputs(client, draft)] == ["", "", ""]
    assert [one.get("data-slug-proposed") for one in inputs(client, public)] == [None, None, None]
    # Wagtail's own cleaning, which drops every letter with an accent, stays away.
    assert not any("w-slug" in (one.get("data-controller") or "") for one in inputs(client, draft))


def test_a_slug_that_is_typed_with_accents_is_tidied(db):
    from pages.widgets import SlugInput

    tidied = {text: SlugInput("fr").value_from_datadict({"slug": text}, {}, "slug") for text in ("Été à l’œuvre", "???", "")}
    assert tidied == {"Été à l’œuvre": "ete-a-l-oeuvre", "???": "???", "": ""}
