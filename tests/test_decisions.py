"""What happens to a draft whose publication is refused, and to decisions in a workflow that come twice or too late."""

import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, TaskState, WorkflowState

from pages.models import StandardPage
from tests.building import make_standard, make_user
from tests.editor import PUBLISH, REASON, SUBMIT, edit_url, errors_of, in_form, messages_of, open_form, translate

SCRIPT = {"Accept": "application/json"}
SAFE = "Not published; your draft is safe. The fields show what is missing."
NOT_SUBMITTED = "Not submitted; your draft is safe. The fields show what is missing."
NOT_DECIDED = "Nothing was decided; your draft is safe. The fields show what is missing."
TOO_LATE = "Nothing was decided: this page no longer waits for your decision. What you typed is saved as a draft."
APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}
REJECT = APPROVE | {
    "workflow-action-name": "reject",
    "workflow-action-extra-data": json.dumps({"comment": "De cijfers kloppen niet."}),
}


@pytest.fixture
def page(home):
    return make_standard(home, live=False)


def log_in(client, role, language="nl"):
    user = make_user(role, language)
    client.force_login(user)
    return user


def draft_of(page):
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def waiting_step():
    """Return the one step that waits for somebody, or did: nobody approves a language here, so those steps are passed over."""
    return TaskState.objects.exclude(status=TaskState.STATUS_SKIPPED).get()


def in_moderation(client, page):
    """Submit a page as an editor; return its task."""
    log_in(client, "Editors")
    assert client.post(edit_url(page), open_form(client, edit_url(page)) | SUBMIT).status_code == 302
    return TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)


# --- Refused, and the draft safe


@pytest.mark.sweep
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_publisher_whose_page_may_not_be_published_hears_that_the_draft_is_safe(language, client, page):
    log_in(client, "Publishers", language)
    form = open_form(client, edit_url(page), heading_nl="Nieuw", heading_fr="")
    refused = client.post(edit_url(page), form | PUBLISH)
    assert errors_of(refused).keys() == {"heading_fr"}
    assert messages_of(refused) == [translate(SAFE, language)]
    assert (draft_of(page).heading_nl, draft_of(page).heading_fr or "") == ("Nieuw", "")
    assert not StandardPage.objects.get(pk=page.pk).live


@pytest.mark.sweep
def test_whoever_mends_what_was_missing_publishes_from_the_same_form(client, page):
    log_in(client, "Publishers")
    refused = client.post(edit_url(page), open_form(client, edit_url(page), heading_nl="Nieuw", heading_fr="") | PUBLISH)
    typed = in_form(refused) | {"heading_nl": "Nieuwer", "heading_fr": "Nouveau"}
    assert client.post(edit_url(page), typed | PUBLISH | REASON).status_code == 302
    published = StandardPage.objects.get(pk=page.pk)
    assert (published.live, published.heading_nl, published.heading_fr) == (True, "Nieuwer", "Nouveau")


@pytest.mark.sweep
def test_what_may_not_be_published_on_a_live_page_stays_a_draft(client, standard):
    log_in(client, "Publishers")
    client.post(edit_url(standard), open_form(client, edit_url(standard), summary_fr="", summary_nl="Nieuw.") | PUBLISH)
    live = StandardPage.objects.get(pk=standard.pk)
    assert (live.live, live.summary_nl) == (True, "Summary of standard in nl.")
    assert draft_of(standard).summary_nl == "Nieuw."


@pytest.mark.sweep
def test_an_editor_whose_page_may_not_be_submitted_hears_that_the_draft_is_safe(client, page):
    log_in(client, "Editors", "fr")
    refused = client.post(edit_url(page), open_form(client, edit_url(page), summary_fr="") | SUBMIT)
    assert messages_of(refused) == [translate(NOT_SUBMITTED, "fr")]
    assert not draft_of(page).summary_fr and not TaskState.objects.exists()


@pytest.mark.sweep
def test_what_cannot_even_be_a_draft_is_not_called_safe(client, page):
    log_in(client, "Publishers")
    before = draft_of(page).latest_revision
    refused = client.post(edit_url(page), open_form(client, edit_url(page), url_slug_nl="???", summary_fr="") | PUBLISH)
    assert "url_slug_nl" in errors_of(refused)
    assert translate(SAFE, "nl") not in messages_of(refused)
    assert draft_of(page).latest_revision == before


# --- Decisions in a workflow


@pytest.mark.sweep
def test_a_form_that_saves_itself_decides_nothing_and_the_decision_that_follows_counts_once(client, page):
    in_moderation(client, page)
    log_in(client, "Publishers")
    form = open_form(client, edit_url(page)) | REJECT
    assert client.post(edit_url(page), form, headers=SCRIPT).json()["success"]
    assert TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).exists()
    assert client.post(edit_url(page), form).status_code == 302
    assert waiting_step().status == TaskState.STATUS_REJECTED
    again = client.post(edit_url(page), form, headers=SCRIPT)  # sent at the same time, and come later
    assert again.status_code == 200 and waiting_step().status == TaskState.STATUS_REJECTED


@pytest.mark.sweep
@pytest.mark.parametrize("decision", [APPROVE, REJECT], ids=["approve", "reject"])
def test_a_decision_that_comes_twice_is_said_to_change_nothing(decision, client, page):
    in_moderation(client, page)
    log_in(client, "Publishers")
    form = open_form(client, edit_url(page)) | decision
    assert client.post(edit_url(page), form).status_code == 302
    again = client.post(edit_url(page), form)
    assert again.status_code == 302
    assert translate(TOO_LATE, "nl") in messages_of(again)


@pytest.mark.sweep
def test_approving_a_page_whose_workflow_was_cancelled_meanwhile_keeps_what_was_typed_as_a_draft(client, page):
    task = in_moderation(client, page)
    log_in(client, "Publishers", "fr")
    form = open_form(client, edit_url(page), heading_nl="Verbeterd")
    task.workflow_state.cancel()
    late = client.post(edit_url(page), form | APPROVE)
    assert (late.status_code, draft_of(page).heading_nl) == (302, "Verbeterd")
    assert translate(TOO_LATE, "fr") in messages_of(late)
    assert not StandardPage.objects.get(pk=page.pk).live


@pytest.mark.sampled(1)
@pytest.mark.parametrize("decision", [APPROVE, REJECT], ids=["approve", "reject"])
@pytest.mark.parametrize("comment", [r"a\u0000b", r"a\ud800b"])
def test_a_decision_with_a_comment_that_cannot_be_stored_changes_nothing(comment, decision, client, page):
    in_moderation(client, page)
    log_in(client, "Publishers")
    data = {"workflow-action-extra-data": f'{{"comment": "{comment}"}}'}
    assert client.post(edit_url(page), open_form(client, edit_url(page)) | decision | data).status_code == 302
    assert waiting_step().status == TaskState.STATUS_IN_PROGRESS


@pytest.mark.sweep
@pytest.mark.parametrize("data", ["{", "[]", '{"comment": 1}', '{"user": "x"}'])
def test_a_decision_that_no_script_of_ours_sent_changes_nothing(data, client, page):
    in_moderation(client, page)
    log_in(client, "Publishers")
    form = open_form(client, edit_url(page)) | REJECT | {"workflow-action-extra-data": data}
    assert client.post(edit_url(page), form).status_code == 302
    assert waiting_step().status == TaskState.STATUS_IN_PROGRESS


@pytest.mark.sampled(2)
@pytest.mark.parametrize("name", ["workflow_action", "collect_workflow_action_data"])
@pytest.mark.parametrize(
    ("language", "word"), [("nl", "Schrijf wat er moet veranderen."), ("fr", "Écrivez ce qui doit changer.")]
)
def test_whoever_asks_for_changes_has_to_say_which_at_the_field_of_the_comment(name, language, word, client, page):
    task = in_moderation(client, page)
    log_in(client, "Publishers", language)
    script = {"X-Requested-With": "XMLHttpRequest"}
    url = reverse(f"wagtailadmin_pages:{name}", args=[page.pk, "reject", task.pk])
    dialogue = client.post(url, {"comment": "  "}, headers=script).json()
    assert dialogue["step"] == "action"
    field = BeautifulSoup(dialogue["html"], "html.parser").find(attrs={"data-field": True})
    assert field.find("textarea")["name"] == "comment" and translate("Write what has to change.", language) in field.get_text()
    assert waiting_step().status == TaskState.STATUS_IN_PROGRESS
    assert client.post(url, {"comment": "De cijfers."}, headers=script).json()["step"] == "success"
    approval = reverse(f"wagtailadmin_pages:{name}", args=[page.pk, "approve", task.pk])
    if name.startswith("collect"):
        assert client.post(approval, {"comment": ""}, headers=script).json()["step"] == "success", "only changes need words"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("action", ["reject", "approve"])
@pytest.mark.parametrize("name", ["workflow_action", "collect_workflow_action_data"])
def test_a_comment_that_is_too_long_is_refused_at_its_field_and_kept(name, action, client, page):
    task, long = in_moderation(client, page), "Te kort. " * 60
    log_in(client, "Publishers")
    url = reverse(f"wagtailadmin_pages:{name}", args=[page.pk, action, task.pk])
    dialogue = client.post(url, {"comment": long}, headers={"X-Requested-With": "XMLHttpRequest"}).json()
    field = BeautifulSoup(dialogue["html"], "html.parser").find(attrs={"data-field": True})
    assert "500" in field.find(class_="error-message").get_text() and long.strip() in field.find("textarea").get_text()
    forged = {"workflow-action-name": action, "workflow-action-extra-data": json.dumps({"comment": long})}
    client.post(edit_url(page), open_form(client, edit_url(page)) | APPROVE | forged)
    assert waiting_step().status == TaskState.STATUS_IN_PROGRESS


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", ["{}", '{"comment": " "}'])
def test_a_request_for_changes_without_a_word_decides_nothing_in_the_editor_either(data, client, page):
    in_moderation(client, page)
    log_in(client, "Publishers")
    client.post(edit_url(page), open_form(client, edit_url(page)) | REJECT | {"workflow-action-extra-data": data})
    assert waiting_step().status == TaskState.STATUS_IN_PROGRESS


def test_whoever_may_not_edit_a_page_locks_nothing(client, page, monkeypatch):
    log_in(client, "Publishers")
    form = open_form(client, edit_url(page)) | PUBLISH
    stranger = make_user("Editors")
    stranger.groups.clear()
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(stranger)
    with CaptureQueriesContext(connection) as queries:
        assert client.post(edit_url(page), form).status_code == 302
    assert not [query["sql"] for query in queries if "FOR NO KEY UPDATE" in query["sql"] or "pg_advisory" in query["sql"]]


@pytest.mark.sweep
def test_approving_an_incomplete_page_keeps_what_was_typed_as_a_draft(client, page):
    in_moderation(client, page)
    log_in(client, "Publishers")
    refused = client.post(edit_url(page), open_form(client, edit_url(page), heading_nl="Nieuw", summary_fr="") | APPROVE)
    assert messages_of(refused) == [translate(NOT_DECIDED, "nl")]
    assert draft_of(page).heading_nl == "Nieuw"
    assert waiting_step().status == TaskState.STATUS_IN_PROGRESS


@pytest.mark.sweep
def test_the_editor_reads_in_the_form_what_the_reviewer_asked_for(client, page, mailoutbox, tasks_at_once):
    in_moderation(client, page)
    reviewer = log_in(client, "Publishers")
    assert client.post(edit_url(page), open_form(client, edit_url(page)) | REJECT).status_code == 302
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_NEEDS_CHANGES
    (mail,) = [mail for mail in mailoutbox if "Teruggestuurd" in mail.subject]
    assert "De cijfers kloppen niet." in mail.body and "afgekeurd" not in mail.body
    log_in(client, "Editors", "fr")
    shown = client.get(edit_url(page))
    message = translate(
        "%(who)s asked for changes: ‘%(comment)s’", "fr", who=reviewer.username, comment="De cijfers kloppen niet."
    )
    assert message in messages_of(shown)


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("decision", "message"),
    [
        (APPROVE | REASON, "‘%(page)s’ is approved and published."),
        (REJECT, "You asked for changes to ‘%(page)s’. The page is back with whoever submitted it."),
    ],
)
def test_whoever_decides_hears_what_was_decided(decision, message, client, page):
    in_moderation(client, page)
    log_in(client, "Publishers")
    response = client.post(edit_url(page), open_form(client, edit_url(page)) | decision)
    assert messages_of(response) == [translate(message, "nl", page=page.get_admin_display_title())]


@pytest.mark.sweep
def test_changes_that_were_asked_for_without_a_comment_before_it_was_required_are_told_too(client, page):
    in_moderation(client, page).specific.reject(user=make_user("Publishers"))
    log_in(client, "Editors")
    assert any(
        translate("%(who)s asked for changes.", "nl", who="")[-20:] in message
        for message in messages_of(client.get(edit_url(page)))
    )
