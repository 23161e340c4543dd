"""Two people, or a person and their administrator, at one translation request in the same moment."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from newsroom.models import User
from tests.building import make_home, make_user
from tests.racing import outcomes
from tests.work import ask_for, behind_in_french, follow, standing
from worklists.forms import AskForm
from worklists.models import TranslationRequest
from worklists.requesting import ask, give_back, hand_on, take

RUNS = 10
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page():
    return behind_in_french(make_home())


def test_of_two_who_take_it_one_has_it_and_the_other_is_told(page):
    wanted = ask_for(page, make_user("Editors"))
    people = [make_user("Translators", "fr") for _number in range(2)]
    for _run in range(RUNS):
        answers = {}

        def taking(person, answers=answers):
            return lambda: answers.update({person.pk: take(wanted, person)})

        assert outcomes(*map(taking, people)) == [None, None]
        assert sorted(answers.values()) == [False, True]
        assert answers[TranslationRequest.objects.get().taken_by_id]
        give_back(TranslationRequest.objects.get())


def test_of_two_who_ask_one_asks_and_the_other_is_told(page):
    row, people = standing(page), [make_user("Editors") for _number in range(2)]
    for _run in range(RUNS):
        refusals = outcomes(*[lambda person=person: ask(row, "fr", person) for person in people])
        assert sorted(type(error) for error in refusals if error) == [ValidationError]
        assert TranslationRequest.objects.open().count() == 1
        TranslationRequest.objects.all().delete()


def test_two_who_ask_for_the_same_rows_in_another_order_wait_for_no_circle():
    home, person = make_home(), make_user("Translators", "fr")
    rows = [standing(behind_in_french(home, f"page {number}")) for number in range(8)]
    editors = [make_user("Editors") for _number in range(3)]

    def asking(editor, standings):
        form = AskForm({"language": "fr", "person": person.pk}, standings=standings, user=editor)
        assert form.is_valid()
        return form.ask_for_all

    for _run in range(RUNS):
        calls = [asking(*pair) for pair in zip(editors, (rows, rows[::-1], rows[4:]), strict=True)]
        assert outcomes(*calls) == [None, None, None]
        assert TranslationRequest.objects.open().count() == len(rows)
        TranslationRequest.objects.all().delete()


def test_nothing_is_given_to_somebody_whose_account_is_closed_meanwhile(page):
    wanted, admin = ask_for(page, make_user("Editors")), make_user()
    people = [make_user("Translators", "fr") for _number in range(RUNS)]

    def close(person):
        person.is_active = False
        person.save()

    for number, person in enumerate(people):
        leave = partial(close, User.objects.get(pk=person.pk))
        errors = outcomes(leave, partial(take, wanted, person) if number % 2 else partial(hand_on, wanted, person, admin))
        assert not [error for error in errors if error and not isinstance(error, ValidationError)]
        taken_by = TranslationRequest.objects.get().taken_by
        assert taken_by is None or taken_by.is_active


def test_no_request_is_made_for_what_is_finished_meanwhile(page):
    row, editor = standing(page), make_user("Editors")
    for _run in range(RUNS):
        errors = outcomes(lambda: ask(row, "fr", editor), lambda: follow(page))
        assert not [error for error in errors if error and not isinstance(error, ValidationError)]
        assert not TranslationRequest.objects.open().exists()
        page.summary_nl = f"Weer iets nieuws {_run}."
        page.save_revision()
