"""What a review asks of each person: what waits for them, what came back to them, what they can publish."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import TaskState

from newsroom.models import User
from review.waiting import APPROVAL, READY, SENT_BACK, Waitings, waitings_by_kind
from tests.building import make_standard, make_user
from tests.editor import edit_url
from tests.reviews import decide, language_task, publication_task, reviewer, submit_change, workflow_of


@pytest.fixture
def editor(home):
    return make_user("Editors")


@pytest.fixture
def people(home):
    return {"nl": reviewer("nl"), "fr": reviewer("fr"), "publication": make_user("Publishers")}


def pages(waitings):
    return [item.page_id for item in waitings.items]


def test_each_person_sees_what_waits_for_them_and_nobody_what_waits_for_others(editor, people, standard):
    submit_change(standard, user=editor)
    for step in ("nl", "fr", "publication"):
        for name, person in people.items():
            kind = READY if step == "publication" else APPROVAL
            expected = {APPROVAL: [], READY: [], SENT_BACK: []} | {kind: [standard.pk] if name == step else []}
            assert {one: pages(waitings) for one, waitings in waitings_by_kind(person).items()} == expected
        decide(standard, people[step])
    assert not any(waitings.number for person in people.values() for waitings in waitings_by_kind(person).values())


def test_an_administrator_sees_all_and_whoever_lost_the_language_nothing(editor, people, standard):
    submit_change(standard, user=editor)
    assert pages(waitings_by_kind(make_user())[APPROVAL]) == [standard.pk]
    for person in (reviewer("nl", languages=["en"]), make_user("Translators", "nl")):
        assert waitings_by_kind(person)[APPROVAL].number == 0


@pytest.mark.parametrize(("reader", "name"), [("nl", "Kop"), ("fr", "Titre")])
def test_it_says_which_page_it_is_in_the_language_of_the_reader_and_who_asks_since_when(reader, name, editor, people, standard):
    state = submit_change(standard, {"heading": {"nl": "Kop", "fr": "Titre", "en": "Heading"}}, editor)
    with translation.override(reader):
        (item,) = waitings_by_kind(people["nl"])[APPROVAL].items
    assert (item.name, item.language, item.submitted_by) == (name, "nl", editor)
    assert (item.url, item.since) == (edit_url(standard), state.current_task_state.started_at)


def test_what_was_sent_back_is_with_whoever_submitted_it_with_the_comment_and_the_language(editor, people, standard):
    submit_change(standard, user=editor)
    assert waitings_by_kind(editor)[SENT_BACK] == Waitings((), 0, None)
    decide(standard, people["nl"])
    decide(standard, people["fr"], "reject", "Encore trop long.")
    (item,) = waitings_by_kind(editor)[SENT_BACK].items
    assert (item.page_id, item.language, item.comment, item.decided_by) == (
        standard.pk,
        "fr",
        "Encore trop long.",
        people["fr"],
    )
    assert not any(waitings_by_kind(one)[SENT_BACK].number for one in (people["nl"], make_user("Editors")))


def test_a_step_of_a_group_is_not_taken_for_publication_while_another_follows(editor, people, standard):
    workflow_of(publication_task(), language_task("nl"))
    submit_change(standard, user=editor)
    waitings = waitings_by_kind(people["publication"])
    (item,) = waitings[APPROVAL].items
    assert item.language is None and waitings[READY].number == 0


@pytest.mark.parametrize("number", [2, 6])
def test_the_oldest_come_first_up_to_a_limit_with_two_queries_however_many_there_are(number, editor, people, home):
    made = [make_standard(home, f"page {index}") for index in range(number)]
    started = [submit_change(page, user=editor).current_task_state.started_at for page in made]
    person, submitter = User.objects.get(pk=people["nl"].pk), User.objects.get(pk=editor.pk)
    for one in (person, submitter):
        one.has_perm("newsroom.write_all_languages")  # which Django asks once in a request
    with CaptureQueriesContext(connection) as queries:
        waitings = waitings_by_kind(person, limit=4)[APPROVAL]
    assert pages(waitings) == [page.pk for page in made][:4]
    assert (waitings.number, waitings.newest) == (number, started[-1])  # also where the newest is not among the first
    assert len(queries) == 2
    for page in reversed(made):
        decide(page, people["nl"], "reject", "Nee.")
    with CaptureQueriesContext(connection) as queries:
        waitings = waitings_by_kind(submitter, limit=4)[SENT_BACK]
    assert pages(waitings) == [page.pk for page in reversed(made)][:4] and waitings.number == number
    assert waitings.newest == TaskState.objects.get(workflow_state__object_id=str(made[0].pk)).finished_at
    assert len(queries) == 2
