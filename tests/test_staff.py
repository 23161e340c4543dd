"""Staff: the accounts of a first run, what each group may do, and the door of the admin."""

import re
from html import unescape
from io import StringIO

import pytest
import yaml
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import GroupPagePermission, Page
from wagtail.users.models import UserProfile

from delivery.client import client_address, warn_once
from directory.models import Organisation
from newsroom.accounts.people import RoleForm
from newsroom.accounts.role_names import role_name
from newsroom.accounts.roles import ACCOUNTS, make_groups
from pages.models import SiteSettings, StandardPage
from tests.building import PASSWORD, make_standard, make_user, texts
from tests.editor import PUBLISH, add_url, edit_url, form_with, messages_of, open_form, publish, save_draft

WEAK = ["short", "password1234", "123456789012"]


# --- The accounts of a first run


def create_staff():
    """Run the command; return what it printed."""
    printed = StringIO()
    call_command("create_staff", stdout=printed)
    return printed.getvalue()


@pytest.fixture
def no_password(monkeypatch):
    monkeypatch.delenv("STAFF_PASSWORD", raising=False)


def test_a_first_run_makes_six_accounts_in_their_groups_with_the_language_of_each(no_password, db):
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
    }
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


# --- What each group may do


@pytest.fixture
def acting_as(client, db):
    """Log a member of a group in."""

    def log_in(group):
        client.force_login(make_user(group))
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


@pytest.mark.parametrize(("group", "may"), [("Editors", False), ("Translators", False), ("Publishers", True)])
def test_the_settings_of_the_site_and_its_redirects_are_the_publishers(group, may, acting_as):
    client = acting_as(group)
    settings = reverse("wagtailsettings:edit", args=["pages", "sitesettings", SiteSettings.load().pk])
    for url in (settings, reverse("wagtailredirects:index")):
        response = client.get(url)
        assert response.status_code == 200 if may else is_refused(response), url


@pytest.mark.parametrize("group", ["Editors", "Translators", "Publishers"])
def test_only_administrators_manage_people(group, acting_as):
    client = acting_as(group)
    for name in ("wagtailusers_users:index", "wagtailusers_groups:index", "wagtailsites:index"):
        assert is_refused(client.get(reverse(name))), name


# --- The door

OPEN = {"login/", "logout/", "password_reset/", "jsi18n/", "sprite/", "session/"}


def addresses_below(patterns, prefix=""):
    """Yield an address for every pattern, with "1" or "a" for what it takes; regular expressions are left out."""
    for pattern in patterns:
        route = getattr(pattern.pattern, "_route", None)
        if route is None:
            continue
        path = prefix + re.sub(r"<(\w+:)?\w+>", lambda match: "a" if match[1] in ("slug:", "str:") else "1", route)
        if isinstance(pattern, URLPattern):
            yield path
        else:
            yield from addresses_below(pattern.url_patterns, path)


def test_nobody_gets_into_the_admin_without_logging_in(client, db):
    admin = [one for pattern in get_resolver().url_patterns if str(pattern.pattern) == "admin/" for one in pattern.url_patterns]
    open_paths = [path for path in addresses_below(admin) if not any(path.startswith(name) for name in OPEN)]
    assert len(open_paths) > 150 and "pages/1/copy/" in open_paths and "settings/a/a/" in open_paths
    assert any(path.startswith("snippets/directory/organisation/") for path in open_paths)
    for path in open_paths:
        response = client.get(f"/admin/{path}")
        assert response.status_code == 302, path
        assert response.url.startswith(reverse("wagtailadmin_login")), path


@pytest.mark.parametrize("view", ["copy", "edit", "unpublish", "delete"])
@pytest.mark.sampled(2)
def test_nothing_is_done_for_anyone_who_is_not_logged_in(view, client, standard):
    before = StandardPage.objects.values().get()
    response = press(client, view, standard, **texts("changed"))
    assert response.url.startswith(reverse("wagtailadmin_login"))
    assert StandardPage.objects.values().get() == before


def log_in(client, user, password, where):
    return client.post(reverse("wagtailadmin_login"), {"username": user.username, "password": password}, REMOTE_ADDR=where)


def test_guessing_locks_a_name_for_an_address_and_not_the_name_from_elsewhere(client, db, settings):
    user, other = make_user("Editors"), make_user("Editors")
    for _attempt in range(settings.AXES_FAILURE_LIMIT - 1):
        assert log_in(client, user, "wrong", "10.0.0.1").status_code == 200
    assert log_in(client, user, "wrong", "10.0.0.1").status_code == 429
    locked = log_in(client, user, PASSWORD, "10.0.0.1")
    assert locked.status_code == 429 and "sessionid" not in client.cookies
    assert log_in(client, other, PASSWORD, "10.0.0.1").status_code == 302
    client.logout()
    assert log_in(client, user, PASSWORD, "10.0.0.2").status_code == 302


def test_somebody_who_mistypes_now_and_then_is_not_locked_out(client, db, settings):
    user = make_user("Editors")
    for _day in range(3):
        for _attempt in range(settings.AXES_FAILURE_LIMIT - 1):
            log_in(client, user, "wrong", "10.0.0.1")
        assert log_in(client, user, PASSWORD, "10.0.0.1").status_code == 302
        client.logout()


@pytest.mark.parametrize(
    ("trusted", "forwarded", "expected"),
    [
        (0, "1.1.1.1", "10.0.0.1"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 10.0.0.2", "1.1.1.1"),
        (2, "1.1.1.1", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_a_client_cannot_choose_the_address_it_is_known_by(trusted, forwarded, expected, settings):
    settings.TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/admin/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == expected


def test_a_lie_about_the_address_does_not_help_to_guess(client, db, settings):
    user = make_user("Editors")
    for attempt in range(settings.AXES_FAILURE_LIMIT):
        url, typed = reverse("wagtailadmin_login"), {"username": user.username, "password": "wrong"}
        response = client.post(url, typed, headers={"X-Forwarded-For": f"1.1.1.{attempt}"})
    assert response.status_code == 429


@pytest.mark.sweep
def test_what_chooses_a_page_speaks_the_language_of_whoever_looks_and_not_of_whoever_looked_first(mandate):
    addresses = [
        reverse("wagtailsnippets_search_promotion:add"),
        edit_url(mandate),
        reverse("wagtailsettings:edit", args=["pages", "sitesettings"]),
    ]
    for language, other in (("nl", "fr"), ("fr", "nl"), ("nl", "fr")):
        client = Client()
        client.force_login(make_user(language=language))
        for address_of_form in addresses:
            shown = client.get(address_of_form, follow=True).content.decode()
            with translation.override(language):
                assert gettext("Choose a page") in shown, address_of_form
            with translation.override(other):
                assert gettext("Choose a page") not in shown, address_of_form


@pytest.mark.parametrize(
    ("trusted", "forwarded", "warned"),
    [
        (1, "1.1.1.1, 10.0.0.2", "TRUSTED_PROXIES=1 may be too low"),
        (0, "1.1.1.1", "TRUSTED_PROXIES=0 may be too low"),
        (2, "1.1.1.1", "fewer than TRUSTED_PROXIES=2"),
        (2, "1.1.1.1, 10.0.0.2", ""),
        (0, "", ""),
        (1, "10.0.0.3", ""),
    ],
)
def test_the_log_warns_once_of_a_wrong_number_of_proxies_and_names_no_visitor(trusted, forwarded, warned, settings, caplog):
    settings.TRUSTED_PROXIES = trusted
    warn_once.cache_clear()
    for _time in range(2):
        client_address(RequestFactory().get("/admin/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded))
    assert len(caplog.messages) == bool(warned) and warned in caplog.text and "1.1.1.1" not in caplog.text


def test_behind_nginx_and_what_ends_tls_two_proxies_are_trusted():
    compose = yaml.safe_load((settings.BASE_DIR / "compose.yaml").read_text())
    assert compose["services"]["web"]["environment"]["TRUSTED_PROXIES"] == "${TRUSTED_PROXIES:-2}"


def test_a_role_is_assigned_under_its_name_and_its_group_keeps_its_own(client, home):
    client.force_login(make_user(None, "fr"))
    person, group = make_user("Translators"), Group.objects.get_or_create(name="Editors")[0]
    make_groups()
    form = RoleForm({"role": group.pk})
    assert form.is_valid()
    assert form.cleaned_data["role"].name == "Editors"
    address = reverse("wagtail_bulk_action", args=["newsroom", "user", "assign_role"]) + f"?id={person.pk}"
    response = client.post(address, {"role": group.pk})
    with translation.override("fr"):
        assert str(role_name(group)) in unescape(messages_of(response)[-1])
    assert set(person.groups.values_list("name", flat=True)) == {"Editors", "Translators"}
