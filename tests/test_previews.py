"""Previews: what they show of a page in each language, and that they may stand in a frame of the editor and nowhere else."""

import re

import pytest
from django.urls import reverse

from languages.codes import LANGUAGES
from pages.models import StandardPage
from tests.building import add, make_standard, make_user, texts
from tests.editor import add_url, edit_url, open_form
from tests.page_forms import MODELS, place_for

ROLES = ["Editors", "Publishers", "Translators"]


def policy_of(response):
    """Return the content security policy of a response as a mapping from directive to its sources."""
    directives = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: set(sources) for name, *sources in directives}


def may_stand_in_the_editor(response):
    """Say whether a browser shows a response in a frame of the admin, and lets the scripts of its checks run there."""
    policy = policy_of(response)
    framed = policy["frame-ancestors"] == {"'self'"} and response["X-Frame-Options"] == "SAMEORIGIN"
    return framed and "'self'" in policy["script-src"] and "'unsafe-inline'" in policy["style-src"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.sampled(1)
def test_the_preview_of_a_page_may_stand_in_a_frame_of_the_editor(role, client, standard):
    client.force_login(make_user(role))
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[standard.pk])
    assert client.post(url, open_form(client, edit_url(standard))).json() == {"is_valid": True, "is_available": True}
    for mode in LANGUAGES:
        response = client.get(url, {"mode": mode, "in_preview_panel": "true"})
        assert f'<html lang="{mode}"' in response.content.decode()
        assert "wagtailadmin/js/userbar.js" in response.content.decode()  # which runs the checks
        assert may_stand_in_the_editor(response)


@pytest.mark.sweep
@pytest.mark.parametrize("role", ["Editors", "Publishers"])
def test_the_preview_of_a_new_page_may_stand_in_a_frame_of_the_editor(role, client, home):
    client.force_login(make_user(role))
    url = reverse("wagtailadmin_pages:preview_on_add", args=["pages", "standardpage", home.pk])
    typed = open_form(client, add_url(StandardPage, home), heading_fr="Premier jet")
    assert client.post(url, typed).json() == {"is_valid": True, "is_available": True}
    assert may_stand_in_the_editor(client.get(url, {"mode": "fr", "in_preview_panel": "true"}))


def test_a_preview_that_fails_and_that_of_a_block_may_stand_in_a_frame_too(client, home):
    client.force_login(make_user("Editors"))
    empty = client.get(reverse("wagtailadmin_pages:preview_on_add", args=["pages", "standardpage", home.pk]))
    block = StandardPage.body.field.stream_block.child_blocks["text"]
    of_block = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    for response in (empty, of_block):
        assert response.status_code == 200
        assert policy_of(response)["frame-ancestors"] == {"'self'"} and response["X-Frame-Options"] == "SAMEORIGIN"


def test_no_other_site_and_no_reader_sees_a_page_in_a_frame(client, home):
    public = client.get(home.paths()["nl"])
    assert policy_of(public)["frame-ancestors"] == {"'none'"} and public["X-Frame-Options"] == "DENY"
    client.force_login(make_user("Editors"))
    draft = client.get(reverse("wagtailadmin_pages:view_draft", args=[home.pk]))
    assert draft["X-Frame-Options"] == "DENY"


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
