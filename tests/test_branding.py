"""The admin as staff meet it: under this site's name and mark, open at its pages, without what does not work here."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from newsroom.accounts.roles import make_groups
from pages.models import HomePage
from tests.building import make_user

ROLES = ("Editors", "Publishers", "Translators")


@pytest.fixture(params=ROLES)
def staff(client, home, request):
    client.force_login(make_user(request.param))
    return client


@pytest.mark.sampled(1)
def test_no_page_of_the_admin_speaks_of_wagtail(staff, home):
    for url in (reverse("wagtailadmin_home"), reverse("wagtailadmin_explore", args=[home.pk]), "/admin/no-such-page/"):
        html = staff.get(url).content.decode()
        title = html.partition("<title>")[2].partition("</title>")[0]
        assert "Actiris" in title
        assert "Wagtail" not in title
        assert "icon-wagtail" not in html
        assert "Wagtail v" not in html
        assert "whats-new" not in html
        assert "editor-guide" not in html


def test_the_login_page_bears_the_mark_of_the_site(client, db):
    html = client.get(reverse("wagtailadmin_login")).content.decode()
    assert "site-mark" in html
    assert "Wagtail" not in html.partition("<h1>")[2].partition("</h1>")[0]


@pytest.mark.parametrize("root", ["/admin/pages/", "/admin/pages/1/"])
def test_pages_open_at_the_home_page(staff, home, root):
    response = staff.get(root, {"q": "werk"})
    assert response.status_code == 302
    assert response["Location"] == reverse("wagtailadmin_explore", args=[home.pk]) + "?q=werk"


def test_the_menu_of_pages_opens_at_the_home_page(staff, home):
    html = staff.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("wagtailadmin_explore", args=[HomePage.objects.get().pk]) in html


def test_menus_leave_out_what_has_no_effect_here(client, home):
    client.force_login(make_user(None))  # an administrator, who is offered most
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    for url in ("wagtailsites:index", "wagtailadmin_reports:page_types_usage", "wagtailadmin_reports:workflow_tasks"):
        assert f'"{reverse(url)}"' not in html
    assert f'"{reverse("wagtailadmin_reports:workflow")}"' in html


def test_groups_of_before_have_their_rights_at_the_home_page(home):
    migration = import_module("newsroom.migrations.0003_rights_begin_at_the_home_page")
    make_groups()
    Group.objects.exclude(name__in=migration.GROUPS).delete()
    root = Page.get_first_root_node()
    own = Group.objects.create(name="Guests")
    GroupPagePermission.objects.create(group=own, page=root, permission=Permission.objects.get(codename="add_page"))
    given = set(GroupPagePermission.objects.exclude(group=own).values_list("group", "permission"))
    GroupPagePermission.objects.update(page=root)
    migration.at_home(apps, None)
    rights = GroupPagePermission.objects.exclude(group=own)
    assert set(rights.values_list("group", "permission")) == given
    assert set(rights.values_list("page", flat=True)) == {home.pk}
    assert own.page_permissions.get().page == root
    migration.at_root(apps, None)
    assert set(GroupPagePermission.objects.values_list("page", flat=True)) == {root.pk}
