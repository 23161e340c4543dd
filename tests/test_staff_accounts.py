"""The accounts of a first run: in their groups, each with a password of its own, and none made twice."""

import re
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import GroupPagePermission
from wagtail.users.models import UserProfile

from newsroom.accounts.reach import group_powers
from newsroom.accounts.roles import ACCOUNTS, OF_LANGUAGES, make_groups
from tests.building import PASSWORD
from tests.editor import edit_url

WEAK = ["short", "password1234", "123456789012"]


def create_staff():
    """Run the command; return what it printed."""
    printed = StringIO()
    call_command("create_staff", stdout=printed)
    return printed.getvalue()


@pytest.fixture
def no_password(monkeypatch):
    monkeypatch.delenv("STAFF_PASSWORD", raising=False)


def test_a_first_run_makes_an_account_for_each_role_and_language_with_its_language(no_password, db):
    create_staff()
    users = get_user_model().objects
    accounts = {user.username: ([group.name for group in user.groups.all()], user.is_superuser) for user in users.all()}
    assert accounts == {
        "admin": ([], True),
        "editor": (["Editors"], False),
        "publisher": (["Publishers"], False),
        "translator-nl": (["Translators"], False),
        "translator-fr": (["Translators"], False),
        "translator-en": (["Translators"], False),
        "reviewer-nl": (["Reviewers"], False),
        "reviewer-fr": (["Reviewers"], False),
    }
    written = {user.username: user.languages for user in users.filter(groups__name__in=OF_LANGUAGES)}
    assert written == {name: [name[-2:]] for name in accounts if name.startswith(("translator-", "reviewer-"))}
    spoken = dict(UserProfile.objects.values_list("user__username", "preferred_language"))
    assert spoken["translator-fr"] == "fr" and spoken["translator-en"] == "en" and set(spoken) == set(ACCOUNTS)


def printed_passwords():
    return dict(re.findall(r"^  (\S+) +(\S+)$", create_staff(), re.MULTILINE))


def test_each_account_has_a_password_of_its_own_that_is_printed_once(no_password, db):
    passwords = printed_passwords()
    assert set(passwords) == set(ACCOUNTS) and len(set(passwords.values())) == len(ACCOUNTS)
    assert all(len(password) >= 16 for password in passwords.values())
    assert all(get_user_model().objects.get(username=name).check_password(passwords[name]) for name in passwords)
    assert create_staff() == ""
    get_user_model().objects.all().delete()
    assert not set(passwords.values()) & set(printed_passwords().values())


def test_whoever_logs_in_with_a_printed_password_chooses_another_before_anything_else(no_password, client, home):
    password = printed_passwords()["translator-fr"]
    client.post(reverse("wagtailadmin_login"), {"username": "translator-fr", "password": password})
    for path in (reverse("wagtailadmin_home"), edit_url(home), reverse("wagtailadmin_account")):
        assert client.get(path).url == reverse("own_password")
    assert "mot de passe" in client.get(reverse("own_password")).content.decode()
    for old, new in (("wrong", PASSWORD), (password, "short"), (password, password)):
        typed = {"old_password": old, "new_password1": new, "new_password2": new}
        response = client.post(reverse("own_password"), typed)
        assert response.status_code == 200 and response.context["form"].errors
    typed = {"old_password": password, "new_password1": PASSWORD, "new_password2": PASSWORD}
    assert client.post(reverse("own_password"), typed).url == reverse("wagtailadmin_home")
    assert client.get(reverse("wagtailadmin_home")).status_code == 200


def test_a_second_run_changes_nothing(no_password, db):
    create_staff()
    users = get_user_model().objects
    users.get(username="translator-en").delete()
    before = list(users.order_by("pk").values())
    assert create_staff() == ""
    assert list(users.order_by("pk").values()) == before


def test_what_an_administrator_changed_on_a_group_stays(no_password, db):
    create_staff()
    editors = Group.objects.get(name="Editors")
    editors.permissions.remove(Permission.objects.get(codename="add_organisation"))
    GroupPagePermission.objects.filter(group=editors, permission__codename="add_page").delete()
    create_staff()
    assert not editors.permissions.filter(codename="add_organisation").exists()
    assert not editors.page_permissions.filter(permission__codename="add_page").exists()


def test_no_single_right_that_an_administrator_took_away_brings_the_others_back(no_password, db):
    create_staff()
    for group in Group.objects.all():
        group.permissions.set(group.permissions.exclude(codename="view_organisation"))
        group.page_permissions.all().delete()
    before = {group.name: set(group.permissions.all()) for group in Group.objects.all()}
    create_staff()
    assert {group.name: set(group.permissions.all()) for group in Group.objects.all()} == before
    assert not GroupPagePermission.objects.exists()


def test_a_role_that_a_migration_made_on_a_site_that_is_there_gets_its_rights(no_password, db):
    create_staff()
    before = group_powers(Group.objects.get(name="Reviewers"))
    Group.objects.get(name="Reviewers").delete()
    Group.objects.create(name="Reviewers")
    create_staff()
    assert group_powers(Group.objects.get(name="Reviewers")) == before != set()


def test_wagtails_moderators_become_the_publishers_and_nobody_else_does(db):
    moderators = Group.objects.get(name="Moderators")
    make_groups()
    assert Group.objects.get(name="Publishers").pk == moderators.pk
    own = Group.objects.create(name="Moderators")
    make_groups()
    own.refresh_from_db()
    assert own.name == "Moderators" and not own.page_permissions.exists()


def test_a_password_of_ones_own_is_set_and_not_printed(monkeypatch, db):
    monkeypatch.setenv("STAFF_PASSWORD", PASSWORD)
    assert PASSWORD not in create_staff()
    users = get_user_model().objects.all()
    assert all(user.check_password(PASSWORD) and not user.must_change_password for user in users)


@pytest.mark.parametrize("password", WEAK)
def test_a_weak_password_is_refused_and_nothing_is_made(password, monkeypatch, db):
    monkeypatch.setenv("STAFF_PASSWORD", password)
    with pytest.raises(CommandError, match="too weak"):
        create_staff()
    assert not get_user_model().objects.exists()
    assert not Group.objects.filter(name="Translators").exists()
