"""Whoever manages people without being an administrator makes nobody more than they are, and touches nobody who has more."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import GroupPagePermission

from newsroom.accounts.reach import Reach, group_powers
from newsroom.models import User
from tests.building import PASSWORD, make_standard, make_user
from tests.editor import errors_of, form_with, messages_of, translate
from tests.logins import visible_text


def may(*codenames, name="Managers"):
    """Return a group that may do something everywhere, and enter the admin."""
    group = Group.objects.create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    return group


@pytest.fixture
def manager(client, home):
    """A translator of French who manages people and groups, logged in; the admin is in Dutch."""
    user = make_user("Translators", "nl", languages=["fr"])
    verbs = ("add", "change", "delete", "view")
    user.groups.add(may(*(f"{verb}_{model}" for verb in verbs for model in ("user", "group"))))
    client.force_login(user)
    return user


def group(name):
    return Group.objects.get(name=name)


def edit_url(person):
    return reverse("wagtailusers_users:edit", args=[person.pk])


def form_data(client, url):
    return form_with(client.get(url), "username") | {"first_name": "An", "last_name": "Peeters"}


def fields(**others):
    typed = {"username": "new", "email": "new@example.org", "first_name": "An", "last_name": "Peeters"}
    return typed | {"password1": PASSWORD, "password2": PASSWORD, "preferred_language": "nl"} | others


ADD = "wagtailusers_users:add"


# --- What one may give


def test_powers_are_compared_place_by_place(home):
    below, change = make_standard(home), Permission.objects.get(codename="change_page")
    everywhere, there = (Group.objects.create(name=name) for name in ("Everywhere", "There"))
    for one, page in ((everywhere, home), (there, below)):
        GroupPagePermission.objects.create(group=one, page=page, permission=change)
    user = make_user("Reviewers")
    user.groups.set([there])
    assert Reach(user).may_give(there) and not Reach(user).may_give(everywhere)
    user.groups.set([everywhere])
    assert Reach(User.objects.get(pk=user.pk)).may_give(there)
    assert len(group_powers(everywhere)) == 1


def test_a_reach_costs_the_same_however_many_groups_and_people_there_are(manager, django_assert_num_queries):
    def asked():
        user = User.objects.get(pk=manager.pk)
        with CaptureQueriesContext(connection) as queries:
            reach = Reach(user)
        return reach, len(queries)

    _reach, before = asked()
    for number in range(3):
        make_user("Editors").groups.add(may("change_organisation", name=f"Group {number}"))
    reach, after = asked()
    assert before == after
    people = list(User.objects.prefetch_related("groups", "user_permissions"))
    with django_assert_num_queries(0):
        assert [one.pk for one in people if reach.may_change(one)] == [manager.pk]


@pytest.mark.parametrize(
    ("role", "is_given"),
    [("Translators", True), ("Reviewers", True), ("Managers", True), ("Editors", False), ("Publishers", False)],
)
@pytest.mark.sampled(2)
def test_a_role_is_given_only_by_whoever_may_do_as_much(client, manager, role, is_given):
    response = client.post(reverse(ADD), fields(groups=[group(role).pk], languages=["fr"]))
    assert User.objects.filter(username="new").exists() is is_given
    if not is_given:
        assert errors_of(response).keys() == {"groups"}
        assert form_with(response, "username")["username"] == "new"


def test_nobody_but_an_administrator_makes_administrators(client, manager):
    assert 'name="is_superuser"' not in client.get(reverse(ADD)).content.decode()
    refused = client.post(reverse(ADD), fields(is_superuser="on"))
    assert errors_of(refused) == {"__all__": [translate("Only administrators make somebody an administrator.", "nl")]}
    assert not User.objects.filter(username="new").exists()


def test_languages_are_given_only_by_whoever_writes_in_them(client, manager):
    role = [group("Translators").pk]
    refused = client.post(reverse(ADD), fields(groups=role, languages=["nl", "fr"]))
    assert errors_of(refused).keys() == {"languages"} and "Nederlands" in errors_of(refused)["languages"][0]
    assert client.post(reverse(ADD), fields(groups=role, languages=["fr"])).status_code == 302
    assert User.objects.get(username="new").languages == ["fr"]


# --- Whom one may change


def test_whoever_has_more_is_out_of_reach(client, manager):
    for person in (make_user(), make_user("Editors"), make_user("Publishers")):
        for name in ("edit", "delete"):
            url = reverse(f"wagtailusers_users:{name}", args=[person.pk])
            for response in (client.get(url), client.post(url, fields(username="taken"))):
                assert response.status_code == 302 and response.url == reverse("wagtailusers_users:index")
        assert person.get_username() in messages_of(client.get(reverse("wagtailadmin_home")))[0]
        copied = client.post(f"/admin/users/copy/{person.pk}/", fields(username="taken", email="taken@example.org"))
        assert copied.status_code == 404
        stored = User.objects.get(pk=person.pk)
        assert (stored.email, stored.username, stored.is_active) == (person.email, person.username, True)
        assert stored.check_password(PASSWORD)


def test_whoever_has_no_more_is_changed(client, manager):
    person = make_user("Reviewers", "fr")
    typed = form_data(client, edit_url(person)) | {"email": "other@example.org", "groups": [group("Translators").pk]}
    assert client.post(edit_url(person), typed).status_code == 302
    stored = User.objects.get(pk=person.pk)
    assert (stored.email, stored.groups.get().name, stored.languages) == ("other@example.org", "Translators", ["fr"])


def test_a_language_that_somebody_has_stays_although_the_manager_could_not_give_it(client, manager):
    person = make_user("Reviewers", "nl")
    assert client.post(edit_url(person), form_data(client, edit_url(person))).status_code == 302
    assert User.objects.get(pk=person.pk).languages == ["nl"]


def test_whoever_writes_in_more_languages_keeps_their_address_and_password(client, manager):
    person = make_user("Reviewers", "nl", languages=["nl", "fr"])
    opened = client.get(edit_url(person))
    assert "Nederlands" in visible_text(opened) and 'name="password1"' not in opened.content.decode()
    typed = form_with(opened, "username") | {"first_name": "An", "last_name": "Peeters", "email": "taken@example.org"}
    typed |= {"password1": "taken-" + PASSWORD, "password2": "taken-" + PASSWORD}
    assert client.post(edit_url(person), typed).status_code == 302
    stored = User.objects.get(pk=person.pk)
    assert (stored.first_name, stored.email) == ("An", person.email) and stored.check_password(PASSWORD)


def test_a_role_brings_no_language_that_its_giver_lacks(client, manager):
    person = make_user("Managers", languages=["nl"])
    User.objects.filter(pk=person.pk).update(languages=["nl"])
    typed = form_data(client, edit_url(person)) | {"groups": [group("Managers").pk, group("Translators").pk]}
    assert errors_of(client.post(edit_url(person), typed)).keys() == {"languages"}
    refused = bulk(client, "assign_role", [person], role=group("Translators").pk)
    assert person.username in errors_of(refused)["role"][0]
    assert bulk(client, "assign_role", [person], role=group("Managers").pk).status_code == 302
    assert [one.name for one in person.groups.all()] == ["Managers"]


def test_nobody_changes_their_own_roles_or_languages(client, manager):
    typed = form_data(client, edit_url(manager)) | {"languages": ["nl", "fr", "en"], "groups": [group("Editors").pk]}
    assert client.post(edit_url(manager), typed | {"is_superuser": "on"}).status_code == 200
    assert client.post(edit_url(manager), typed).status_code == 302
    stored = User.objects.get(pk=manager.pk)
    assert stored.first_name == "An" and stored.languages == ["fr"] and not stored.is_superuser
    assert set(stored.groups.values_list("name", flat=True)) == {"Managers", "Translators"}


# --- Several at once


def bulk(client, action, people, **typed):
    ids = "&".join(f"id={person.pk}" for person in people)
    return client.post(reverse("wagtail_bulk_action", args=["newsroom", "user", action]) + f"?{ids}", typed)


def test_a_role_beyond_reach_is_assigned_to_nobody(client, manager):
    person = make_user("Reviewers", "fr")
    refused = bulk(client, "assign_role", [person], role=group("Editors").pk)
    assert errors_of(refused).keys() == {"role"}
    assert bulk(client, "assign_role", [person, manager], role=group("Translators").pk).status_code == 302
    assert set(person.groups.values_list("name", flat=True)) == {"Reviewers", "Translators"}
    manager.groups.remove(group("Translators"))
    bulk(client, "assign_role", [manager], role=group("Managers").pk)
    assert set(manager.groups.values_list("name", flat=True)) == {"Managers"}


def test_an_action_passes_by_whoever_has_more(client, manager):
    person, editor, admin = make_user("Reviewers"), make_user("Editors"), make_user()
    everybody = [person, editor, admin]
    bulk(client, "set_active_state", everybody, mark_as_active="False")
    states = dict(User.objects.values_list("pk", "is_active"))
    assert [states[one.pk] for one in everybody] == [False, True, True]
    bulk(client, "assign_role", everybody, role=group("Translators").pk)
    assert not editor.groups.filter(name="Translators").exists()
    bulk(client, "delete", everybody)
    assert [User.objects.filter(pk=one.pk).exists() for one in everybody] == [False, True, True]


def test_a_role_that_writes_in_ones_own_languages_is_assigned_once_there_are_some(client, db):
    client.force_login(make_user())
    editor = make_user("Editors")
    make_user("Translators")
    refused = bulk(client, "assign_role", [editor], role=group("Translators").pk)
    assert editor.username in errors_of(refused)["role"][0]
    User.objects.filter(pk=editor.pk).update(languages=["fr"])
    assert bulk(client, "assign_role", [editor], role=group("Translators").pk).status_code == 302
    assert editor.groups.filter(name="Translators").exists()


# --- Groups


def group_form(client, url):
    return form_with(client.get(url), "name")


def test_a_group_is_given_no_right_that_the_giver_lacks(client, manager):
    url = reverse("wagtailusers_groups:add")
    lacking, having = (Permission.objects.get(codename=name) for name in ("delete_organisation", "change_organisation"))
    form = group_form(client, url) | {"name": "Nieuw"}
    refused = client.post(url, form | {"permissions": [lacking.pk, having.pk]})
    assert list(errors_of(refused)) == ["__all__"] and not Group.objects.filter(name="Nieuw").exists()
    assert client.post(url, form | {"permissions": [having.pk]}).status_code == 302
    assert group("Nieuw").permissions.get() == having


@pytest.mark.parametrize(("codename", "is_given"), [("publish_page", False), ("change_page", True)])
@pytest.mark.sampled(1)
def test_nor_one_on_pages(client, manager, home, codename, is_given):
    url = reverse("wagtailusers_groups:edit", args=[may(name="Nieuw").pk])
    rows = {"page_permissions-TOTAL_FORMS": "1", "page_permissions-0-page": str(make_standard(home).pk)}
    response = client.post(url, group_form(client, url) | rows | {"page_permissions-0-permissions": [codename]})
    assert group("Nieuw").page_permissions.exists() is is_given
    assert (response.status_code == 302) is is_given


@pytest.mark.parametrize(("codename", "is_given"), [("add_image", False), ("change_image", True)])
@pytest.mark.sampled(1)
def test_nor_one_on_collections(client, manager, codename, is_given):
    url = reverse("wagtailusers_groups:edit", args=[may(name="Nieuw").pk])
    form = group_form(client, url)
    prefix = "image_permissions"
    permission = Permission.objects.get(content_type__app_label="wagtailimages", codename=codename)
    rows = {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-0-collection": "1", f"{prefix}-0-permissions": [permission.pk]}
    response = client.post(url, form | rows)
    assert group("Nieuw").collection_permissions.exists() is is_given
    assert (response.status_code == 302) is is_given


def test_nobody_takes_rights_from_a_group_that_they_lack(client, manager):
    editors = group("Editors")
    before = group_powers(editors)
    url = reverse("wagtailusers_groups:edit", args=[editors.pk])
    form = group_form(client, url)
    cases = {
        "Toevoegen": {"permissions": form["permissions"][:1]},
        "home nl, ": {"page_permissions-TOTAL_FORMS": "0"},
        "home nl": {"page_permissions-0-DELETE": "on"},
        "Actiris, Eigen afbeeldingen": {"image_permissions-0-permissions": []},
    }
    for right, typed in cases.items():
        refused = client.post(url, form | typed)
        (error,) = errors_of(refused)["__all__"]
        assert error.startswith("Je kunt een groep geen rechten afnemen die je zelf niet hebt: ") and right in error
        assert group_powers(group("Editors")) == before


def test_a_right_that_one_has_is_taken_from_a_group(client, manager):
    having = Permission.objects.get(codename="change_organisation")
    own = may("change_organisation", name="Nieuw")
    url = reverse("wagtailusers_groups:edit", args=[own.pk])
    form = group_form(client, url)
    kept = [key for key in form["permissions"] if key != str(having.pk)]
    assert client.post(url, form | {"permissions": kept}).status_code == 302
    assert [one.codename for one in own.permissions.all()] == ["access_admin"]


def test_rights_that_a_group_has_stay_and_a_group_with_more_is_not_deleted(client, manager):
    editors = group("Editors")
    before = set(editors.permissions.all())
    url = reverse("wagtailusers_groups:edit", args=[editors.pk])
    assert client.post(url, group_form(client, url)).status_code == 302
    assert set(editors.permissions.all()) == before
    client.post(reverse("wagtailusers_groups:delete", args=[editors.pk]))
    assert group("Editors").pk == editors.pk
    own = may(name="Nieuw")
    client.post(reverse("wagtailusers_groups:delete", args=[own.pk]))
    assert not Group.objects.filter(name="Nieuw").exists()


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.sampled(1)
def test_the_right_to_write_in_all_languages_is_named_where_it_is_given(client, db, language):
    client.force_login(make_user(None, language))
    text = visible_text(client.get(reverse("wagtailusers_groups:add")))
    with translation.override(language):
        assert str(translation.gettext("Write in all languages, and change what has none")) in text
    assert "Can write in all languages" not in text
