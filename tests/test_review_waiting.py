"""What a review asks of each person: what waits for them, what came back to them, what they can publish."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from newsroom.models import User
from review.waiting import ready_to_publish, sent_back_to, waiting_for_approval
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
            expected = [standard.pk] if name == step else []
            assert pages(waiting_for_approval(person)) == (expected if step != "publication" else [])
            assert pages(ready_to_publish(person)) == (expected if step == "publication" else [])
        decide(standard, people[step])
    assert not any(waiting_for_approval(person).number + ready_to_publish(person).number for person in people.values())


def test_an_administrator_sees_all_and_whoever_lost_the_language_nothing(editor, people, standard):
    submit_change(standard, user=editor)
    assert pages(waiting_for_approval(make_user())) == [standard.pk]
    assert waiting_for_approval(reviewer("nl", languages=["en"])).number == 0
    assert waiting_for_approval(make_user("Translators", "nl")).number == 0


@pytest.mark.parametrize(("reader", "name"), [("nl", "Kop"), ("fr", "Titre")])
def test_it_says_which_page_it_is_in_the_language_of_the_reader_and_who_asks_since_when(reader, name, editor, people, standard):
    state = submit_change(standard, {"heading": {"nl": "Kop", "fr": "Titre", "en": "Heading"}}, editor)
    with translation.override(reader):
        (item,) = waiting_for_approval(people["nl"]).items
    assert (item.name, item.language, item.submitted_by) == (name, "nl", editor)
    assert (item.url, item.since) == (edit_url(standard), state.current_task_state.started_at)


def test_what_was_sent_back_is_with_whoever_submitted_it_with_the_comment_and_the_language(editor, people, standard):
    submit_change(standard, user=editor)
    assert sent_back_to(editor).number == 0
    decide(standard, people["nl"])
    decide(standard, people["fr"], "reject", "Encore trop long.")
    (item,) = sent_back_to(editor).items
    assert (item.page_id, item.language, item.comment, item.decided_by) == (
        standard.pk,
        "fr",
        "Encore trop long.",
        people["fr"],
    )
    assert sent_back_to(people["nl"]).number == sent_back_to(make_user("Editors")).number == 0


def test_a_step_of_a_group_is_not_taken_for_publication_while_another_follows(editor, people, standard):
    workflow_of(publication_task(), language_task("nl"))
    submit_change(standard, user=editor)
    (item,) = waiting_for_approval(people["publication"]).items
    assert item.language is None and ready_to_publish(people["publication"]).number == 0


@pytest.mark.parametrize("number", [2, 6])
def test_the_oldest_come_first_up_to_a_limit_with_two_queries_however_many_there_are(number, editor, people, home):
    made = [make_standard(home, f"page {index}") for index in range(number)]
    for page in made:
        submit_change(page, user=editor)
    person = User.objects.get(pk=people["nl"].pk)
    person.has_perm("newsroom.write_all_languages")  # which Django asks once in a request
    with CaptureQueriesContext(connection) as queries:
        waitings = waiting_for_approval(person, limit=4)
    assert pages(waitings) == [page.pk for page in made][:4] and waitings.number == number
    assert len(queries) == 2
    for page in made:
        decide(page, people["nl"], "reject", "Nee.")
    with CaptureQueriesContext(connection) as queries:
        assert sent_back_to(editor, limit=4).number == number
    assert len(queries) == 2
