"""What each role may do with pages, the directory, settings and people."""

from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from directory.models import Organisation
from newsroom.accounts.people_in_bulk import RoleForm
from newsroom.accounts.reach import Reach
from newsroom.accounts.role_names import role_name
from newsroom.accounts.roles import make_groups
from pages.models import SiteSettings, StandardPage
from tests.building import make_standard, make_user, texts
from tests.editor import PUBLISH, add_url, edit_url, form_with, messages_of, open_form, publish, save_draft


@pytest.fixture
def acting_as(client, db):
    """Log a member of a group in, who writes in French where it has languages."""

    def log_in(group):
        client.force_login(make_user(group, languages=["fr"]))
        return client

    return log_in


def is_refused(response):
    """Say whether the admin sent somebody away: Wagtail leads to its home page with a message."""
    return response.status_code == 403 or (response.status_code == 302 and response.url == reverse("wagtailadmin_home"))


def press(client, view, page, **typed):
    return client.post(reverse(f"wagtailadmin_pages:{view}", args=[page.pk]), typed)


def bulk(client, action, page):
    return client.post(f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?id={page.pk}", {})


@pytest.mark.parametrize("group", ["Editors", "Translators"])
@pytest.mark.sampled(1)
def test_whoever_may_not_publish_is_offered_no_button_and_gets_a_draft_for_pressing_it(group, acting_as, home):
    client, page = acting_as(group), make_standard(home, live=False)
    assert 'name="action-publish"' not in client.get(edit_url(page)).content.decode()
    assert publish(client, page, heading_fr="Nouveau").status_code == 302
    page = StandardPage.objects.get()
    assert not page.live and page.paths() == {}
    assert page.get_latest_revision_as_object().heading_fr == "Nouveau"


@pytest.mark.parametrize("group", ["Editors", "Translators"])
@pytest.mark.sampled(1)
def test_whoever_may_not_publish_changes_nothing_that_readers_see(group, acting_as, home):
    client, page = acting_as(group), make_standard(home)
    before = page.paths()
    publish(client, page, heading_fr="Nouveau", url_slug_fr="nouveau")
    save_draft(client, page, heading_fr="Nouveau", url_slug_fr="nouveau")
    for view in ("unpublish", "delete"):
        assert is_refused(press(client, view, page))
    for action in ("publish", "unpublish", "delete"):
        bulk(client, action, page)
    page = StandardPage.objects.get()
    assert page.live and page.heading_fr == "standard fr" and page.paths() == before
    assert page.has_unpublished_changes


@pytest.mark.parametrize("group", ["Editors", "Translators"])
@pytest.mark.sampled(1)
def test_whoever_may_not_publish_schedules_nothing(group, acting_as, home):
    client, page = acting_as(group), make_standard(home, live=False)
    publish(client, page, go_live_at="2099-01-01 10:00")
    assert StandardPage.objects.get().scheduled_revision is None


def test_an_editor_creates_a_page_and_does_not_publish_it(acting_as, home):
    client, url = acting_as("Editors"), add_url(StandardPage, home)
    assert client.post(url, open_form(client, url, **texts("new")) | PUBLISH).status_code == 302
    assert not StandardPage.objects.get().live


def test_a_publisher_publishes_and_unpublishes(acting_as, home):
    client, url = acting_as("Publishers"), add_url(StandardPage, home)
    form = open_form(client, url, **texts("new"))
    assert 'name="action-publish"' in client.get(url).content.decode()
    assert client.post(url, form | PUBLISH).status_code == 302
    page = StandardPage.objects.get()
    assert page.live and page.paths()["fr"] == "/fr/new-fr/"
    assert press(client, "unpublish", page).status_code == 302
    assert not StandardPage.objects.get().live
    assert press(client, "delete", page).status_code == 302
    assert not StandardPage.objects.exists()


def test_a_translator_edits_and_neither_creates_copies_moves_nor_deletes(acting_as, home):
    client, page, place = acting_as("Translators"), make_standard(home), make_standard(home, "place")
    assert save_draft(client, page, heading_fr="Traduit").status_code == 302
    assert StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object().heading_fr == "Traduit"
    before = Page.objects.count()
    new = add_url(StandardPage, home)
    assert is_refused(client.get(new)) and is_refused(client.post(new, texts("new")))
    copying = form_with(client.get(reverse("wagtailadmin_pages:copy", args=[page.pk])), "heading_nl")
    assert press(client, "copy", page, **copying).status_code == 200, "The form says that no page may be put there."
    assert is_refused(client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, place.pk])))
    assert is_refused(press(client, "delete", page))
    assert Page.objects.count() == before
    assert StandardPage.objects.get(pk=page.pk).get_parent().pk == home.pk


def test_the_directory_is_written_by_editors_and_translated_by_translators(acting_as, db):
    add = reverse("wagtailsnippets_directory_organisation:add")
    client = acting_as("Editors")
    form = form_with(client.get(add), "name_nl")
    assert client.post(add, form | {"name_nl": "Naam", "name_fr": "Nom"}).status_code == 302
    edit = reverse("wagtailsnippets_directory_organisation:edit", args=[Organisation.objects.get().pk])
    delete = reverse("wagtailsnippets_directory_organisation:delete", args=[Organisation.objects.get().pk])
    assert is_refused(client.post(delete))
    client = acting_as("Translators")
    assert is_refused(client.get(add)) and is_refused(client.post(delete))
    assert client.post(edit, form_with(client.get(edit), "name_nl") | {"name_fr": "Traduit"}).status_code == 302
    assert Organisation.objects.get().name_fr == "Traduit"


@pytest.mark.parametrize(
    ("group", "opens_settings", "opens_redirects"),
    [("Editors", False, False), ("Translators", True, False), ("Reviewers", True, False), ("Publishers", True, True)],
)
def test_the_settings_are_the_publishers_and_their_texts_the_translators_and_redirects_the_publishers(
    group, opens_settings, opens_redirects, acting_as
):
    client = acting_as(group)
    settings = client.get(reverse("wagtailsettings:edit", args=["pages", "sitesettings", SiteSettings.load().pk]))
    assert settings.status_code == 200 if opens_settings else is_refused(settings)
    redirects = client.get(reverse("wagtailredirects:index"))
    assert redirects.status_code == 200 if opens_redirects else is_refused(redirects)


@pytest.mark.parametrize("group", ["Editors", "Translators", "Reviewers", "Publishers"])
def test_only_administrators_manage_people(group, acting_as):
    client = acting_as(group)
    for name in ("wagtailusers_users:index", "wagtailusers_groups:index", "wagtailsites:index"):
        assert is_refused(client.get(reverse(name))), name


def test_a_role_is_assigned_under_its_name_and_its_group_keeps_its_own(client, home):
    client.force_login(make_user(None, "fr"))
    person, group = make_user("Translators"), Group.objects.get_or_create(name="Editors")[0]
    make_groups()
    form = RoleForm({"role": group.pk}, reach=Reach(make_user()))
    assert form.is_valid()
    assert form.cleaned_data["role"].name == "Editors"
    address = reverse("wagtail_bulk_action", args=["newsroom", "user", "assign_role"]) + f"?id={person.pk}"
    response = client.post(address, {"role": group.pk})
    with translation.override("fr"):
        assert str(role_name(group)) in unescape(messages_of(response)[-1])
    assert set(person.groups.values_list("name", flat=True)) == {"Editors", "Translators"}
