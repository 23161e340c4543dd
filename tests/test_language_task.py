"""Steps of a workflow that belong to a language: who may take them, when they are skipped, and when they are taken again."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import TaskState, WorkflowState

from languages.rights import languages_to_write, people_who_write
from newsroom.models import User
from review.models import LanguageTaskState
from review.refusals import NOT_THEIRS_TO_PUBLISH, NotApproved
from tests.building import make_standard, make_user
from tests.reviews import (
    change,
    current_state,
    decide,
    excuse,
    language_task,
    public_version,
    publication_task,
    resume,
    reviewer,
    steps,
    submit,
    submit_change,
    waits_for,
    workflow_of,
)

Reason = LanguageTaskState.Reason


@pytest.fixture
def people(home):
    """A reviewer of each official language, and a publisher."""
    return {"nl": reviewer("nl"), "fr": reviewer("fr"), "publication": make_user("Publishers")}


def reasons(state):
    return {one.task.specific.language: one.reason for one in LanguageTaskState.objects.filter(workflow_state=state)}


# --- In their order


def test_dutch_then_french_then_publication_are_asked_and_the_last_publishes(people, standard):
    submit_change(standard)
    for step in ("nl", "fr", "publication"):
        assert waits_for(standard) == step and public_version(standard).summary_nl != "Nieuw."
        decide(standard, people[step])
    assert public_version(standard).summary_nl == "Nieuw." and current_state(standard) is None


def test_administrators_set_the_order(people, standard):
    workflow_of(language_task("fr"), language_task("nl"), publication_task())
    submit_change(standard)
    for step in ("fr", "nl", "publication"):
        assert waits_for(standard) == step
        decide(standard, people[step])


def test_a_new_page_is_looked_at_in_each_language_that_it_has(people, home):
    page = make_standard(home, "new", languages=["nl", "fr"], live=False)
    reviewer("en")
    workflow_of(language_task("en"), language_task("nl"), language_task("fr"), publication_task())
    state = submit(page)
    assert waits_for(page) == "nl" and reasons(state)["en"] == Reason.UNCHANGED


@pytest.mark.parametrize(("language", "other"), [("nl", "fr"), ("fr", "nl")])
def test_a_language_in_which_nothing_changed_is_skipped(language, other, people, standard):
    change(standard, {"summary": {language: "Anders."}})
    excuse(standard)
    state = submit(standard)
    assert waits_for(standard) == language
    decide(standard, people[language])
    assert waits_for(standard) == "publication"
    assert dict(steps(state)) == {language: "approved", other: "skipped", None: "in_progress"}
    assert reasons(state)[other] == Reason.UNCHANGED


def test_a_page_in_which_no_text_changed_waits_for_publication_alone(people, standard):
    draft = change(standard, {})
    draft.show_in_footer = True
    draft.save_revision()
    submit(standard)
    assert waits_for(standard) == "publication"


# --- Who may


def test_only_members_of_the_groups_who_write_in_the_language_may(people, standard):
    submit_change(standard)
    outsider = make_user("Translators", "nl")
    for person in (people["fr"], outsider, make_user("Editors"), people["publication"], reviewer("nl", languages=[])):
        assert not language_task("nl").may_approve(person)
        for action in ("approve", "reject"):
            with pytest.raises(PermissionDenied):
                decide(standard, person, action)
    assert waits_for(standard) == "nl"
    several = reviewer("fr", languages=["fr", "nl"])
    decide(standard, several)
    decide(standard, several)
    assert waits_for(standard) == "publication"


def test_an_administrator_may(people, standard):
    submit_change(standard)
    for _step in range(3):
        decide(standard, make_user())
    assert public_version(standard).summary_fr == "Nouveau."


def test_whoever_lost_the_language_or_left_may_no_more(people, standard):
    submit_change(standard)
    reviewer("nl")  # nothing is passed over
    User.objects.filter(pk=people["nl"].pk).update(languages=["fr"])
    with pytest.raises(PermissionDenied):
        decide(standard, User.objects.get(pk=people["nl"].pk))
    User.objects.filter(pk=people["nl"].pk).update(languages=["nl"], is_active=False)
    with pytest.raises(PermissionDenied):
        decide(standard, User.objects.get(pk=people["nl"].pk))


def test_the_page_is_locked_for_all_but_those_who_approve_it_or_may_publish_it(people, standard):
    submit_change(standard)
    lock = public_version(standard).get_lock()
    open_for = {name: not lock.for_user(person) for name, person in people.items()}
    assert open_for == {"nl": True, "fr": False, "publication": True}
    assert lock.for_user(make_user("Editors")) and lock.for_user(make_user("Translators", "nl"))


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_people_of_a_language_are_those_who_may_write_it(language, people, home):
    make_user()
    reviewer("nl", languages=["nl", "en"])
    User.objects.filter(pk=reviewer("fr").pk).update(is_active=False)
    expected = {
        person for person in User.objects.filter(is_active=True, is_superuser=False) if language in languages_to_write(person)
    }
    assert set(people_who_write(language)) == expected


def test_an_approval_of_what_could_not_be_published_is_refused_and_says_why(people, standard):
    submit_change(standard)
    change(standard, {"summary": {"fr": ""}})
    with pytest.raises(ValidationError) as refused:
        decide(standard, people["nl"])
    assert refused.value.headline and waits_for(standard) == "nl"


# --- Sent back


def test_after_changes_only_the_languages_that_changed_since_they_were_approved_are_asked_again(people, standard):
    editor = make_user("Editors")
    state = submit_change(standard, user=editor)
    decide(standard, people["nl"])
    decide(standard, people["fr"], "reject", "Niet zo.")
    assert waits_for(standard) is None and current_state(standard).status == WorkflowState.STATUS_NEEDS_CHANGES
    change(standard, {"summary": {"fr": "Encore plus nouveau."}, "heading": {"nl": "Kop", "fr": "Titre", "en": "Heading"}})
    change(standard, {"heading": {"nl": "standard nl", "fr": "standard fr", "en": "standard en"}})
    excuse(standard)
    resume(standard, editor)
    assert dict(steps(state)) == {"nl": "approved", "fr": "in_progress", None: None}
    decide(standard, people["fr"])
    assert waits_for(standard) == "publication"


def test_a_language_that_changed_after_its_approval_is_asked_again_and_not_once_it_says_the_same_again(people, standard):
    editor = make_user("Editors")
    submit_change(standard, user=editor)
    decide(standard, people["nl"])
    decide(standard, people["fr"], "reject", "Niet zo.")
    change(standard, {"summary": {"fr": "Bien.", "nl": "Goed."}})
    resume(standard, editor)
    decide(standard, people["fr"])
    assert waits_for(standard) == "nl"
    change(standard, {"summary": {"fr": "Bien.", "nl": "Nieuw."}})
    excuse(standard)
    change(standard, {"summary": {"fr": "Mieux.", "nl": "Beter."}})
    decide(standard, people["nl"])
    assert waits_for(standard) == "fr"
    change(standard, {"summary": {"fr": "Bien.", "nl": "Nieuw."}})
    excuse(standard)
    decide(standard, people["fr"])
    assert waits_for(standard) == "publication" and Reason.AGREED in reasons(current_state(standard)).values()


def test_what_was_sent_back_as_it_is_now_is_asked_again_although_it_was_approved_before(people, standard):
    editor = make_user("Editors")
    submit_change(standard, user=editor)
    decide(standard, people["nl"])
    change(standard, {"summary": {"nl": "Anders.", "fr": "Autre."}})
    decide(standard, people["fr"])
    change(standard, {"summary": {"nl": "Nieuw.", "fr": "Nouveau."}})
    decide(standard, people["nl"], "reject", "Toch niet.")
    resume(standard, editor)
    assert waits_for(standard) == "nl"


def test_what_a_publisher_changes_before_publishing_goes_back_to_the_language_and_then_to_a_publisher_again(people, standard):
    submit_change(standard)
    for step in ("nl", "fr"):
        decide(standard, people[step])
    change(standard, {"summary": {"nl": "Beter.", "fr": "Mieux."}}, people["publication"])
    decide(standard, people["publication"])
    for step in ("nl", "fr", "publication"):
        assert waits_for(standard) == step and public_version(standard).summary_nl != "Beter."
        decide(standard, people[step])
    assert public_version(standard).summary_nl == "Beter."


def test_whoever_publishes_has_the_last_word_about_what_is_published(people, standard):
    workflow_of(publication_task(), language_task("nl"))
    submit_change(standard)
    decide(standard, people["publication"])
    change(standard, {"summary": {"nl": "Beter.", "fr": "Mieux."}}, people["nl"])
    decide(standard, people["nl"])
    assert waits_for(standard) == "publication", "The publisher saw another version."
    decide(standard, people["publication"])
    assert public_version(standard).summary_nl == "Beter."


def test_a_reviewer_publishes_nothing_by_the_last_step_of_a_workflow(people, standard):
    workflow_of(publication_task(), language_task("nl"))
    submit_change(standard)
    decide(standard, people["publication"])
    with pytest.raises(NotApproved) as refused:
        decide(standard, people["nl"])
    assert refused.value.messages == [NOT_THEIRS_TO_PUBLISH] and waits_for(standard) == "nl"


def test_a_page_that_is_in_no_review_costs_one_query_more_to_save(standard):
    draft = public_version(standard)
    with CaptureQueriesContext(connection) as queries:
        draft.save_revision()
    assert len([query for query in queries if "review_languagetaskstate" in query["sql"]]) == 1


# --- Nobody publishes without a person


@pytest.mark.parametrize("texts", [{}, {"summary": {"nl": "Nieuw.", "fr": "Nouveau."}}], ids=["unchanged", "nobody"])
def test_where_all_steps_would_be_skipped_the_last_waits_for_a_person(texts, home, standard):
    workflow_of(language_task("nl"), language_task("fr"))
    submit_change(standard, texts)
    assert waits_for(standard) == "fr" and public_version(standard).summary_nl != "Nieuw."
    decide(standard, make_user())
    assert TaskState.objects.filter(status=TaskState.STATUS_APPROVED).count() == 1
