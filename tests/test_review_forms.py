"""A page in review at the real forms: who finds which buttons, what a decision does, and what nobody gets by forging one."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Comment, CommentReply, TaskState
from wagtail.users.models import UserProfile

from newsroom.models import User
from tests.building import make_standard, make_user
from tests.editor import (
    PUBLISH,
    REASON,
    SUBMIT,
    drawn_alone,
    edit_url,
    errors_of,
    messages_of,
    open_form,
    publish,
    save_draft,
    translate,
)
from tests.publishing import bulk, fresh
from tests.reviews import change, current_state, decide, language_task, reviewer, submit_change, waits_for
from tests.stale_forms import text_block

APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


def reject(comment):
    return APPROVE | {"workflow-action-name": "reject", "workflow-action-extra-data": json.dumps({"comment": comment})}


@pytest.fixture
def people(home):
    return {"nl": reviewer("nl"), "fr": reviewer("fr"), "publication": make_user("Publishers", "fr")}


def post(client, user, page, data, **typed):
    """Send the form of a page as somebody who opened it; return the response."""
    client.force_login(user)
    return client.post(edit_url(page), open_form(client, edit_url(page), **typed) | data)


def action_url(page, action="approve", state=None):
    state = state or current_state(page).current_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])


@pytest.mark.sweep
def test_a_page_goes_from_its_author_to_each_language_and_is_published(client, people, standard):
    editor = make_user("Editors", "nl")
    done = '["summary:nl", "summary:fr"]'
    typed = {"summary_nl": "Nieuw.", "summary_fr": "Nouveau.", "alignment_done": done}
    submitted = post(client, editor, standard, SUBMIT, **typed)
    next_one = translate("It now waits for approval in %(step)s, by %(people)s.", "nl", step="Dutch", people="@")
    assert next_one.replace("@", people["nl"].username).replace("Dutch", "Nederlands") in messages_of(submitted)
    assert post(client, people["nl"], standard, APPROVE).status_code == 302
    assert waits_for(standard) == "fr"
    returned = post(client, people["fr"], standard, reject("Trop court."), summary_fr="Nouveau résumé.")
    assert returned.status_code == 302 and waits_for(standard) is None
    client.force_login(editor)
    assert any("Trop court." in message for message in messages_of(client.get(edit_url(standard))))
    assert post(client, editor, standard, SUBMIT | REASON, summary_fr="Un résumé nouveau.").status_code == 302
    assert waits_for(standard) == "fr", "Dutch was approved as it stands."
    assert post(client, people["fr"], standard, APPROVE).status_code == 302
    assert waits_for(standard) == "publication"
    assert post(client, people["publication"], standard, APPROVE).status_code == 302
    assert (fresh(standard).summary_nl, fresh(standard).summary_fr) == ("Nieuw.", "Un résumé nouveau.")


def test_a_reviewer_mends_their_own_texts_while_it_is_their_step_and_no_others(client, people, standard):
    submit_change(standard)
    answer = post(client, people["nl"], standard, APPROVE | REASON, summary_nl="Beter.", summary_fr="Vervalst")
    assert answer.status_code == 302 and waits_for(standard) == "fr"
    draft = fresh(standard).get_latest_revision_as_object()
    assert (draft.summary_nl, draft.summary_fr) == ("Beter.", "Nouveau.")


@pytest.mark.sweep
def test_while_it_is_anothers_step_nothing_is_saved_and_nothing_decided(client, people, standard):
    submit_change(standard)
    before = fresh(standard).latest_revision_id
    for person in (people["fr"], make_user("Translators", "nl"), make_user("Editors")):
        client.force_login(person)
        form = open_form(client, edit_url(standard), summary_nl="Vervalst", summary_fr="Faux")
        for data in ({}, APPROVE, reject("Nee."), PUBLISH):
            with drawn_alone():
                client.post(edit_url(standard), form | data)
        assert waits_for(standard) == "nl" and fresh(standard).latest_revision_id == before


def test_buttons_name_the_language_and_only_its_people_find_them(client, people, standard):
    submit_change(standard)
    found = {}
    for name, person in people.items():
        client.force_login(person)
        found[name] = 'data-workflow-action-name="approve"' in client.get(edit_url(standard)).content.decode()
    assert found == {"nl": True, "fr": False, "publication": False}
    client.force_login(people["nl"])
    assert "Goedkeuren (Nederlands)" in client.get(edit_url(standard)).content.decode()


def test_whoever_is_locked_out_reads_for_whom_the_page_waits_in_their_own_language(client, people, standard):
    submit_change(standard)
    client.force_login(people["fr"])
    (message,) = messages_of(client.get(edit_url(standard)))
    text = "This page waits for approval in %(language)s, by %(people)s. Until then you cannot change it."
    assert message == translate(text, "fr", language="nl", people=people["nl"].username)


def test_whoever_submitted_reads_who_can_publish_the_page(client, people, standard):
    author = make_user("Editors")
    submit_change(standard, user=author)
    decide(standard, people["nl"])
    decide(standard, people["fr"])
    for language, begins in (
        ("nl", "Deze pagina wacht op publicatie"),
        ("fr", "Cette page attend d’être publiée"),
        ("en", "This page is waiting to be published"),
    ):
        UserProfile.objects.filter(user=author).update(preferred_language=language)
        client.force_login(User.objects.get(pk=author.pk))
        (message,) = messages_of(client.get(edit_url(standard)))
        assert message.startswith(begins) and people["publication"].username in message and "Publicatie / " not in message


def test_a_publisher_publishes_at_once_and_the_review_ends(client, people, standard):
    submit_change(standard)
    client.force_login(people["publication"])
    assert publish(client, standard, **REASON).status_code == 302
    assert fresh(standard).summary_nl == "Nieuw." and current_state(standard) is None
    assert not TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).exists()


def test_a_publisher_who_changes_a_text_before_approving_hears_that_it_is_looked_at_again(client, people, standard):
    submit_change(standard)
    post(client, people["nl"], standard, APPROVE)
    post(client, people["fr"], standard, APPROVE)
    answer = post(client, people["publication"], standard, APPROVE | REASON, summary_nl="Beter.")
    assert waits_for(standard) == "nl" and fresh(standard).summary_nl != "Beter."
    assert any("néerlandais" in message for message in messages_of(answer))


def test_whoever_submits_hears_which_language_nobody_can_approve(client, home, standard):
    reviewer("fr")
    answer = post(client, make_user("Editors", "fr"), standard, SUBMIT, summary_nl="Nieuw.", summary_fr="Nouveau.")
    text = "Nobody can approve the texts in %(language)s at the moment, so that step was passed over."
    assert translate(text, "fr", language="nl") in messages_of(answer)


# --- Decisions without the form


@pytest.mark.parametrize("action", ["approve", "reject"])
@pytest.mark.sampled(1)
def test_forged_decisions_change_nothing(action, client, people, standard, home):
    submit_change(standard)
    other = make_standard(home, "other")
    submit_change(other)
    gone = reviewer("nl")
    User.objects.filter(pk=gone.pk).update(languages=["fr"])
    for person in (people["fr"], people["publication"], make_user("Editors"), make_user("Translators", "nl"), gone):
        client.force_login(User.objects.get(pk=person.pk))
        client.post(action_url(standard, action), {"comment": "x"})
        client.post(action_url(standard, action), {"comment": "x"}, headers=SCRIPT)
    client.force_login(people["nl"])
    elsewhere = current_state(other).current_task_state
    client.post(action_url(standard, action, elsewhere), {"comment": "x"})
    assert waits_for(standard) == waits_for(other) == "nl"


def test_a_decision_that_comes_late_says_so_and_changes_nothing(client, people, standard):
    submit_change(standard)
    url = action_url(standard)
    client.force_login(people["nl"])
    assert client.post(url, {"comment": ""}).status_code == 302
    late = client.post(url, {"comment": ""}, headers=SCRIPT)
    assert late.json()["step"] == "success" and waits_for(standard) == "fr"
    assert len(messages_of(late)) == 1


def test_an_approval_without_the_form_asks_for_texts_that_are_done(client, people, standard):
    submit_change(standard)
    client.force_login(people["nl"])
    save_draft(client, standard, summary_nl="Half")
    refused = client.post(action_url(standard), {"comment": ""})
    assert messages_of(refused)[-1].startswith(translate("Not approved.", "nl")) and waits_for(standard) == "nl"
    refused = post(client, people["nl"], standard, APPROVE)
    assert errors_of(refused).keys() == {"publishing_reason"}, "French has not followed."
    assert post(client, people["nl"], standard, APPROVE | REASON).status_code == 302


def test_nobody_who_approves_a_language_publishes_in_bulk(client, people, standard):
    submit_change(standard)
    client.force_login(people["nl"])
    bulk(client, "publish", [standard])
    assert fresh(standard).summary_nl != "Nieuw." and waits_for(standard) == "nl"


# --- Comments beside the texts


def test_a_reviewer_comments_beside_a_text_and_sends_it_back_with_that(client, people, standard, mailoutbox, tasks_at_once):
    author = make_user("Editors", "fr")
    submit_change(standard, user=author)
    client.force_login(people["nl"])
    form = open_form(client, edit_url(standard))
    comment = {"text": "Te kort.", "contentpath": "summary_nl", "position": "", "id": "", "deleted": "", "resolved": ""}
    form |= {f"comments-0-{name}": value for name, value in comment.items()}
    form |= {
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
    }
    assert client.post(edit_url(standard), form | reject("Zie de samenvatting.")).status_code == 302
    assert Comment.objects.get(page=standard.pk).user == people["nl"]
    (back,) = [mail for mail in mailoutbox if mail.to == [author.email]]
    assert "Zie de samenvatting." in back.body and "résumé (néerlandais): Te kort." in back.body


def test_nobody_deletes_what_somebody_else_wrote_beside_a_text(client, standard):
    author, other = make_user("Editors"), make_user("Translators", "nl")
    comment = Comment.objects.create(page=standard, user=author, text="Te kort.", contentpath="summary_nl")
    reply = CommentReply.objects.create(comment=comment, user=author, text="Veel te kort.")
    anywhere = {"comments-0-contentpath": "summary_nl.nowhere"}
    for forged in ({"comments-0-DELETE": "1"}, {"comments-0-DELETE": "1"} | anywhere, {"comments-0-replies-0-DELETE": "1"}):
        refused = post(client, other, standard, beside(comment, reply) | forged)
        assert refused.context["form"].non_field_errors() == [translate("You cannot edit another user's comment.", "nl")]
    assert list(Comment.objects.get().replies.all()) == [reply]
    assert post(client, other, standard, beside(comment, reply) | {"comments-0-resolved": "on"}).status_code == 302
    assert Comment.objects.get().resolved_by == other
    assert post(client, author, standard, beside(comment, reply) | {"comments-0-DELETE": "1"}).status_code == 302
    assert not Comment.objects.exists()


def test_whoever_deletes_a_block_deletes_what_stands_beside_it(client, home):
    page = make_standard(home, body=[text_block("een", "un")])
    path = f"body.{page.body[0].id}.text.nl"
    comment = Comment.objects.create(page=page, user=make_user("Editors"), text="Weg ermee.", contentpath=path)
    gone = {"body-0-deleted": "1", "comments-0-DELETE": "1"}
    assert post(client, make_user("Publishers"), page, beside(comment) | gone).status_code == 302
    assert not Comment.objects.exists()


def beside(comment, *replies):
    """Return what the form of a page sends of a comment and the replies to it."""
    counts = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "1"}
    data = {f"comments-{name}": value for name, value in counts.items()}
    values = {"id": comment.pk, "text": comment.text, "contentpath": comment.contentpath, "position": "", "resolved": ""}
    data |= {f"comments-0-{name}": value for name, value in values.items()}
    data |= {f"comments-0-replies-{name}": len(replies) for name in counts}
    for number, reply in enumerate(replies):
        data |= {f"comments-0-replies-{number}-id": reply.pk, f"comments-0-replies-{number}-text": reply.text}
    return data


# --- Steps as administrators set them


def test_an_administrator_makes_a_step_for_a_language(client, home):
    client.force_login(make_user(None, "fr"))
    url = reverse("wagtailadmin_workflows:add_task", args=["review", "languagetask"])
    shown = client.get(url).content.decode()
    assert "Relecteurs" in shown and "Reviewers" not in shown
    group = language_task("en").groups.get()
    assert client.post(url, {"name": "Juridique", "language": "en", "groups": [group.pk]}).status_code == 302
    assert language_task("fr") and type(language_task("nl")).objects.filter(name="Juridique", language="en").exists()
    assert errors_of(client.post(url, {"name": "Sans langue", "groups": [group.pk]})).keys() == {"language"}


def test_the_kinds_of_steps_are_explained_in_the_language_of_the_reader(client, home):
    client.force_login(make_user(None, "nl"))
    text = client.get(reverse("wagtailadmin_workflows:select_task_type")).content.decode()
    assert "Goedkeuring van een taal" in text and "keuren de teksten in die taal goed" in text


def test_what_changed_meanwhile_is_in_the_draft_that_is_approved(client, people, standard):
    submit_change(standard)
    change(standard, {"summary": {"nl": "Later.", "fr": "Plus tard."}})
    post(client, people["nl"], standard, APPROVE)
    assert fresh(standard).get_latest_revision_as_object().summary_nl == "Later." and waits_for(standard) == "fr"
