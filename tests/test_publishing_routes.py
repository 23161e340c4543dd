"""Nothing is public without Dutch and French, whichever way staff publish: in the editor, by workflow, in bulk, as a copy."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page, TaskState, Workflow

from languages.parity import ParityMissing
from pages.models import StandardPage
from tests.building import make_standard, make_user, texts
from tests.editor import (
    PUBLISH,
    REASON,
    SUBMIT,
    add_url,
    edit_url,
    errors_of,
    in_form,
    messages_of,
    open_form,
    publish,
    save_draft,
    translate,
)
from tests.publishing import LATER, MISSING, bulk, fresh, in_moderation, is_hidden

# --- In the editor


def test_publishing_in_the_editor_is_refused_at_the_fields(publisher, client, dutch):
    refused = publish(client, dutch)
    assert errors_of(refused).keys() == MISSING
    assert is_hidden(dutch)


def test_publishing_what_was_never_saved_is_refused_at_the_fields(publisher, client, home):
    url = add_url(StandardPage, home)
    refused = client.post(url, open_form(client, url, **texts("dutch", ["nl"])) | PUBLISH)
    assert errors_of(refused).keys() == MISSING
    assert in_form(refused)["heading_nl"] == "dutch nl"
    assert not StandardPage.objects.exists()


@pytest.mark.sweep
def test_a_live_page_that_loses_its_french_keeps_what_readers_see(publisher, client, home):
    page = make_standard(home)
    assert errors_of(publish(client, page, summary_fr="")).keys() == {"summary_fr"}
    assert save_draft(client, page, summary_fr="").status_code == 302
    page = fresh(page)
    assert page.summary_fr == "Summary of standard in fr." and page.has_unpublished_changes
    assert not page.get_latest_revision_as_object().summary_fr


@pytest.mark.sweep
def test_scheduling_an_incomplete_page_is_refused_at_the_fields(publisher, client, dutch):
    refused = publish(client, dutch, go_live_at=LATER)
    assert errors_of(refused).keys() == MISSING
    assert fresh(dutch).scheduled_revision is None


@pytest.mark.sweep
def test_reverting_to_an_incomplete_revision_and_publishing_it_is_refused_at_the_fields(publisher, client, dutch):
    incomplete = dutch.latest_revision
    assert publish(client, dutch, **texts("dutch", ["fr"])).status_code == 302
    url = reverse("wagtailadmin_pages:revisions_revert", args=[dutch.pk, incomplete.pk])
    refused = client.post(url, open_form(client, url) | PUBLISH)
    assert errors_of(refused).keys() == MISSING
    assert fresh(dutch).heading_fr == "dutch fr"
    assert client.post(url, open_form(client, url)).status_code == 302, "A draft may be reverted to it."
    page = fresh(dutch)
    assert page.live and page.heading_fr == "dutch fr" and not page.get_latest_revision_as_object().heading_fr


# --- By workflow


@pytest.mark.sweep
def test_submitting_an_incomplete_page_for_moderation_is_refused_at_the_fields(client, dutch):
    assert Workflow.objects.filter(active=True).exists()
    client.force_login(make_user("Editors"))
    refused = client.post(edit_url(dutch), open_form(client, edit_url(dutch)) | SUBMIT)
    assert errors_of(refused).keys() == MISSING
    assert not TaskState.objects.exists()


@pytest.mark.sweep
def test_approving_in_the_editor_is_refused_at_the_field_when_french_went_missing(client, home):
    page = make_standard(home, live=False)
    in_moderation(client, page)
    client.force_login(make_user("Publishers"))
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    refused = client.post(edit_url(page), open_form(client, edit_url(page), summary_fr="") | approve)
    assert errors_of(refused).keys() == {"summary_fr"}
    assert is_hidden(page)
    assert client.post(edit_url(page), in_form(refused) | {"summary_fr": "Résumé."} | REASON | approve).status_code == 302
    assert fresh(page).live


@pytest.mark.sweep
@pytest.mark.parametrize("in_a_dialogue", [False, True])
def test_approving_elsewhere_says_what_is_missing_and_leaves_the_page_in_moderation(in_a_dialogue, client, home):
    page = make_standard(home, live=False)
    task = in_moderation(client, page)
    client.force_login(make_user("Publishers", "fr"))
    save_draft(client, page, summary_fr="")
    task.refresh_from_db()
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    dashboard = "http://testserver" + reverse("wagtailadmin_home")
    headers = {"Referer": dashboard} | ({"X-Requested-With": "XMLHttpRequest"} if in_a_dialogue else {})
    response = client.post(url, {"comment": ""}, headers=headers)
    if in_a_dialogue:
        assert response.json() == {"step": "success", "redirect": dashboard}
    else:
        assert (response.status_code, response.url) == (302, dashboard)
    missing = translate("Missing in %(language)s: %(text)s.", "fr", language="fr", text="summary")
    assert messages_of(response)[-1] == f"{translate('Not published.', 'fr')} {missing}"
    assert is_hidden(page)
    task.refresh_from_db()
    assert task.status == TaskState.STATUS_IN_PROGRESS
    done = '["summary:fr", "summary:nl"]'
    save_draft(client, page, summary_fr="Résumé.", summary_nl="Samenvatting.", alignment_done=done)
    assert client.post(url, {"comment": ""}).status_code == 302
    assert fresh(page).live


# --- In bulk


@pytest.mark.sweep
def test_publishing_in_bulk_leaves_out_what_is_incomplete_and_says_so(publisher, client, home, dutch):
    complete = make_standard(home, "whole", live=False)
    response = bulk(client, "publish", [dutch, complete])
    assert response.status_code == 302
    assert is_hidden(dutch) and fresh(complete).live
    refusal, success = messages_of(response)
    assert "dutch nl" in refusal and edit_url(dutch) in refusal and translate("summary", "fr") in refusal
    assert "whole" not in refusal
    assert success


def test_publishing_only_what_is_incomplete_in_bulk_publishes_nothing(publisher, client, dutch):
    response = bulk(client, "publish", [dutch])
    assert response.status_code == 302 and len(messages_of(response)) == 1
    assert is_hidden(dutch)


@pytest.mark.sweep
@pytest.mark.parametrize("first", ["whole", "incomplete"])
def test_publishing_whole_trees_in_bulk_leaves_out_what_is_incomplete(first, publisher, client, home):
    top = make_standard(home, "top", languages=["nl", "fr"] if first == "whole" else ["nl"], live=False)
    incomplete = make_standard(top, "below", languages=["nl"], live=False)
    complete = make_standard(incomplete, "deep", languages=["nl", "fr"], live=False)
    response = bulk(client, "publish", [top], include_descendants="on")
    assert response.status_code == 302
    assert is_hidden(incomplete)
    assert fresh(complete).live and fresh(complete).paths() == {}, "Readers cannot get below a page that is not there."
    assert fresh(top).live == (first == "whole")
    assert "below nl" in messages_of(response)[0]


@pytest.mark.sweep
def test_publishing_in_bulk_what_takes_an_address_of_another_says_so(publisher, client, home):
    make_standard(home, "taken")
    page = make_standard(home, "other")
    StandardPage.objects.get(pk=page.pk).save_revision()
    revision = fresh(page).latest_revision
    revision.content |= {"url_slug_fr": "taken-fr"}
    revision.save()
    response = bulk(client, "publish", [page])
    assert response.status_code == 302
    assert translate("Another page has this address in %(language)s already.", "fr", language="fr") in messages_of(response)[0]
    assert fresh(page).paths()["fr"] == "/fr/other-fr/"


# --- Copies and aliases


def test_a_public_copy_without_french_is_refused_and_leaves_nothing_behind(home, standard):
    before = Page.objects.count()
    with pytest.raises(ParityMissing):
        standard.copy(keep_live=True, update_attrs={"heading_fr": ""})
    assert Page.objects.count() == before
    home.refresh_from_db()
    assert home.numchild == home.get_children().count() == 1


@pytest.mark.sweep
def test_a_copy_of_a_tree_that_is_refused_below_leaves_nothing_behind(home, standard):
    make_standard(standard, "below", url_slug_fr="b" * 80)
    place = make_standard(make_standard(home, "a", url_slug_fr="a" * 80), "c", url_slug_fr="c" * 80)
    before = Page.objects.count()
    with pytest.raises(ValidationError):
        fresh(standard).copy(recursive=True, to=place, keep_live=True)
    assert Page.objects.count() == before
    assert fresh(place).numchild == 0


def test_a_copy_is_a_draft_of_its_own_until_it_is_published(home, dutch):
    copy = dutch.copy(keep_live=True)
    assert is_hidden(copy)
    with pytest.raises(ParityMissing):
        copy.get_latest_revision().publish()
    assert is_hidden(copy)


@pytest.mark.sweep
def test_an_alias_of_a_draft_is_hidden_until_its_source_is_published(publisher, client, home, dutch):
    alias = CreatePageAliasAction(dutch, user=publisher).execute()
    assert is_hidden(alias)
    assert errors_of(publish(client, dutch)).keys() == MISSING
    assert is_hidden(alias)
    assert publish(client, dutch, **texts("dutch", ["fr"])).status_code == 302
    assert fresh(alias).paths() == {"nl": "/nl/dutch-nl-2/", "fr": "/fr/dutch-fr-2/"}


def test_an_alias_may_not_be_made_public_by_itself(dutch):
    alias = fresh(CreatePageAliasAction(dutch).execute())
    alias.live = True
    with pytest.raises(ParityMissing):
        alias.save()
    assert is_hidden(alias)
