"""Stale forms elsewhere: reverting, what the languages remember, and the addresses where our views stand."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import resolve, reverse

from languages.lags import lags
from newsroom.editing import views
from tests.building import make_user
from tests.editor import edit_url, errors_of, finish, in_form, open_form
from tests.stale_forms import latest, save

# --- Reverting


@pytest.mark.sweep
def test_reverting_is_compared_with_the_latest_version(mine, theirs, shared):
    old = shared.latest_revision
    save(theirs, shared, open_form(theirs, edit_url(shared)), heading_fr="Deux", summary_fr="Deux")
    url = reverse("wagtailadmin_pages:revisions_revert", args=[shared.pk, old.pk])
    form = open_form(mine, url)
    save(theirs, shared, open_form(theirs, edit_url(shared)), heading_fr="Trois", heading_nl="Drie")
    refused = mine.post(url, form)
    assert errors_of(refused).keys() == {"heading_fr"} and "Trois" in errors_of(refused)["heading_fr"][0]
    assert mine.post(url, in_form(refused)).status_code == 302
    page = latest(shared)
    assert (page.heading_fr, page.summary_fr, page.heading_nl) == (shared.heading_fr, shared.summary_fr, "Drie")


# --- What the languages remember


@pytest.mark.sweep
def test_what_another_found_still_correct_is_not_forgotten_by_a_stale_form(mine, theirs, shared):
    finish(mine, shared, summary_nl="Nieuw.")
    form = open_form(mine, edit_url(shared), heading_en="Something else")
    assert "summary" in latest(shared).alignment["since"]
    confirmed = [key for lag in lags(latest(shared).alignment) for key in lag.keys]
    save(theirs, shared, open_form(theirs, edit_url(shared)), alignment_confirmed=json.dumps(confirmed))
    assert "summary" not in latest(shared).alignment["since"]
    assert save(mine, shared, form).status_code == 302
    assert "summary" not in latest(shared).alignment["since"]


# --- The addresses


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("name", "args", "view"),
    [
        ("edit", [1], views.EditView),
        ("revisions_revert", [1, 2], views.RevisionsRevertView),
        ("preview_on_edit", [1], views.PreviewOnEdit),
    ],
)
def test_our_views_stand_where_wagtails_would(name, args, view, client, shared):
    address = reverse(f"wagtailadmin_pages:{name}", args=args)
    assert resolve(address).func.view_class is view
    response = Client().get(address)
    assert response.status_code == 302 and response.url.startswith(reverse("wagtailadmin_login"))
    client.force_login(make_user("Translators"))
    assert "no-store" in client.get(edit_url(shared)).headers["Cache-Control"]


def test_editing_without_the_right_to_is_refused(shared):
    stranger = get_user_model().objects.create_user("stranger", "s@example.org", "x")
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(stranger)
    assert client.post(edit_url(shared), {}).status_code == 302
    assert client.get(edit_url(shared)).status_code == 302
