"""Two people at one form: what does not conflict is merged, what does is shown to whoever comes second, and nothing is lost."""

import json
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.test import Client
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.html import escape
from wagtail.models import Page, Revision

from directory.models import GlossaryTerm
from languages.fields import INCOMPLETE
from languages.form_content import values_of
from languages.lags import lags
from languages.normalising import normalise
from languages.snapshots import snapshot
from languages.units import units
from newsroom.editing import views
from pages.models import SiteSettings, StandardPage
from tests.building import make_home, make_mandate, make_section, make_standard, make_user, texts
from tests.editor import (
    PUBLISH,
    REASON,
    add_url,
    block,
    edit_url,
    error_paths,
    errors_of,
    form_with,
    in_form,
    messages_of,
    open_form,
    said,
    stream,
)
from tests.racing import outcomes

SCRIPT = {"Accept": "application/json"}
LATER = {"go_live_at": "2099-01-01 10:00"}
PRESSED = {"save": {}, "publish": PUBLISH | REASON, "schedule": PUBLISH | REASON | LATER}
TWO = ("heading_nl", "summary_fr")
BODY = StandardPage._meta.get_field("body").stream_block


@pytest.fixture(params=["nl", "fr"])
def language(request):
    return request.param


@pytest.fixture
def mine(client, db, request):
    """A publisher, logged in, whose admin is in Dutch unless the test asks for both languages."""
    code = request.getfixturevalue("language") if "language" in request.fixturenames else "nl"
    client.force_login(make_user("Publishers", code))
    return client


@pytest.fixture
def theirs(db):
    """Somebody else, logged in elsewhere."""
    other = Client()
    user = make_user("Publishers", "fr")
    user.first_name, user.last_name = "An", "Peeters"
    user.save()
    other.force_login(user)
    return other


def text_block(nl="", fr=""):
    return block("text", text={"nl": nl and f"<p>{nl}</p>", "fr": fr and f"<p>{fr}</p>", "en": ""}, only_in=[])


@pytest.fixture
def shared(home):
    return make_standard(home, body=[text_block("een", "un"), text_block("twee", "deux")])


def latest(page):
    """Return the latest version of a page."""
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def body(page):
    """Return the texts of a page's body as they are compared."""
    bodies = [item["value"]["text"] for item in page.body.get_prep_value()]
    return [{code: normalise(text, "rich") for code, text in by_language.items()} for by_language in bodies]


def with_body(form, items):
    kept = {name: value for name, value in form.items() if not name.startswith("body-")}
    return kept | stream("body", BODY, items)


def changed(page, number, **by_language):
    """Return the stored body of a page with a text changed."""
    items = [{**item, "value": {**item["value"]}} for item in page.body.get_prep_value()]
    items[number]["value"]["text"] = {**items[number]["value"]["text"], **{k: f"<p>{v}</p>" for k, v in by_language.items()}}
    return items


def save(client, page, form, **typed):
    return client.post(edit_url(page), form | typed)


# --- What does not conflict is merged


@pytest.mark.parametrize("press", PRESSED)
@pytest.mark.sampled(1)
def test_different_texts_of_two_people_are_both_kept_whatever_the_second_presses(press, mine, theirs, shared):
    form = open_form(mine, edit_url(shared), heading_nl="Van mij")
    assert (
        save(theirs, shared, open_form(theirs, edit_url(shared)), summary_fr="D’un autre", review_on="2030-05-06").status_code
        == 302
    )
    assert save(mine, shared, form, **PRESSED[press]).status_code == 302
    page = latest(shared)
    assert (page.heading_nl, page.summary_fr, str(page.review_on)) == ("Van mij", "D’un autre", "2030-05-06")
    live = Page.objects.get(pk=shared.pk).specific
    assert (live.heading_nl == "Van mij") == (press == "publish")
    assert bool(live.scheduled_revision) == (press == "schedule")


@pytest.mark.sweep
def test_what_was_published_meanwhile_stays_published(mine, theirs, home):
    page = make_standard(home, live=False)
    form = open_form(mine, edit_url(page), summary_nl="Van mij")
    assert save(theirs, page, open_form(theirs, edit_url(page)), **PUBLISH).status_code == 302
    assert save(mine, page, form).status_code == 302
    page = Page.objects.get(pk=page.pk)
    assert page.live and page.has_unpublished_changes


@pytest.mark.sweep
def test_texts_and_blocks_of_one_stream_are_merged(mine, theirs, shared):
    form = with_body(open_form(mine, edit_url(shared)), changed(shared, 0, nl="een van mij"))
    new = text_block("nieuw", "nouveau")
    other = [*changed(shared, 0, fr="un autre")[:1], new]  # the second block is deleted
    assert save(theirs, shared, with_body(open_form(theirs, edit_url(shared)), other)).status_code == 302
    assert save(mine, shared, form).status_code == 302
    assert [(text["nl"], text["fr"]) for text in body(latest(shared))] == [
        ("<p>een van mij</p>", "<p>un autre</p>"),
        ("<p>nieuw</p>", "<p>nouveau</p>"),
    ]


@pytest.mark.sweep
def test_whoever_merged_is_told(mine, theirs, shared):
    form = open_form(mine, edit_url(shared), heading_nl="Van mij")
    save(theirs, shared, open_form(theirs, edit_url(shared)), summary_fr="Autre")
    assert len(messages_of(save(mine, shared, form))) == 2
    mine.get(edit_url(shared))  # which shows them, as `open_form` does not
    assert len(messages_of(save(mine, shared, open_form(mine, edit_url(shared)), heading_nl="Nog eens"))) == 1


def test_what_did_not_arrive_stays_as_it_is(mine, shared):
    form = open_form(mine, edit_url(shared), heading_nl="Van mij")
    kept = {name: value for name, value in form.items() if not name.startswith(("body-", "summary_fr"))}
    assert save(mine, shared, kept).status_code == 302
    page = latest(shared)
    assert page.heading_nl == "Van mij" and page.summary_fr == shared.summary_fr and body(page) == body(shared)


# --- What conflicts is shown


@pytest.mark.parametrize("press", PRESSED)
@pytest.mark.sampled(1)
def test_a_conflict_shows_both_versions_and_keeps_what_was_typed(press, language, mine, theirs, shared):
    typed = {"heading_fr": "Titre à moi", "heading_nl": "Alleen van mij", **PRESSED[press]}
    form = open_form(mine, edit_url(shared), **typed)
    save(theirs, shared, open_form(theirs, edit_url(shared)), heading_fr="Titre de l’autre", summary_fr="Résumé de l’autre")
    refused = save(mine, shared, form)
    assert errors_of(refused).keys() == {"heading_fr"}
    (error,) = errors_of(refused)["heading_fr"]
    assert "An Peeters" in error and "<ins>" in error and "autre" in error
    shown = refused.content.decode()
    assert f'<html lang="{language}"' in shown and error in shown
    assert not refused.context["autosave_enabled"]
    again = in_form(refused)
    assert {name: again[name] for name in typed if name in again} == {
        name: value for name, value in typed.items() if not name.startswith("action-")
    }
    assert (latest(shared).heading_fr, latest(shared).heading_nl) == ("Titre de l’autre", shared.heading_nl)
    # Whoever saves again has seen it.
    assert save(mine, shared, again, **PRESSED[press]).status_code == 302
    page = latest(shared)
    assert (page.heading_fr, page.heading_nl, page.summary_fr) == ("Titre à moi", "Alleen van mij", "Résumé de l’autre")


@pytest.mark.sweep
def test_a_conflict_with_a_third_version_is_shown_again(mine, theirs, shared):
    form = open_form(mine, edit_url(shared), heading_fr="Moi")
    save(theirs, shared, open_form(theirs, edit_url(shared)), heading_fr="Autre")
    again = in_form(save(mine, shared, form))
    save(theirs, shared, open_form(theirs, edit_url(shared)), heading_fr="Encore autre")
    assert errors_of(save(mine, shared, again)).keys() == {"heading_fr"}


@pytest.mark.sweep
def test_a_conflict_within_a_stream_is_shown_at_its_text_and_compared_above(language, mine, theirs, shared):
    form = with_body(open_form(mine, edit_url(shared)), changed(shared, 1, fr="le mien"))
    save(theirs, shared, with_body(open_form(theirs, edit_url(shared)), changed(shared, 1, fr="le leur")))
    refused = save(mine, shared, form)
    (error,) = refused.context["form"].errors.as_data()["body"]
    assert list(error_paths(error)) == [(1, "text", "fr")]
    message = error.block_errors[1].block_errors["text"].block_errors["fr"].message
    assert "le leur" in message and "An Peeters" in message and "<" not in message
    assert json.dumps(message)[1:-1] in unescape(refused.content.decode())
    assert any("<ins>leur</ins>" in text and "mien" not in text for text in messages_of(refused))
    assert in_form(refused)["body-1-value-text-fr"] == form["body-1-value-text-fr"]
    assert save(mine, shared, in_form(refused)).status_code == 302
    assert body(latest(shared))[1]["fr"] == "<p>le mien</p>"


@pytest.mark.sweep
@pytest.mark.parametrize("i_delete", [True, False])
def test_a_block_that_one_deletes_and_the_other_changes_is_nobodys_loss(i_delete, mine, theirs, shared):
    first, _second = shared.body.get_prep_value()
    other_texts = changed(shared, 1, fr="changé")
    bodies = ([first], other_texts) if i_delete else (other_texts, [first])
    form = with_body(open_form(mine, edit_url(shared)), bodies[0])
    save(theirs, shared, with_body(open_form(theirs, edit_url(shared)), bodies[1]))
    refused = save(mine, shared, form)
    (error,) = refused.context["form"].errors.as_data()["body"]
    assert bool(error.non_block_errors) == i_delete and (1 in error.block_errors) != i_delete
    if i_delete:
        assert "changé" in str(error.non_block_errors)
    assert save(mine, shared, in_form(refused)).status_code == 302
    assert len(body(latest(shared))) == (1 if i_delete else 2)


@pytest.mark.sweep
def test_dates_and_references_conflict_too(mine, theirs, shared):
    person = make_user("Editors")
    form = open_form(mine, edit_url(shared), review_on="2031-01-01", show_in_menus="on")
    save(theirs, shared, open_form(theirs, edit_url(shared)), review_on="2032-01-01", responsible=str(person.pk))
    refused = save(mine, shared, form)
    assert errors_of(refused).keys() == {"review_on"} and "2032" in errors_of(refused)["review_on"][0]
    assert save(mine, shared, in_form(refused)).status_code == 302
    page = latest(shared)
    assert (str(page.review_on), page.responsible, page.show_in_menus) == ("2031-01-01", person, True)


@pytest.mark.sweep
def test_a_conflict_names_who_wrote_the_text_and_not_who_saved_last(language, mine, theirs, shared):
    form = open_form(mine, edit_url(shared), heading_fr="Moi")
    # In another window this publisher saves something else: it takes in the other's heading, and is the latest version.
    elsewhere = open_form(mine, edit_url(shared), summary_nl="Van mij.")
    save(theirs, shared, open_form(theirs, edit_url(shared)), heading_fr="Autre")
    assert save(mine, shared, elsewhere).status_code == 302
    refused = save(mine, shared, form)
    (error,) = errors_of(refused)["heading_fr"]
    assert "An Peeters" in error and said("you, in another window", language) not in error
    assert "An Peeters" in " ".join(messages_of(refused))
    assert '<span class="difference" lang="fr"><ins>Autre</ins>' in " ".join([error, *messages_of(refused)])


@pytest.mark.sweep
def test_ones_own_text_from_another_window_is_called_so(mine, shared):
    form = open_form(mine, edit_url(shared), heading_fr="Moi")
    save(mine, shared, open_form(mine, edit_url(shared)), heading_fr="Moi aussi")
    assert said("you, in another window", "nl") in errors_of(save(mine, shared, form))["heading_fr"][0]


# --- By itself


def autosaved(client, page, form, **typed):
    """Let the open form save by itself; return the answer, and the form as the script then has it."""
    response = client.post(edit_url(page), form | typed, headers=SCRIPT)
    answer = response.json()
    if not answer["success"] or "revision_id" not in answer:  # refused, or nothing to save
        return response, form | typed
    return response, form | typed | answer["field_updates"] | {"overwrite_revision_id": str(answer["revision_id"])}


@pytest.mark.sweep
def test_a_stale_form_that_saves_by_itself_merges_and_overwrites_nobodys_revision(mine, theirs, shared):
    first, form = autosaved(mine, shared, open_form(mine, edit_url(shared)), heading_nl="Van mij")
    save(theirs, shared, open_form(theirs, edit_url(shared)), summary_fr="Autre")
    between = latest(shared).latest_revision
    second, form = autosaved(mine, shared, form, heading_nl="Van mij, beter")
    assert second.json()["revision_id"] > between.pk > first.json()["revision_id"]
    assert Revision.objects.get(pk=between.pk).content["summary_fr"] == "Autre"
    third, form = autosaved(mine, shared, form, heading_nl="Van mij, af")
    assert third.json()["revision_id"] == second.json()["revision_id"]
    assert third.json()["revision_created_at"] == latest(shared).latest_revision.created_at.isoformat()
    page = latest(shared)
    assert (page.heading_nl, page.summary_fr) == ("Van mij, af", "Autre")
    # The open form still shows the old summary: only when somebody changes it there do the two conflict.
    refused, form = autosaved(mine, shared, form, summary_fr="Le mien")
    assert refused.status_code == 400 and latest(shared).summary_fr == "Autre"


@pytest.mark.sweep
def test_a_stale_form_that_saves_by_itself_and_conflicts_is_refused_with_a_message(language, mine, theirs, shared):
    form = open_form(mine, edit_url(shared))
    save(theirs, shared, open_form(theirs, edit_url(shared)), heading_fr="Autre")
    refused, form = autosaved(mine, shared, form, heading_fr="Moi")
    answer = refused.json()
    assert (refused.status_code, answer["success"], answer["error_code"]) == (400, False, "invalid_revision")
    assert "An Peeters" in answer["error_message"] and "<" not in answer["error_message"]
    assert latest(shared).heading_fr == "Autre"
    assert errors_of(save(mine, shared, form)).keys() == {"heading_fr"}


@pytest.mark.sweep
def test_whoever_saves_before_the_form_heard_of_its_own_last_save_does_not_conflict_with_it(mine, shared):
    form = open_form(mine, edit_url(shared))
    autosaved(mine, shared, form, heading_fr="Tap")
    assert save(mine, shared, form | {"heading_fr": "Tapé"}).status_code == 302
    assert latest(shared).heading_fr == "Tapé"


@pytest.mark.sweep
def test_what_it_had_not_heard_it_has_heard_when_it_comes_back_refused(mine, shared):
    form = open_form(mine, edit_url(shared))
    autosaved(mine, shared, form, summary_nl="Nieuw.")
    refused = save(mine, shared, form | {"summary_nl": "Nieuw."}, **PUBLISH)  # which asks for a reason
    assert "publishing_reason" in errors_of(refused)
    cache.clear()  # however long somebody thinks about it
    assert save(mine, shared, in_form(refused), summary_fr="Nouveau.", summary_en="New.", **PUBLISH).status_code == 302
    assert lags(latest(shared).alignment) == []


@pytest.mark.sweep
def test_a_save_by_itself_that_arrives_after_publishing_undoes_nothing(mine, shared):
    save(mine, shared, open_form(mine, edit_url(shared)), summary_nl="Nieuw.")
    form = open_form(mine, edit_url(shared))
    typed = form | {"heading_nl": "Anders", "heading_fr": "Autre", "heading_en": "Other"}
    _answer, form = autosaved(mine, shared, typed)
    confirmed = [key for lag in lags(latest(shared).alignment) for key in lag.keys]
    assert confirmed
    assert save(mine, shared, form, alignment_confirmed=json.dumps(confirmed), **PUBLISH).status_code == 302
    autosaved(mine, shared, form)  # sent before, and on its way until now
    assert lags(latest(shared).alignment) == []


@pytest.mark.sweep
def test_but_with_what_somebody_else_saved_after_it(mine, theirs, shared):
    form = open_form(mine, edit_url(shared))
    autosaved(mine, shared, form, heading_fr="Tap")
    save(theirs, shared, open_form(theirs, edit_url(shared)), heading_fr="Autre", summary_fr="Autre aussi")
    refused = save(mine, shared, form | {"heading_fr": "Tapé"})
    assert errors_of(refused).keys() == {"heading_fr"} and latest(shared).heading_fr == "Autre"
    assert save(mine, shared, in_form(refused)).status_code == 302
    assert (latest(shared).heading_fr, latest(shared).summary_fr) == ("Tapé", "Autre aussi")


@pytest.mark.sweep
def test_a_new_page_that_saves_by_itself_becomes_a_form_that_merges(mine, theirs, home):
    url = add_url(StandardPage, home)
    answer = mine.post(url, form := open_form(mine, url, **texts("nieuw")), headers=SCRIPT).json()
    assert answer["success"], answer
    page = StandardPage.objects.get()
    save(theirs, page, open_form(theirs, edit_url(page)), summary_fr="Autre")
    again = form | answer["field_updates"] | {"overwrite_revision_id": answer["revision_id"], "heading_nl": "Van mij"}
    assert mine.post(edit_url(page), again, headers=SCRIPT).json()["success"]
    assert (latest(page).heading_nl, latest(page).summary_fr) == ("Van mij", "Autre")


@pytest.mark.sweep
def test_the_preview_shows_what_is_typed_whatever_others_saved(mine, theirs, shared):
    form = open_form(mine, edit_url(shared), heading_fr="Moi")
    save(theirs, shared, open_form(theirs, edit_url(shared)), heading_fr="Autre")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[shared.pk])
    assert mine.post(url, form).json() == {"is_valid": True, "is_available": True}
    assert "Moi" in mine.get(url + "?mode=fr").content.decode()


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


# --- Entries and settings


@pytest.fixture
def term(db):
    return GlossaryTerm.objects.create(term_nl="netwerk", term_fr="réseau", definition_nl="Oud.", definition_fr="Vieux.")


@pytest.fixture
def site_settings(db):
    names = {f"{name}_{code}": f"{name} {code}" for name in ("site_name", "organisation_name") for code in ("nl", "fr")}
    return SiteSettings.objects.create(**names)


@pytest.fixture(params=["term", "site_settings"])
def thing(request):
    """Something without versions: its object, the address of its form, and the names of two texts."""
    if request.param == "term":
        instance = request.getfixturevalue("term")
        return instance, reverse("wagtailsnippets_directory_glossaryterm:edit", args=[instance.pk]), ("term", "definition")
    instance = request.getfixturevalue("site_settings")
    return (
        instance,
        reverse("wagtailsettings:edit", args=["pages", "sitesettings", instance.pk]),
        ("site_name", "organisation_name"),
    )


@pytest.fixture
def administrators(client, theirs, request):
    code = request.getfixturevalue("language") if "language" in request.fixturenames else "nl"
    client.force_login(make_user(None, code))
    other = make_user(None, "nl")
    other.first_name = "Bo"
    other.save()
    theirs.force_login(other)
    return client, theirs


@pytest.mark.sampled(1)
def test_entries_and_settings_merge(administrators, thing):
    mine, theirs = administrators
    instance, url, (one, other) = thing
    form = form_with(mine.get(url), f"{one}_nl") | {f"{one}_nl": "Van mij"}
    assert theirs.post(url, form_with(theirs.get(url), f"{one}_nl") | {f"{other}_fr": "Autre"}).status_code == 302
    assert mine.post(url, form).status_code == 302
    instance.refresh_from_db()
    assert (getattr(instance, f"{one}_nl"), getattr(instance, f"{other}_fr")) == ("Van mij", "Autre")
    assert {unit.address: unit.texts for unit in units(instance)}[other]["fr"] == "Autre"
    assert instance.alignment["now"][other]["fr"], "What the form does not show is of today too."


@pytest.mark.sampled(1)
def test_entries_and_settings_show_both_versions(language, administrators, thing):
    mine, theirs = administrators
    instance, url, (one, other) = thing
    form = form_with(mine.get(url), f"{one}_nl") | {f"{one}_nl": "Van mij", f"{other}_nl": "Ook"}
    theirs.post(url, form_with(theirs.get(url), f"{one}_nl") | {f"{one}_nl": "Andere"})
    refused = mine.post(url, form)
    assert errors_of(refused).keys() == {f"{one}_nl"}
    (error,) = errors_of(refused)[f"{one}_nl"]
    assert "Bo" in error and "<ins>" in error and error in refused.content.decode()
    again = form_with(refused, f"{one}_nl")
    again = {name: value.removeprefix("\n") for name, value in again.items()}  # of a textarea, which HTML drops
    assert (again[f"{one}_nl"], again[f"{other}_nl"]) == ("Van mij", "Ook")
    instance.refresh_from_db()
    assert getattr(instance, f"{one}_nl") == "Andere"
    assert mine.post(url, again).status_code == 302
    instance.refresh_from_db()
    assert getattr(instance, f"{one}_nl") == "Van mij"


# --- Bad input


@pytest.mark.parametrize("proof", [None, "", "nonsense", "another page's", "altered"])
@pytest.mark.sweep
def test_a_form_that_proves_nothing_is_compared_whole_and_saved_at_the_second_try(proof, language, mine, shared, home):
    form = open_form(mine, edit_url(shared), heading_fr="Moi")
    if proof is None:
        del form["opened_as"]
    elif proof == "another page's":
        form["opened_as"] = open_form(mine, edit_url(make_standard(home, "other")))["opened_as"]
    else:
        form["opened_as"] = form["opened_as"][:-1] if proof == "altered" else proof
    refused = save(mine, shared, form)
    assert errors_of(refused).keys() == {"__all__", "heading_fr"}
    assert latest(shared).heading_fr == shared.heading_fr
    answer = mine.post(edit_url(shared), form, headers=SCRIPT)
    assert answer.status_code == 400 and answer.json()["error_code"] == "invalid_revision"
    assert in_form(refused)["heading_fr"] == "Moi"
    assert save(mine, shared, in_form(refused)).status_code == 302
    assert latest(shared).heading_fr == "Moi"


FORGED = {  # what is said of it -> the end of a field's name, and what is sent of it
    "a number that is none": ("-count", "many"),
    "more blocks than came": ("-count", "9"),
    "a block without a place": ("-order", "first"),
    "two blocks at one place": ("-order", "0"),
    "a list without a number": ("points-count", ""),
}


@pytest.mark.sweep
@pytest.mark.parametrize("forgery", FORGED)
def test_a_stream_that_did_not_arrive_whole_saves_nothing_and_shows_what_was_there(forgery, language, mine, home):
    points = {"nl": "een", "fr": "un", "en": "one"}
    task = {"text": points, "points": [{"type": "item", "value": points, "id": "1"}]}
    page = make_mandate(make_section(home), tasks=[block("task", **task), block("task", **task)])
    form = open_form(mine, edit_url(page), heading_fr="Moi")
    end, value = FORGED[forgery]
    forged = form | {name: value for name in form if name.startswith("tasks-") and name.endswith(end)}
    assert forged != form
    refused = save(mine, page, forged)
    with translation.override(language):
        assert errors_of(refused) == {"tasks": [str(INCOMPLETE)]}
    again = in_form(refused)
    assert again["heading_fr"] == "Moi" and {**again, "tasks-count": "2"} == again
    assert mine.post(edit_url(page), forged, headers=SCRIPT).status_code == 400
    assert save(mine, page, again).status_code == 302
    assert latest(page).heading_fr == "Moi" and len(latest(page).tasks) == 2


def test_two_blocks_that_come_with_one_id_keep_their_texts_and_get_ids_of_their_own(mine, shared):
    items = shared.body.get_prep_value()
    items[1]["id"] = items[0]["id"]
    assert save(mine, shared, with_body(open_form(mine, edit_url(shared)), items)).status_code == 302
    page = latest(shared)
    assert len({one.id for one in page.body}) == 2 and body(page) == body(shared)


@pytest.mark.sweep
@pytest.mark.parametrize("sent", ["<script>", "[1, 2]", '{"blocks": 3}'])
def test_a_rich_text_that_cannot_be_read_is_kept_as_words(sent, mine, shared):
    form = open_form(mine, edit_url(shared)) | {"body-0-value-text-nl": sent}
    assert save(mine, shared, form).status_code == 302
    assert escape(sent) in str(latest(shared).body[0].value["text"]["nl"].source)


@pytest.mark.sweep
def test_a_form_opened_before_a_field_existed_keeps_what_is_in_it(mine, theirs, shared):
    response = mine.get(edit_url(shared))
    form, old = in_form(response), response.context["form"]
    proved = dict(old.shape)
    del proved["meta_title_fr"]
    form["opened_as"] = old.sign(snapshot(proved, values_of(shared, proved)), None)
    del form["meta_title_fr"]
    save(theirs, shared, open_form(theirs, edit_url(shared)), meta_title_fr="Nouveau")
    assert save(mine, shared, form, heading_nl="Van mij").status_code == 302
    assert (latest(shared).meta_title_fr, latest(shared).heading_nl) == ("Nouveau", "Van mij")


@pytest.mark.sweep
@pytest.mark.parametrize("by_itself", [True, False])
def test_whoever_saves_a_page_that_was_deleted_gets_back_what_was_typed(by_itself, language, mine, theirs, shared):
    form = with_body(open_form(mine, edit_url(shared), heading_fr="Titre <à> moi"), changed(shared, 0, nl="een van mij"))
    theirs.force_login(administrator := make_user())
    assert theirs.post(reverse("wagtailadmin_pages:delete", args=[shared.pk])).status_code == 302
    response = mine.post(edit_url(shared), form, headers=SCRIPT if by_itself else {})
    if by_itself:
        assert response.status_code == 400 and response.json()["error_code"] == "invalid_revision"
        assert administrator.username in response.json()["error_message"]
    else:
        shown = response.content.decode()
        assert response.status_code == 410 and f'<html lang="{language}"' in shown
        assert "Titre &lt;à&gt; moi" in shown and "een van mij" in shown and administrator.username in shown


def test_whoever_saves_an_entry_that_was_deleted_gets_back_what_was_typed(administrators, term):
    mine, theirs = administrators
    url = reverse("wagtailsnippets_directory_glossaryterm:edit", args=[term.pk])
    form = form_with(mine.get(url), "term_nl") | {"term_nl": "Mijn woord"}
    delete = reverse("wagtailsnippets_directory_glossaryterm:delete", args=[term.pk])
    assert theirs.post(delete).status_code == 302
    response = mine.post(url, form)
    assert response.status_code == 410 and "Mijn woord" in response.content.decode()


@pytest.mark.sweep
def test_a_page_that_never_was_is_not_found(mine, shared):
    assert mine.post("/admin/pages/999999/edit/", open_form(mine, edit_url(shared))).status_code == 404


# --- What the languages remember


@pytest.mark.sweep
def test_what_another_found_still_correct_is_not_forgotten_by_a_stale_form(mine, theirs, shared):
    save(mine, shared, open_form(mine, edit_url(shared)), summary_nl="Nieuw.")
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


# --- At the same moment, in two connections


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_colliding_saves_at_the_same_moment_exactly_one_is_refused():
    home = make_home()
    pair = [Client(), Client()]
    for client in pair:
        client.force_login(make_user("Publishers"))
    for number, press in enumerate([*PRESSED.values()] * 2):
        page = make_standard(home, f"page {number}")
        forms = [open_form(client, edit_url(page), heading_nl=f"van {index}") for index, client in enumerate(pair)]
        answers = {}

        def save_as(index, page=page, forms=forms, press=press, answers=answers):
            answers[index] = save(pair[index], page, forms[index], **press)

        assert outcomes(lambda: save_as(0), lambda: save_as(1)) == [None, None]
        statuses = {index: answer.status_code for index, answer in answers.items()}
        assert sorted(statuses.values()) == [200, 302], statuses
        winner = next(index for index, status in statuses.items() if status == 302)
        assert latest(page).heading_nl == f"van {winner}"
        if press is not PRESSED["schedule"]:
            assert errors_of(answers[1 - winner]).keys() == {"heading_nl"}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_saves_of_different_texts_at_the_same_moment_are_both_kept():
    home = make_home()
    pair = [Client(), Client()]
    for client in pair:
        client.force_login(make_user("Publishers"))
    term = GlossaryTerm.objects.create(term_nl="netwerk", term_fr="réseau", definition_nl="Oud.", definition_fr="Vieux.")
    administrator = make_user()
    url = reverse("wagtailsnippets_directory_glossaryterm:edit", args=[term.pk])
    for number in range(3):
        page = make_standard(home, f"page {number}", live=False)
        forms = [open_form(client, edit_url(page), **{name: "Nieuw"}) for client, name in zip(pair, TWO, strict=True)]
        saves = [lambda i=i, page=page, forms=forms: save(pair[i], page, forms[i], **PRESSED["publish"]) for i in (0, 1)]
        assert outcomes(*saves) == [None, None]
        assert [getattr(Page.objects.get(pk=page.pk).specific, name) for name in TWO] == ["Nieuw", "Nieuw"]
    for client in pair:
        client.force_login(administrator)
    for number in range(3):
        typed = [{"definition_nl": f"nl {number}"}, {"definition_fr": f"fr {number}"}]
        forms = [form_with(client.get(url), "term_nl") | one for client, one in zip(pair, typed, strict=True)]
        outcomes(*(lambda i=i, forms=forms: pair[i].post(url, forms[i]) for i in (0, 1)))
        term.refresh_from_db()
        assert (term.definition_nl, term.definition_fr) == (f"nl {number}", f"fr {number}")
