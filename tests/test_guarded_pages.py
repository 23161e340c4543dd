"""A page in the hands of a translator: blocks, older versions, forms that save themselves, and what is in no form."""

import json

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import Page

from languages.concurrent_edits.snapshots import snapshot_of
from languages.lags import keys_in_languages, lags
from pages.models import StandardPage
from tests.behind import keys
from tests.building import make_standard, make_user, staff
from tests.editor import PUBLISH, SUBMIT, edit_url, errors_of, in_form, messages_of, open_form, translate
from tests.stale_forms import BODY, SCRIPT, body, changed_body, latest, save, text_block, with_body

LATER = "2099-01-01 10:00"
ONLY_FRENCH = "Not saved, because your account works in %(languages)s only: %(what)s."


@pytest.fixture
def translator(client, home):
    """Somebody who translates into French, logged in; the admin is in Dutch."""
    user = make_user("Translators", "nl", languages=["fr"])
    client.force_login(user)
    return user


def texts_of(page):
    return [(text["nl"], text["fr"]) for text in body(latest(page))]


def refusal(response):
    """Return what the message about what was kept out names, "" where there is no such message."""
    start, end = translate(ONLY_FRENCH, "nl", languages="Frans", what="@").split("@")
    return next((one[len(start) : -len(end)] for one in messages_of(response) if one.startswith(start)), "")


def stored_body(page):
    return latest(page).body.get_prep_value()


# --- Blocks


def test_own_texts_in_blocks_arrive_and_others_do_not(client, translator, shared):
    sent = with_body(open_form(client, edit_url(shared)), changed_body(shared, 0, nl="vervalst", fr="à moi"))
    response = save(client, shared, sent)
    assert texts_of(shared) == [("<p>een</p>", "<p>à moi</p>"), ("<p>twee</p>", "<p>deux</p>")]
    assert "Nederlands" in refusal(response) and "Frans" not in refusal(response)


@pytest.mark.parametrize(
    "forge",
    [
        lambda items: [*items, text_block("nieuw", "nouveau")],
        lambda items: items[1:],
        lambda items: items[::-1],
        lambda items: [items[0] | {"value": items[0]["value"] | {"only_in": ["fr"]}}, items[1]],
    ],
    ids=["added", "deleted", "moved", "limited to a language"],
)
@pytest.mark.sampled(2)
def test_blocks_stay_as_they_are_and_own_texts_beside_them_arrive(client, translator, shared, forge):
    before = stored_body(shared)
    sent = with_body(open_form(client, edit_url(shared), heading_fr="À moi"), forge(before))
    response = save(client, shared, sent)
    now = latest(shared)
    assert now.heading_fr == "À moi"
    assert list(snapshot_of(BODY, stored_body(shared)).items()) == list(snapshot_of(BODY, before).items()), "Order included."
    assert refusal(response)


def test_a_text_in_a_block_that_an_editor_deletes_meanwhile_is_shown_and_then_left_out(client, translator, shared):
    sent = with_body(open_form(client, edit_url(shared)), changed_body(shared, 0, fr="mon texte"))
    editor = staff("Editors")
    save(editor, shared, with_body(open_form(editor, edit_url(shared)), stored_body(shared)[1:]))
    refused = save(client, shared, sent)
    assert errors_of(refused).keys() == {"body"}
    again = in_form(refused)
    assert any("mon texte" in value for name, value in again.items() if name.startswith("body-")), (
        "What was typed is still there."
    )
    response = save(client, shared, again)
    assert response.status_code == 302 and refusal(response)
    assert texts_of(shared) == [("<p>twee</p>", "<p>deux</p>")]


@pytest.mark.sweep
def test_what_editors_do_to_blocks_meanwhile_stays_beside_own_texts(client, translator, shared):
    sent = with_body(open_form(client, edit_url(shared)), changed_body(shared, 0, fr="à moi"))
    editor = staff("Editors")
    new = text_block("nieuw", "nouveau")
    save(editor, shared, with_body(open_form(editor, edit_url(shared)), [new, *changed_body(shared, 0, nl="anders")]))
    response = save(client, shared, sent)
    assert response.status_code == 302 and not refusal(response)
    assert texts_of(shared) == [
        ("<p>nieuw</p>", "<p>nouveau</p>"),
        ("<p>anders</p>", "<p>à moi</p>"),
        ("<p>twee</p>", "<p>deux</p>"),
    ]


# --- Addresses, schedules, publication, people


def test_an_address_is_changed_in_ones_own_language_only(client, translator, shared):
    response = save(client, shared, open_form(client, edit_url(shared), url_slug_nl="vervalst", url_slug_fr="a-moi"))
    assert (latest(shared).url_slug_nl, latest(shared).url_slug_fr) == ("standard-nl", "a-moi")
    assert refusal(response)


@pytest.mark.parametrize("button", [{}, PUBLISH, SUBMIT], ids=["save", "publish", "submit"])
@pytest.mark.sampled(1)
def test_no_button_lets_more_through(client, translator, shared, button):
    forged = {
        "go_live_at": LATER,
        "expire_at": LATER,
        "show_in_menus": "on",
        "heading_nl": "Vervalst",
        "review_on": "2099-01-01",
    }
    typed = {"heading_fr": "À moi", "publishing_reason": "Nom propre."}
    response = save(client, shared, open_form(client, edit_url(shared)), **forged, **typed, **button)
    assert response.status_code == 302 and refusal(response)
    now = latest(shared)
    assert now.heading_fr == "À moi" and now.heading_nl == shared.heading_nl
    assert (now.go_live_at, now.expire_at, now.show_in_menus, now.review_on) == (None, None, False, None)
    live = StandardPage.objects.get()
    assert live.live and live.heading_fr == shared.heading_fr and live.scheduled_revision is None


@pytest.mark.sweep
def test_what_cannot_be_submitted_is_saved_as_a_draft_of_ones_own_texts(client, translator, shared):
    typed = {"summary_fr": "", "heading_fr": "À moi", "heading_nl": "Vervalst"}
    response = save(client, shared, open_form(client, edit_url(shared)), **typed, **SUBMIT)
    assert "summary_fr" in errors_of(response)
    assert (latest(shared).heading_nl, latest(shared).heading_fr, latest(shared).summary_fr) == (shared.heading_nl, "À moi", "")
    assert refusal(response)


# --- Older versions, and forms that save themselves


def test_reverting_brings_back_own_texts_only(client, translator, shared):
    old, editor = shared.latest_revision, staff("Editors")
    typed = {"heading_nl": "Nieuw", "heading_fr": "Nouveau", "review_on": "2030-05-06"}
    typed["alignment_done"] = json.dumps(["heading:nl", "heading:fr"])
    save(editor, shared, with_body(open_form(editor, edit_url(shared)), stored_body(shared)[1:]), **typed)
    url = reverse("wagtailadmin_pages:revisions_revert", args=[shared.pk, old.pk])
    response = client.post(url, open_form(client, url))
    assert response.status_code == 302
    now = latest(shared)
    assert (now.heading_nl, now.heading_fr, str(now.review_on)) == ("Nieuw", "standard fr", "2030-05-06")
    assert texts_of(shared) == [("<p>twee</p>", "<p>deux</p>")]
    assert [(lag.address, lag.language) for lag in lags(now.alignment)] == [("heading", "fr"), ("heading", "en")]
    assert refusal(response)


def test_a_form_that_saves_itself_keeps_the_rest_out_and_says_so_once(client, translator, shared):
    sent = open_form(client, edit_url(shared), heading_fr="À moi", heading_nl="Vervalst")
    for _again in range(2):
        answer = client.post(edit_url(shared), sent, headers=SCRIPT).json()
        assert answer["success"]
        sent |= dict(answer["field_updates"])
        assert (latest(shared).heading_nl, latest(shared).heading_fr) == (shared.heading_nl, "À moi")
    assert len([one for one in messages_of(client.get(reverse("wagtailadmin_home"))) if "Frans" in one]) == 1


# --- Still correct


def test_only_texts_of_ones_own_languages_are_found_still_correct(client, translator, shared):
    editor = staff("Editors")
    save(editor, shared, open_form(editor, edit_url(shared)), summary_nl="Anders.", alignment_done='["summary:nl"]')
    confirmed = [*keys(shared, "fr"), *keys(shared, "en")]
    assert len(confirmed) == 2
    save(client, shared, open_form(client, edit_url(shared)), alignment_confirmed=json.dumps(confirmed))
    assert [(lag.address, lag.language) for lag in lags(latest(shared).alignment)] == [("summary", "en")]


@pytest.mark.parametrize("name", ["alignment_confirmed", "alignment_done", "alignment_drafted"])
def test_what_is_no_list_of_keys_names_none(client, translator, shared, name):
    response = save(client, shared, open_form(client, edit_url(shared)), heading_fr="À moi", **{name: "[" * 100_000})
    assert response.status_code == 302 and latest(shared).heading_fr == "À moi"


def test_what_is_no_key_of_a_lag_confirms_nothing():
    keys = ["summary", "summary:", ":fr", "", "summary:nl:fr=1", "body.1:fr:nl=2"]
    assert keys_in_languages(keys, {"fr"}) == [":fr", "body.1:fr:nl=2"]


# --- Ways without a form


def test_whole_pages_are_not_changed_through_the_interface_for_programs(client, translator, shared, home):
    alias = shared.create_alias(parent=Page.objects.get(pk=home.pk), update_slug="alias")
    tries = {
        "revert_to_page_revision": (shared, {"revision_id": shared.latest_revision_id}),
        "convert_alias": (alias, {}),
        "create_alias": (shared, {"destination_page_id": home.pk}),
        "publish": (shared, {}),
    }
    before = Page.objects.count(), shared.revisions.count()
    for action, (one, data) in tries.items():
        url = f"/admin/api/main/pages/{one.pk}/action/{action}/"
        assert client.post(url, data, content_type="application/json").status_code == 403, action
    assert (Page.objects.count(), shared.revisions.count()) == before
    alias.refresh_from_db()
    assert alias.alias_of_id == shared.pk
    assert client.get(f"/admin/api/main/pages/{shared.pk}/").status_code == 200


def test_an_alias_stays_one(client, translator, shared, home):
    alias = shared.create_alias(parent=Page.objects.get(pk=home.pk), update_slug="alias")
    url = reverse("wagtailadmin_pages:convert_alias", args=[alias.pk])
    assert client.get(url).status_code == client.post(url).status_code == 302
    alias.refresh_from_db()
    assert alias.alias_of_id == shared.pk
    editor = staff("Editors")
    assert editor.post(url).status_code == 302
    alias.refresh_from_db()
    assert alias.alias_of_id is None


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
@pytest.mark.sampled(1)
def test_in_bulk_a_translator_changes_no_page(client, translator, shared, home, action):
    draft = make_standard(home, "draft", live=False, owner=translator)
    ids = f"?id={shared.pk}&id={draft.pk}"
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + ids, {"chooser": home.pk})
    assert list(StandardPage.objects.order_by("pk").values_list("live", flat=True)) == [True, False]
    assert {one.get_parent().pk for one in StandardPage.objects.all()} == {home.pk}


def test_an_editor_who_translates_too_is_an_editor(client, shared):
    user = make_user("Translators", "nl", languages=["fr"])
    user.groups.add(make_user("Editors").groups.get())
    client.force_login(user)
    response = save(client, shared, open_form(client, edit_url(shared)), heading_nl="Van mij", heading_fr="À moi")
    assert response.status_code == 302 and not refusal(response)
    assert (latest(shared).heading_nl, latest(shared).heading_fr) == ("Van mij", "À moi")


@pytest.mark.sweep
def test_the_right_is_asked_anew_at_each_save(client, shared):
    user = make_user("Translators", "nl", languages=["fr"])
    right = Permission.objects.get(codename="write_all_languages")
    user.user_permissions.add(right)
    client.force_login(user)
    sent = open_form(client, edit_url(shared), heading_nl="Van mij")
    user.user_permissions.remove(right)
    assert refusal(save(client, shared, sent))
    assert latest(shared).heading_nl == shared.heading_nl
