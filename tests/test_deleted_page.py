"""Saving what was deleted in the meantime: only who could have changed it learns that it was there, and who deleted it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission

from directory.models import Person
from tests.building import make_standard, make_user
from tests.editor import edit_url

TITLE = "Geheime besprekingen"


@pytest.fixture(params=["page", "entry"])
def deleted_address(request, client, home):
    """Return the address of the form of something that a publisher deleted."""
    publisher = make_user("Publishers")
    client.force_login(publisher)
    if request.param == "page":
        page = make_standard(home, heading_nl=TITLE)
        client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        address = edit_url(page)
    else:
        entry = Person.objects.create(name=TITLE)
        client.post(reverse("wagtailsnippets_directory_person:delete", args=[entry.pk]))
        address = reverse("wagtailsnippets_directory_person:edit", args=[entry.pk])
    client.logout()
    return address, publisher.username


def make_stranger(*permissions):
    """Return an account that may enter the admin and has these permissions, but no page."""
    user = make_user("Editors")
    group = Group.objects.create(name="Strangers")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *permissions]))
    user.groups.set([group])
    return user


@pytest.mark.parametrize("role", ["Editors", "Translators", "Publishers", None])
@pytest.mark.sampled(1)
def test_whoever_could_change_it_reads_by_whom_it_was_deleted(role, deleted_address, client):
    address, name = deleted_address
    client.force_login(make_user(role))
    response = client.post(address, {})
    assert response.status_code == 410
    assert TITLE in response.content.decode() and name in response.content.decode()


def test_what_no_form_would_send_is_answered_with_what_it_holds(client, home):
    client.force_login(make_user("Publishers"))
    page = make_standard(home)
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    response = client.post(edit_url(page), {"body-count": "x", "heading_nl": "Getypt"})
    assert response.status_code == 410 and "Getypt" in response.content.decode()


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
@pytest.mark.sampled(1)
def test_nobody_else_learns_that_it_was_there(accept, deleted_address, client):
    address, name = deleted_address
    client.force_login(make_stranger())
    response = client.post(address, {}, headers={"Accept": accept})
    never = client.post(address.replace(address.split("/")[-2], "999999"), {}, headers={"Accept": accept})
    assert response.status_code == never.status_code == 404
    assert TITLE not in response.content.decode() and name not in response.content.decode()


@pytest.mark.sweep
def test_whoever_may_change_a_part_of_the_tree_learns_nothing_of_the_rest(client, home):
    page, part = make_standard(home, heading_nl=TITLE), make_standard(home, "part")
    user = make_stranger()
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=user.groups.get(), page=part, permission=change)
    address = edit_url(page)
    page.delete(user=make_user("Publishers"))
    client.force_login(user)
    assert client.post(address, {}).status_code == 404
