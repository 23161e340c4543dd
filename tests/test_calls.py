"""Administrators can decide about every step, and are called where nobody else is there, or they are one of its people."""

import pytest
from wagtail.models import TaskState

from newsroom.models import User
from review.calls import newest_call
from tests.building import make_standard, make_user
from tests.reviews import decide, reviewer, submit_change


@pytest.fixture
def people(home):
    return {"nl": reviewer("nl"), "fr": reviewer("fr"), "publication": make_user("Publishers")}


def test_a_step_that_has_people_calls_no_administrator_unless_they_are_one_of_them(people, standard):
    admin = make_user()
    state = submit_change(standard).current_task_state
    assert newest_call(admin) is None
    admin.groups.add(*people["nl"].groups.all())
    assert newest_call(admin) is None, "No language stands in the account."
    User.objects.filter(pk=admin.pk).update(languages=["nl"])
    assert newest_call(admin) == state.started_at


def test_a_step_without_people_calls_each_administrator_since_the_last_page_reached_it(people, home):
    admin = make_user()
    for name in ("one", "two"):
        page = make_standard(home, name)
        submit_change(page)
        for language in ("nl", "fr"):
            decide(page, people[language])
    assert newest_call(admin) is None
    User.objects.filter(pk=people["publication"].pk).update(is_active=False)
    assert newest_call(admin) == TaskState.objects.latest("started_at").started_at


def test_a_language_that_nobody_can_approve_calls_them_where_it_has_the_last_word(people, standard):
    admin = make_user()
    state = submit_change(standard).current_task_state
    User.objects.filter(pk=people["nl"].pk).update(languages=[])
    assert newest_call(admin) == state.started_at
