"""What somebody had goes back to all when they leave, whatever the way, and whoever asked sees it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from newsroom.models import User
from tests.building import make_standard, make_user, staff
from tests.work import ask_for, behind_in_french
from worklists.leaving import requests_beyond, return_requests, return_requests_below
from worklists.models import TranslationRequest
from worklists.requesting import hand_on


@pytest.fixture
def translator(home):
    return make_user("Translators", "fr")


@pytest.fixture
def french_request(home, translator):
    return ask_for(behind_in_french(home), make_user("Editors"), person=translator)


def close(user):
    user.is_active = False
    user.save(update_fields=["is_active"])


def change_languages(user):
    user.languages = ["nl"]
    user.save()


WAYS = {
    "the account is closed": close,
    "it is deleted": lambda user: user.delete(),
    "it loses the language": change_languages,
    "it loses its role": lambda user: user.groups.clear(),
    "the role loses the admin": lambda user: user.groups.get().permissions.remove(
        Permission.objects.get(codename="access_admin")
    ),
    "the role loses its pages": lambda user: GroupPagePermission.objects.filter(group=user.groups.get()).delete(),
    "the role is deleted": lambda user: Group.objects.get(user=user).delete(),
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_it_goes_back(way, french_request, translator):
    WAYS[way](User.objects.get(pk=translator.pk))
    french_request.refresh_from_db()
    assert (french_request.taken_by, french_request.taken_at, french_request.closed_at) == (None, None, None)
    assert french_request.returned_at


@pytest.mark.django_db
def test_what_is_moved_beyond_the_pages_of_somebody_goes_back_and_nothing_else(home, translator):
    editor, section, elsewhere = make_user("Editors"), make_standard(home, "theirs"), make_standard(home, "elsewhere")
    translator.groups.get().page_permissions.update(page=section)
    moved = make_standard(section, "moved")
    below, staying = behind_in_french(moved), behind_in_french(section, "staying")
    requests = [ask_for(page, editor, person=translator) for page in (below, staying)]
    for destination in (section, elsewhere):
        page = Page.objects.get(pk=moved.pk)
        page.move(Page.objects.get(pk=destination.pk), pos="last-child")
        for one in requests:
            one.refresh_from_db()
        has_gone = destination == elsewhere
        assert [one.taken_by for one in requests] == [None if has_gone else translator, translator]
    assert requests[0].returned_at and not requests[1].returned_at


@pytest.mark.sweep
@pytest.mark.django_db
def test_a_move_asks_as_much_for_many_pages_as_for_one(home, translator):
    editor, section, elsewhere = make_user("Editors"), make_standard(home, "theirs"), make_standard(home, "elsewhere")
    translator.groups.get().page_permissions.update(page=section)
    numbers = []
    for count in (1, 5):
        moved = make_standard(section, f"moved {count}")
        for number in range(count):
            ask_for(behind_in_french(moved, f"page {number}"), editor, person=translator)
        Page.objects.get(pk=moved.pk).move(Page.objects.get(pk=elsewhere.pk), pos="last-child")
        TranslationRequest.objects.update(taken_by=translator)
        with CaptureQueriesContext(connection) as queries:
            assert return_requests_below(Page.objects.get(pk=moved.pk)) == count
        numbers.append(len(queries))
        TranslationRequest.objects.all().delete()
    assert numbers[0] == numbers[1]


@pytest.mark.django_db
def test_what_is_done_keeps_the_name_of_whoever_did_it(french_request, translator):
    TranslationRequest.objects.update(closed_at=french_request.asked_at, outcome="done")
    close(translator)
    french_request.refresh_from_db()
    assert (french_request.taken_by, french_request.returned_at) == (translator, None)


@pytest.mark.django_db
def test_a_login_and_another_change_of_the_account_leave_it(french_request, translator):
    translator.first_name = "An"
    translator.save()
    translator.save(update_fields=["last_login"])
    assert return_requests() == 0
    french_request.refresh_from_db()
    assert french_request.taken_by == translator


@pytest.mark.django_db
def test_it_goes_back_when_accounts_are_closed_in_bulk(french_request, translator):
    url = reverse("wagtail_bulk_action", args=["newsroom", "user", "set_active_state"])
    assert staff().post(f"{url}?id={translator.pk}", {"mark_as_active": "False"}).status_code == 302
    french_request.refresh_from_db()
    assert french_request.taken_by is None and french_request.returned_at


@pytest.mark.django_db
def test_what_was_handed_on_while_it_was_looked_through_stays_where_it_is(french_request, translator, monkeypatch):
    colleague = make_user("Translators", "fr")
    User.objects.filter(pk=translator.pk).update(languages=["nl"])

    def find_and_hand_on(person, requests):
        beyond = requests_beyond(person, requests)
        hand_on(french_request, colleague, translator)
        return beyond

    monkeypatch.setattr("worklists.leaving.requests_beyond", find_and_hand_on)
    assert return_requests() == 0
    french_request.refresh_from_db()
    assert (french_request.taken_by, french_request.returned_at) == (colleague, None)


@pytest.mark.django_db
def test_what_nobody_noticed_is_found_when_all_are_looked_through(french_request, translator):
    User.objects.filter(pk=translator.pk).update(languages=["nl"])
    assert return_requests() == 1
    french_request.refresh_from_db()
    assert french_request.taken_by is None
