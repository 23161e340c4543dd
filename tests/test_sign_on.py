"""Single sign-on: roles and languages come from the provider at each login, and nobody gets in by an address."""

import re
import time
from functools import partial
from io import StringIO

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from oidc_provider_mock import User as Someone
from oidc_provider_mock import run_server_in_thread

from monitoring.logs import hide
from newsroom.accounts.emergency_door import MINUTES
from newsroom.accounts.roles import make_groups
from newsroom.models import User
from tests.building import make_user
from tests.logins import LOGIN, is_in, log_in, visible_text
from tests.racing import outcomes
from tests.two_steps import CODE_PAGE, code_now, give_app, make_owner, set_up_app, show_code

pytestmark = pytest.mark.sweep

SIGN_ON = "/admin/login/sso/"
GROUPS = {
    "cms-admin": "Administrators",
    "cms-publish": "Publishers",
    "cms-nl": "Translators nl",
    "cms-fr": "Translators fr",
}


@pytest.fixture(scope="module")
def server():
    with run_server_in_thread() as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture
def provider(server, settings, db):
    """A provider of sign-on that the site knows; returns its address."""
    make_groups()
    settings.OIDC_ISSUER, settings.OIDC_GROUPS = server, GROUPS
    how = settings.SIGN_ON["settings"] | {"server_url": server}
    app = settings.SIGN_ON | {"client_id": "site", "secret": "secret", "settings": how}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    settings.SECOND_FACTOR_REQUIRED = True
    return server


def say(provider, subject, **claims):
    """Let the provider say something about somebody from now on."""
    requests.put(f"{provider}/users/{subject}", json=claims, timeout=10).raise_for_status()


def sign_on(client, subject, then="", action=None):
    """Log in by sign-on, as a browser does; return the answer of the site."""
    to_provider = client.get(SIGN_ON + (f"?next={then}" if then else "")).url
    sent = {"sub": subject} if action is None else {"action": action}
    back = requests.post(to_provider, data=sent, allow_redirects=False, timeout=10).headers["Location"]
    return client.get("/" + back.split("/", 3)[3])


def test_whoever_is_new_gets_an_account_with_the_roles_and_languages_of_their_groups(client, provider):
    say(provider, "an", email="an@example.org", preferred_username="an", groups=["cms-nl", "cms-fr", "other"])
    assert sign_on(client, "an", then="/admin/reports/").url == "/admin/reports/"
    an = User.objects.get(username="an")
    assert [group.name for group in an.groups.all()] == ["Translators"] and an.languages == ["fr", "nl"]
    assert is_in(client) and client.get("/admin/").status_code == 200
    assert not an.has_usable_password() and not an.is_superuser
    account = SocialAccount.objects.get(user=an)
    assert account.extra_data == {"sub": "an"}


def test_what_the_provider_no_longer_says_is_taken_away_at_the_next_login(client, provider, settings):
    settings.OIDC_SECOND_FACTOR_TRUSTED = True
    say(provider, "bo", email="bo@example.org", groups=["cms-admin", "cms-fr"])
    sign_on(client, "bo")
    bo = User.objects.get(email="bo@example.org")
    assert bo.is_superuser and bo.languages == ["fr"]
    say(provider, "bo", email="bo@example.org", groups="cms-publish")
    sign_on(Client(), "bo")
    bo.refresh_from_db()
    assert not bo.is_superuser and bo.languages == [] and [group.name for group in bo.groups.all()] == ["Publishers"]
    say(provider, "bo", email="bo@example.org", groups=[])
    answer = sign_on(again := Client(headers={"Accept-Language": "fr"}), "bo")
    assert answer.status_code == 403 and "aucun rôle" in visible_text(answer) and not is_in(again)
    bo.refresh_from_db()
    assert not bo.groups.exists()


@pytest.mark.parametrize(("language", "said"), [("nl", "geen rol"), ("fr", "aucun rôle"), ("en", "no role")])
def test_whoever_has_no_group_gets_a_word_and_no_account(provider, language, said):
    say(provider, "cy", email="cy@example.org", groups=["other"])
    client = Client(headers={"Accept-Language": language})
    answer = sign_on(client, "cy")
    assert answer.status_code == 403 and said in visible_text(answer)
    assert not is_in(client) and not User.objects.exists()


def test_nobody_takes_over_an_account_by_its_address(client, provider):
    user = make_user("Editors")
    say(provider, "thief", email=user.email.upper(), email_verified=True, groups=["cms-publish"])
    answer = sign_on(client, "thief")
    assert answer.status_code == 403 and "koppelen" in visible_text(answer)
    assert not is_in(client) and not SocialAccount.objects.exists()
    call_command("link_account", user.username, "thief", stdout=StringIO())
    sign_on(client, "thief")
    assert [group.name for group in user.groups.all()] == ["Publishers"]
    with pytest.raises(CommandError, match="Nobody"):
        call_command("link_account", "nobody", "thief")


def test_the_same_subject_of_another_provider_is_somebody_else(client, provider):
    say(provider, "di", email="di@example.org", groups=["cms-nl"])
    sign_on(client, "di")
    with run_server_in_thread(user_claims=[Someone(sub="di", claims={"groups": ["cms-nl"]})]) as other:
        from django.conf import settings

        address = f"http://localhost:{other.server_port}"
        settings.OIDC_ISSUER = address
        settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = address
        sign_on(beside := Client(), "di")
    assert is_in(beside) and User.objects.count() == 2


def test_a_second_factor_is_asked_beside_sign_on_unless_the_provider_is_trusted(client, provider, settings, commits_at_once):
    say(provider, "ed", email="ed@example.org", groups=["cms-publish"])
    sign_on(client, "ed")
    assert not is_in(client) and client.get("/admin/").url == reverse("mfa_index")
    set_up_app(client)
    assert is_in(client)
    sign_on(beside := Client(), "ed")
    assert not is_in(beside) and beside.get("/admin/").url.startswith(CODE_PAGE)
    settings.OIDC_SECOND_FACTOR_TRUSTED = True
    assert is_in(beside)


def test_sign_on_is_confirmed_by_sign_on(client, provider):
    say(provider, "fa", email="fa@example.org", groups=["cms-nl"])
    sign_on(client, "fa")
    session = client.session
    session["began"] -= 3600
    session.save()
    assert client.get(reverse("mfa_activate_totp")).url.startswith(SIGN_ON)
    assert sign_on(client, "fa", then=reverse("mfa_activate_totp")).url == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_nobody_links_themselves_to_an_account_of_which_they_know_the_password(client, provider):
    say(provider, "thief", email="thief@example.org", groups=["cms-publish"])
    owner = give_app(make_user("Publishers"))
    log_in(client, owner)
    to_provider = client.get(f"{SIGN_ON}?process=connect").url
    back = requests.post(to_provider, data={"sub": "thief"}, allow_redirects=False, timeout=10).headers["Location"]
    assert client.get("/" + back.split("/", 3)[3]).status_code == 403
    assert not SocialAccount.objects.exists() and not is_in(client)


def test_whoever_gives_up_or_comes_with_a_made_up_answer_stays_outside(client, provider):
    assert sign_on(client, "", action="deny").status_code == 401
    assert client.get(f"{SIGN_ON}callback/?code=a&state=b").status_code == 401
    assert not is_in(client)


def test_an_answer_is_bound_to_the_browser_that_asked_and_counts_once(client, provider):
    say(provider, "hy", email="hy@example.org", groups=["cms-nl"])
    to_provider = client.get(SIGN_ON).url
    assert "code_challenge_method=S256" in to_provider
    back = requests.post(to_provider, data={"sub": "hy"}, allow_redirects=False, timeout=10).headers["Location"]
    back = "/" + back.split("/", 3)[3]
    assert Client().get(back).status_code == 401
    assert client.get(back).status_code == 302 and is_in(client)
    assert client.get(back).status_code == 401


@pytest.mark.parametrize(
    "claims",
    [
        {"email": 5},
        {"preferred_username": ["a"]},
        {"preferred_username": "a\0b"},
        {"name": {"a": "b"}},
        {"given_name": "\0"},
    ],
)
def test_claims_of_another_kind_than_they_should_be_let_nobody_in_and_say_so(client, provider, claims, caplog):
    say(provider, "iz", groups=["cms-nl"], **claims)
    answer = sign_on(client, "iz")
    assert answer.status_code == 401 and "niet gelukt" in visible_text(answer)
    assert not is_in(client) and not User.objects.exists()
    assert "Sign-on failed: what the provider says cannot be used" in caplog.messages


@pytest.mark.parametrize("groups", [7, True, None, {"cms-admin": 1}, [["cms-admin"], 5, None], ["CMS-ADMIN", " cms-admin"]])
def test_groups_of_another_kind_are_none(client, provider, groups):
    say(provider, "jo", email="jo@example.org", groups=groups)
    assert sign_on(client, "jo").status_code == 403 and not User.objects.exists()


def test_somebody_who_was_closed_out_here_stays_out(client, provider):
    say(provider, "gus", email="gus@example.org", groups=["cms-nl"])
    sign_on(client, "gus")
    User.objects.update(is_active=False)
    answer = sign_on(again := Client(), "gus")
    assert answer.status_code == 403 and "uitgeschakeld" in visible_text(answer) and not is_in(again)


def test_a_provider_that_is_away_is_said(client, provider, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://localhost:1"
    answer = client.get(SIGN_ON)
    assert answer.status_code == 401 and "niet gelukt" in visible_text(answer)


def test_the_login_page_leads_there_and_keeps_where_one_was_going(client, provider):
    page = client.get(f"{LOGIN}?next=/admin/session/back/").content.decode()
    assert f'href="{SIGN_ON}?next=%2Fadmin%2Fsession%2Fback%2F"' in page and 'name="password"' in page


def test_local_passwords_can_be_closed(client, provider, settings):
    settings.LOCAL_LOGIN = False
    user = make_user("Editors")
    page = client.get(LOGIN).content.decode()
    assert 'name="password"' not in page and re.search(r"Inloggen met \w+", page)
    assert log_in(client, user).status_code == 403 and not is_in(client)
    assert not client.login(username=user.username, password="wrong")


def test_without_a_provider_there_is_no_such_door(client, db):
    assert client.get(SIGN_ON).status_code == client.get(f"{SIGN_ON}callback/").status_code == 404
    assert SIGN_ON not in client.get(LOGIN).content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("subjects", [("kim", "kim"), ("kim", "lou")])
def test_first_logins_in_the_same_moment_come_in_each_to_one_account(provider, subjects):
    """One person in two windows, and two people whom the provider calls by one name."""
    for subject in set(subjects):
        say(provider, subject, preferred_username="zelfde", groups=["cms-nl"])
    clients, ways_back = [Client(), Client()], []
    for client, subject in zip(clients, subjects, strict=True):
        sent = requests.post(client.get(SIGN_ON).url, data={"sub": subject}, allow_redirects=False, timeout=10)
        ways_back.append("/" + sent.headers["Location"].split("/", 3)[3])
    back = [partial(client.get, way) for client, way in zip(clients, ways_back, strict=True)]
    assert outcomes(*back) == [None, None]
    assert all(map(is_in, clients))
    assert User.objects.count() == SocialAccount.objects.count() == len(set(subjects))


# --- The way in for emergencies


@pytest.fixture
def passwords_closed(provider, settings):
    settings.LOCAL_LOGIN = False


def open_door(admin):
    printed = StringIO()
    call_command("open_emergency_door", admin.username, stdout=printed)
    return "/" + printed.getvalue().strip().split("/", 3)[3]


def test_an_administrator_comes_in_once_by_a_link_and_all_are_told(
    client, passwords_closed, caplog, django_capture_on_commit_callbacks
):
    admin, other = make_owner(None, "fr"), make_user(None, "nl")
    door = open_door(admin)
    assert sorted(message.to[0] for message in mail.outbox) == sorted([admin.email, other.email])
    assert "urgence" in Client(headers={"Accept-Language": "fr"}).get(door).content.decode()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks() as committed:
        assert client.post(door).url == "/admin/"
    assert not mail.outbox, "Who came in is told when it is true."
    for tell in committed:
        tell()
    assert sorted(message.to[0] for message in mail.outbox) == sorted([admin.email, other.email])
    assert not is_in(client) and client.get("/admin/").url.startswith(CODE_PAGE)
    show_code(client, code_now())
    assert is_in(client)
    assert Client().post(door).status_code == 404
    assert any("accès d’urgence" in message.body for message in mail.outbox)
    assert f"{admin.username} came in by the emergency door from 127.0.0.1" in caplog.messages


def test_a_link_ends_after_a_quarter_of_an_hour_and_with_the_rank(client, passwords_closed, monkeypatch):
    admin = make_user(None)
    door = open_door(admin)
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + MINUTES * 60 + 1)
    assert client.get(door).status_code == 404
    monkeypatch.undo()
    User.objects.update(is_superuser=False)
    assert client.get(door).status_code == client.get("/admin/login/door/made-up/").status_code == 404
    assert hide(f"Not Found: {door}") == "Not Found: /admin/login/door/…"


def test_another_link_lets_in_whoever_waited_too_long_to_set_up_a_factor(client, passwords_closed):
    admin = make_user(None)
    client.post(open_door(admin))
    session = client.session
    session["began"] -= 3600
    session.save()
    assert client.get(reverse("mfa_activate_totp")).status_code == 403
    assert client.post(open_door(admin)).url == "/admin/" and client.get(reverse("mfa_activate_totp")).status_code == 200
    assert client.get("/admin/").url == reverse("mfa_index")


def test_the_door_is_for_administrators_and_where_passwords_are_closed(client, passwords_closed, settings):
    with pytest.raises(CommandError, match="No administrator"):
        open_door(make_user("Publishers"))
    admin = make_user(None)
    door = open_door(admin)
    settings.LOCAL_LOGIN = True
    assert client.get(door).status_code == 404
    with pytest.raises(CommandError, match="not closed"):
        open_door(admin)
