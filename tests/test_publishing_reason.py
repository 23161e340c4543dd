"""What is behind is published only with a reason, whichever way somebody publishes."""

import json
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page, PageLogEntry

from languages.codes import name_in
from languages.lags import unexcused_lags
from languages.parity import ReasonMissing
from pages.lag_log import ACTION as PUBLISHED_BEHIND
from pages.models import StandardPage
from tests.behind import REFUSED, keys
from tests.building import make_home, make_mandate, make_section, make_standard, make_user, texts
from tests.editor import (
    PUBLISH,
    REASON,
    SUBMIT,
    add_url,
    edit_url,
    errors_of,
    finish,
    form_with,
    in_form,
    messages_of,
    open_form,
    publish,
    save_draft,
)
from tests.publishing import LATER, bulk, fresh, in_moderation, let_the_hour_come


@pytest.fixture
def lagging(standard, publisher, client):
    """The public page with a draft that changed in Dutch only."""
    assert finish(client, standard, summary_nl="Anders.").status_code == 302
    return fresh(standard)


def is_as_it_was(page):
    return fresh(page).summary_nl == "Summary of standard in nl." and not fresh(page).scheduled_revision


@pytest.mark.parametrize("reader", ["nl", "fr"])
@pytest.mark.sampled(1)
def test_publishing_what_is_behind_asks_why_and_keeps_who_said_what(reader, client, lagging):
    user = make_user("Publishers", reader)
    client.force_login(user)
    refused = publish(client, lagging, heading_en="Typed")
    (message,) = errors_of(refused)["publishing_reason"]
    with translation.override(reader):
        assert name_in("fr", reader) in message and str(translation.gettext("summary")) in message
    assert in_form(refused)["heading_en"] == "Typed" and "publishing_reason" in refused.content.decode()
    assert is_as_it_was(lagging)
    assert publish(client, lagging, publishing_reason="De pers wacht.").status_code == 302
    page = fresh(lagging)
    assert page.summary_nl == "Anders."
    entry = PageLogEntry.objects.get(action=PUBLISHED_BEHIND, page=page.pk)
    assert (entry.user, entry.revision) == (user, page.live_revision)
    assert entry.data["reason"] == "De pers wacht."
    assert entry.data["texts"] == [{"address": "summary", "language": "fr"}]
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "De pers wacht." in history


@pytest.mark.sweep
def test_a_reason_is_not_asked_again_until_a_text_changes_again(client, lagging):
    assert publish(client, lagging, **REASON).status_code == 302
    assert publish(client, lagging, heading_en="English only").status_code == 302
    form = open_form(client, edit_url(lagging), summary_nl="Weer anders.", publishing_reason="")
    assert errors_of(client.post(edit_url(lagging), form | PUBLISH)).keys() == REFUSED


@pytest.mark.sweep
def test_a_reason_holds_only_for_the_texts_for_which_it_was_given(client, standard):
    client.force_login(make_user("Editors", "fr"))
    url = edit_url(standard)
    assert client.post(url, open_form(client, url, summary_nl="Anders.") | SUBMIT | REASON).status_code == 302
    client.post(url, open_form(client, url) | {"action-cancel-workflow": "1"})
    assert not fresh(standard).current_workflow_state
    form = open_form(client, url, heading_fr="Autre titre")
    assert form["publishing_reason"] == REASON["publishing_reason"]
    refused = client.post(url, form | SUBMIT)
    (message,) = errors_of(refused)["publishing_reason"]
    assert "titre (néerlandais)" in message and "(français)" not in message
    form = in_form(refused)
    assert form["publishing_reason"] == REASON["publishing_reason"]
    again = client.post(url, form | {"heading_fr": "Encore un autre titre"} | SUBMIT)
    assert errors_of(again).keys() == REFUSED  # it was asked about another heading
    assert client.post(url, in_form(again) | SUBMIT).status_code == 302
    assert unexcused_lags(fresh(standard).get_latest_revision_as_object().memory()) == []


@pytest.mark.sweep
def test_the_field_for_a_reason_is_there_only_where_one_is_needed(client, publisher, standard):
    assert "publishing_reason" not in client.get(edit_url(standard)).content.decode()
    finish(client, standard, summary_nl="Anders.")
    assert "publishing_reason" in client.get(edit_url(standard)).content.decode()
    save_draft(client, standard, summary_nl="Anders.", alignment_confirmed=json.dumps(keys(standard, "fr")))
    assert "publishing_reason" not in client.get(edit_url(standard)).content.decode()


@pytest.mark.sweep
def test_scheduling_what_is_behind_asks_why(client, lagging):
    assert errors_of(publish(client, lagging, go_live_at=LATER)).keys() == REFUSED
    assert is_as_it_was(lagging)


@pytest.mark.sweep
def test_by_the_hour_what_is_behind_without_a_reason_is_passed_over_and_the_others_go(client, lagging, home, mailoutbox):
    other = make_standard(home, "other", live=False)
    publish(client, lagging, go_live_at=LATER, **REASON)
    publish(client, other, go_live_at=LATER)
    memory = fresh(lagging).scheduled_revision.content["alignment"]
    let_the_hour_come(**{f"page_{lagging.pk}": {"alignment": {**memory, "excused": {}}}})
    assert is_as_it_was(lagging) and fresh(other).live and len(mailoutbox) == 1


def test_creating_and_publishing_at_once_is_in_step(client, publisher, home):
    url = add_url(StandardPage, home)
    assert client.post(url, open_form(client, url, **texts("new")) | PUBLISH).status_code == 302
    assert fresh(StandardPage.objects.get()).live


@pytest.mark.sweep
def test_submitting_and_approving_what_is_behind_ask_why(client, standard):
    task = in_moderation(client, standard)
    client.force_login(make_user("Publishers", "fr"))
    finish(client, standard, summary_nl="Anders.")
    task.refresh_from_db()
    url = reverse("wagtailadmin_pages:workflow_action", args=[standard.pk, "approve", task.pk])
    response = client.post(url, {"comment": ""}, headers={"Referer": "http://testserver" + reverse("wagtailadmin_home")})
    assert is_as_it_was(standard) and "français" in messages_of(response)[-1].lower()
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    form = open_form(client, edit_url(standard)) | approve
    assert errors_of(client.post(edit_url(standard), form)).keys() == REFUSED
    assert client.post(edit_url(standard), form | REASON).status_code == 302
    assert fresh(standard).summary_nl == "Anders."


@pytest.mark.sweep
def test_a_reason_stays_with_who_gave_it_whoever_approves(client, standard):
    client.force_login(editor := make_user("Editors"))
    url = edit_url(standard)
    assert client.post(url, open_form(client, url, summary_nl="Anders.") | SUBMIT | REASON).status_code == 302
    client.force_login(publisher := make_user("Publishers", "nl"))
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    assert client.post(url, open_form(client, url) | approve).status_code == 302
    entry = PageLogEntry.objects.get(action=PUBLISHED_BEHIND, page=standard.pk)
    assert (entry.user, entry.data["by"]) == (publisher, editor.get_username())
    history = client.get(reverse("wagtailadmin_pages:history", args=[standard.pk])).content.decode()
    assert f"reden van {editor.get_username()}" in history


@pytest.mark.sweep
def test_in_bulk_what_is_behind_is_left_out_and_the_others_go(client, lagging, home):
    other = make_standard(home, "other", live=False)
    response = bulk(client, "publish", [lagging, other])
    assert is_as_it_was(lagging) and fresh(other).live
    assert edit_url(lagging) in messages_of(response)[0]


def test_an_older_revision_that_is_behind_is_not_published_without_a_reason(client, lagging):
    with pytest.raises(ReasonMissing):
        lagging.latest_revision.publish()
    assert is_as_it_was(lagging)


def test_nor_is_it_in_the_shell(standard):
    ways = (
        lambda it: it.save(),
        lambda it: it.save_revision().publish(),
        lambda it: it.save(clean=False),
    )
    for way in ways:
        changed = fresh(standard)
        changed.summary_nl = "Anders."
        with pytest.raises(ReasonMissing), transaction.atomic():
            way(changed)
        assert is_as_it_was(standard)
    changed = fresh(standard)
    changed.summary_nl = "Anders."
    changed.excuse("Written by a script.")
    changed.save_revision().publish()
    assert fresh(standard).summary_nl == "Anders."


def test_a_hidden_page_that_is_behind_is_not_made_live_as_a_plain_page(client, home, publisher):
    page = make_standard(home, live=False)
    finish(client, page, summary_nl="Anders.")
    plain = Page.objects.get(pk=page.pk)
    plain.live = True
    with pytest.raises(ReasonMissing):
        plain.save()
    assert not fresh(page).live


@pytest.mark.sweep
def test_the_admins_api_publishes_nothing_that_is_behind(client, lagging):
    client.force_login(make_user())
    url = reverse("wagtailadmin_api:pages:action", args=[lagging.pk, "publish"])
    response = client.post(url, headers={"Accept": "application/json"})
    assert response.status_code == 400 and is_as_it_was(lagging)
    assert "samenvatting" in response.json()["publishing_reason"][0]


@pytest.mark.sweep
def test_a_public_copy_with_a_new_heading_in_one_language_is_refused_at_the_form(client, publisher, standard):
    url = reverse("wagtailadmin_pages:copy", args=[standard.pk])
    form = form_with(client.get(url), "heading_nl") | {"heading_nl": "Kopie", "publish_copies": "on"}
    assert errors_of(client.post(url, form)).keys() == {"publish_copies"}
    assert StandardPage.objects.count() == 1
    assert client.post(url, form | {"heading_fr": "Copie"}).status_code == 302
    assert StandardPage.objects.filter(live=True).count() == 2


@pytest.mark.sweep
def test_an_alias_does_not_follow_a_source_that_may_not_be_published(client, lagging, publisher):
    alias = CreatePageAliasAction(lagging, user=publisher).execute()
    assert errors_of(publish(client, lagging)).keys() == REFUSED
    assert fresh(alias).summary_nl == "Summary of standard in nl."
    assert publish(client, lagging, **REASON).status_code == 302
    assert fresh(alias).summary_nl == "Anders."


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_people_who_publish_at_once_nobody_gets_past_the_gate():
    home = make_home()
    page = make_mandate(make_section(home))
    people = [make_user("Publishers", "nl") for _ in range(2)]
    clients = [Client() for _ in people]
    for client, person in zip(clients, people, strict=True):
        client.force_login(person)
    forms = [open_form(client, edit_url(page)) for client in clients]
    typed = [{"summary_nl": "Van de een."}, {"heading_fr": "De l’autre"}]
    barrier, answers = Barrier(2, timeout=30), {}

    def press(number):
        try:
            barrier.wait()
            answers[number] = clients[number].post(edit_url(page), forms[number] | typed[number] | PUBLISH).status_code
        finally:
            connection.close()

    threads = [Thread(target=press, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers.values()) == {200}
    live = fresh(page)
    assert unexcused_lags(live.memory()) == [] and live.summary_nl != "Van de een." and live.heading_fr != "De l’autre"
