"""The right to write in all languages: who got it when it came, and which languages translators got."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from newsroom.models import User
from tests.building import make_user

migration = importlib.import_module("newsroom.migrations.0011_languages_of_people")
WRITE_ALL = "write_all_languages"


def may(name, *codenames):
    """Return a group that may do something everywhere."""
    group = Group.objects.create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    return group


@pytest.fixture
def groups(home):
    """Groups as the release before knew them: nobody has the right."""
    Group.objects.filter(name="Reviewers").delete()
    for group in Group.objects.all():
        group.permissions.remove(*Permission.objects.filter(codename__in=[WRITE_ALL]))
    Group.objects.get(name="Translators").permissions.remove(Permission.objects.get(codename="change_sitesettings"))
    made = {"pages": may("Pages"), "files": may("Files"), "entries": may("Entries", "change_glossaryterm")}
    made["readers"] = may("Readers", "access_admin", "view_organisation", "change_message")
    on_pages = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=made["pages"], page=home, permission=on_pages)
    on_files = Permission.objects.get(codename="change_image", content_type__app_label="wagtailimages")
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.create(group=made["files"], collection=root, permission=on_files)
    return made


def writing():
    return set(Group.objects.filter(permissions__codename=WRITE_ALL).values_list("name", flat=True))


def test_every_group_that_could_write_goes_on_writing_in_all_languages_but_the_translators(groups):
    migration.give_rights(apps, None)
    assert writing() == {"Editors", "Publishers", "Pages", "Files", "Entries"}
    assert Group.objects.filter(permissions__codename="change_sitesettings", name="Translators").exists()


def test_translators_get_the_language_that_their_account_is_named_after_else_all(groups):
    names = {"translator-fr": ["fr"], "translator-xx": ["nl", "fr", "en"], "fr": ["nl", "fr", "en"], "an": ["nl", "fr", "en"]}
    for name in names:
        make_user("Translators", name=name, languages=[])
    make_user("Editors", name="translator-nl")
    migration.give_rights(apps, None)
    assert dict(User.objects.values_list("username", "languages")) == names | {"translator-nl": []}


def test_somebody_with_rights_of_their_own_keeps_them(groups):
    one, other = make_user("Translators", name="one"), make_user("Translators", name="other")
    one.user_permissions.add(Permission.objects.get(codename="change_organisation"))
    migration.give_rights(apps, None)
    assert User.objects.get(pk=one.pk).has_perm(f"newsroom.{WRITE_ALL}")
    assert not User.objects.get(pk=other.pk).has_perm(f"newsroom.{WRITE_ALL}")


def test_taken_back_nobody_has_it_and_the_settings_are_closed_to_translators_again(groups):
    migration.give_rights(apps, None)
    migration.take_rights_back(apps, None)
    assert writing() == set() and not Permission.objects.filter(codename=WRITE_ALL).exists()
    assert not Group.objects.filter(permissions__codename="change_sitesettings", name="Translators").exists()
    assert Group.objects.filter(permissions__codename="change_sitesettings", name="Publishers").exists()
