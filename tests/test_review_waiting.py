"""What a review asks of each person: what waits for them, what came back to them, what they can publish."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import TaskState

from newsroom.models import User
from review.waiting import APPROVAL, READY, SENT_BACK, SUBMITTED, review_items
from tests.building import make_standard, make_user
from tests.editor import edit_url
from tests.reviews import decide, language_task, publication_task, reviewer, submit_change, workflow_of


@pytest.fixture
def editor(home):
    return make_user("Editors")


@pytest.fixture
def people(home):
    return {"nl": reviewer("nl"), "fr": reviewer("fr"), "publication": make_user("Publishers")}


def close(user):
    user.is_active = False
    user.save()


LEAVING = {
    "the account is closed": close,
    "it is deleted": lambda user: user.delete(),
    "it loses the admin": lambda user: user.groups.clear(),
}


def pages(items):
    return [item.page_id for item in items]


def test_each_person_sees_what_waits_for_them_and_nobody_what_waits_for_others(editor, people, standard):
    submit_change(standard, user=editor)
    for step in ("nl", "fr", "publication"):
        for name, person in people.items():
            kind = READY if step == "publication" else APPROVAL
            expected = {APPROVAL: [], READY: [], SENT_BACK: [], SUBMITTED: []} | {kind: [standard.pk] if name == step else []}
            assert {one: pages(items) for one, items in review_items(person).items()} == expected
        decide(standard, people[step])
    assert not any(items for person in people.values() for items in review_items(person).values())


def test_an_administrator_sees_all_and_whoever_lost_the_language_nothing(editor, people, standard):
    submit_change(standard, user=editor)
    assert pages(review_items(make_user())[APPROVAL]) == [standard.pk]
    for person in (reviewer("nl", languages=["en"]), make_user("Translators", "nl")):
        assert review_items(person)[APPROVAL] == []


@pytest.mark.parametrize(("reader", "name"), [("nl", "Kop"), ("fr", "Titre")])
def test_it_says_which_page_it_is_in_the_language_of_the_reader_and_who_asks_since_when(reader, name, editor, people, standard):
    state = submit_change(standard, {"heading": {"nl": "Kop", "fr": "Titre", "en": "Heading"}}, editor)
    with translation.override(reader):
        (item,) = review_items(people["nl"])[APPROVAL]
    assert (item.name, item.language, item.submitted_by) == (name, "nl", editor)
    assert (item.url, item.since) == (edit_url(standard), state.current_task_state.started_at)


def test_what_was_sent_back_is_with_whoever_submitted_it_with_the_comment_and_the_language(editor, people, standard):
    submit_change(standard, user=editor)
    assert review_items(editor)[SENT_BACK] == []
    decide(standard, people["nl"])
    decide(standard, people["fr"], "reject", "Encore trop long.")
    (item,) = review_items(editor)[SENT_BACK]
    assert (item.page_id, item.language, item.comment, item.decided_by) == (
        standard.pk,
        "fr",
        "Encore trop long.",
        people["fr"],
    )
    assert not any(review_items(one)[SENT_BACK] for one in (people["nl"], make_user("Editors")))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("way", LEAVING)
def test_what_was_sent_back_to_somebody_who_has_gone_waits_for_all_who_may_change_it(way, editor, people, standard):
    submit_change(standard, user=editor)
    decide(standard, people["nl"], "reject", "Te lang.")
    colleague, publisher, french = make_user("Editors"), make_user("Publishers"), make_user("Reviewers", "fr")
    assert review_items(colleague)[SENT_BACK] == []
    LEAVING[way](editor)
    for one in (colleague, publisher):
        ours = review_items(one)[SENT_BACK]
        assert pages(ours) == [standard.pk] and ours[0].comment == "Te lang."
    assert review_items(french)[SENT_BACK] == [], "Who writes in one language does not go on with the others."


def test_nobody_goes_on_with_a_page_that_they_may_not_change(editor, people, standard):
    submit_change(standard, user=editor)
    decide(standard, people["nl"], "reject", "Te lang.")
    colleague = make_user("Editors")
    editor.delete()
    colleague.groups.get().page_permissions.all().delete()
    assert review_items(User.objects.get(pk=colleague.pk))[SENT_BACK] == []


def test_a_step_of_a_group_is_not_taken_for_publication_while_another_follows(editor, people, standard):
    workflow_of(publication_task(), language_task("nl"))
    submit_change(standard, user=editor)
    items = review_items(people["publication"])
    (item,) = items[APPROVAL]
    assert item.language is None and items[READY] == []


@pytest.mark.sampled(1)
@pytest.mark.parametrize("number", [1, 3])
def test_the_oldest_come_first_up_to_a_limit_with_one_query_however_many_there_are(number, editor, people, home):
    made = [make_standard(home, f"page {index}") for index in range(number)]
    started = [submit_change(page, user=editor).current_task_state.started_at for page in made]
    person, submitter = User.objects.get(pk=people["nl"].pk), User.objects.get(pk=editor.pk)
    for one in (person, submitter):
        review_items(one)  # what somebody may do is asked once in a request
    with CaptureQueriesContext(connection) as queries:
        items = review_items(person, limit=2)[APPROVAL]
    assert pages(items) == [page.pk for page in made][:2]
    # The newest is not always among the first.
    assert {(item.total, item.newest) for item in items} == {(number, started[-1])}
    assert len(queries) == 1
    for page in reversed(made):
        decide(page, people["nl"], "reject", "Nee.")
    with CaptureQueriesContext(connection) as queries:
        items = review_items(submitter, limit=2)[SENT_BACK]
    assert pages(items) == [page.pk for page in reversed(made)][:2]
    newest = TaskState.objects.get(workflow_state__object_id=str(made[0].pk)).finished_at
    assert {(item.total, item.newest) for item in items} == {(number, newest)}
    assert len(queries) == 1
