"""The preview in the editor's frame, as each role opens it."""

import pytest
from django.urls import reverse

from languages.codes import LANGUAGES
from pages.models import StandardPage
from tests.building import make_user
from tests.editor import add_url, edit_url, open_form

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
