"""The second factor: who must have one reaches nothing without it, by whatever way the session began."""

import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from newsroom.accounts.factor_forms import WRONG_PER_PERSON
from newsroom.accounts.roles import PUBLISHERS
from newsroom.accounts.second_factor import TO_SET_UP, TO_SHOW, may_go_on
from tests.building import PASSWORD, group_of, make_user
from tests.logins import LOGIN, is_in, log_in, visible_text
from tests.route_rights import Person, table
from tests.routes import make_things, path_of
from tests.two_steps import (
    CODE_PAGE,
    SECRET,
    code_now,
    give_codes,
    kinds_of,
    make_owner,
    set_up_app,
    show_code,
)

HOME = "/admin/"
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def where(client, path=HOME):
    return getattr(client.get(path), "url", "")


# --- Who is asked


@pytest.mark.parametrize("role", ["Publishers", None])
def test_publishers_and_administrators_set_up_a_factor_before_anything_else(client, db, role, commits_at_once):
    user = make_user(role)
    log_in(client, user)
    assert where(client) == where(client, reverse("wagtailadmin_account")) == reverse("mfa_index")
    assert not is_in(client) and client.get(HOME, headers=JSON).status_code == 401
    answer = set_up_app(client)
    assert answer.url == reverse("mfa_view_recovery_codes")
    codes = client.get(answer.url).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", codes)) == 10
    assert is_in(client) and client.get(HOME).status_code == 200
    assert kinds_of(user) == ["recovery_codes", "totp"]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("role", ["Editors", "Translators", "Reviewers"])
def test_others_may_have_one_and_need_not(client, db, role, commits_at_once):
    user = make_user(role)
    log_in(client, user)
    assert client.get(HOME).status_code == 200
    assert reverse("mfa_index") in client.get(reverse("wagtailadmin_account")).content.decode()
    set_up_app(client)
    beside = Client()
    log_in(beside, user)
    assert where(beside).startswith(CODE_PAGE)


def test_outside_of_production_nobody_need_have_one(client, db, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    log_in(client, make_user("Publishers"))
    assert client.get(HOME).status_code == 200


def test_after_the_code_one_comes_where_one_was_going(client, db):
    user = make_owner()
    assert log_in(client, user, then="/admin/reports/").url == "/admin/reports/"
    asked = where(client, "/admin/reports/")
    assert asked == f"{CODE_PAGE}?next=%2Fadmin%2Freports%2F"
    assert 'value="/admin/reports/"' in client.get(asked).content.decode()
    assert show_code(client, code_now(), then="/admin/reports/").url == "/admin/reports/"
    assert is_in(client)


def test_nobody_is_led_to_another_site(client, db):
    log_in(client, make_owner(), then="https://evil.example/")
    assert show_code(client, code_now(), then="https://evil.example/").url == HOME


# --- What cannot pass it by


def test_a_session_of_before_the_role_was_given_is_asked(client, db):
    user = make_user("Editors")
    log_in(client, user)
    assert client.get(HOME).status_code == 200
    user.groups.add(group_of(PUBLISHERS.name))
    assert where(client) == reverse("mfa_index")


def test_a_session_of_before_the_upgrade_is_asked_for_the_password_too(client, db):
    user = make_user("Publishers")
    log_in(client, user)
    session = client.session
    session["began"] -= 3600  # as of a release that knew no factor
    session.save()
    assert where(client) == reverse("mfa_index")
    confirm = client.get(reverse("mfa_activate_totp")).url
    assert confirm.startswith(reverse("account_reauthenticate"))
    assert "niet je wachtwoord" in client.post(confirm, {"password": "wrong"}).content.decode()
    assert client.post(confirm, {"password": PASSWORD, "next": reverse("mfa_activate_totp")}).url == reverse(
        "mfa_activate_totp"
    )
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_a_session_in_which_somebody_else_showed_theirs_is_asked(client, db):
    first, second = make_owner(), make_owner()
    log_in(client, first)
    show_code(client, code_now())
    log_in(client, second)
    assert not is_in(client) and where(client).startswith(CODE_PAGE)


def test_a_session_that_somebody_knew_before_the_code_is_not_the_one_after_it(client, db, commits_at_once):
    log_in(client, make_owner())
    known = client.session.session_key
    show_code(client, code_now())
    assert is_in(client) and not Session.objects.filter(session_key=known).exists()
    log_in(new := Client(), make_user("Publishers"))
    known = new.session.session_key
    set_up_app(new)
    assert is_in(new) and not Session.objects.filter(session_key=known).exists()


def test_a_new_password_by_mail_does_not_pass_it_by(client, db):
    user = make_owner()
    client.post("/admin/password_reset/", {"email": user.email})
    link = re.search(r"http://\S+/admin/password_reset/confirm/\S+", mail.outbox[0].body)[0]
    form = client.get("/" + link.split("/", 3)[3], follow=True)
    new = "een-ander-lang-wachtwoord"
    client.post(form.request["PATH_INFO"], {"new_password1": new, "new_password2": new})
    assert not is_in(client)
    log_in(client, user, new)
    assert not is_in(client) and where(client).startswith(CODE_PAGE)


def test_the_login_beside_a_form_is_not_done_before_the_code(client, db):
    user = make_owner()
    back = reverse("session_back")
    assert log_in(client, user, then=back).url == back
    assert client.get(reverse("session")).json() == {"user": None}
    assert where(client, back).startswith(CODE_PAGE)
    assert show_code(client, code_now(), then=back).url == back
    assert client.get(reverse("session")).json()["user"] == user.pk


def test_a_password_given_by_somebody_else_is_changed_after_the_code_and_before_a_factor_is_made(client, db):
    owner, new = make_owner(), make_user("Publishers")
    for user in (owner, new):
        user.must_change_password = True
        user.save()
    log_in(client, owner)
    assert where(client).startswith(CODE_PAGE) and where(client, reverse("own_password")).startswith(CODE_PAGE)
    show_code(client, code_now())
    assert where(client) == reverse("own_password")
    beside = Client()
    log_in(beside, new)
    assert where(beside) == where(beside, reverse("mfa_index")) == reverse("own_password")


@pytest.mark.parametrize("way", ["mfa_index", "mfa_activate_totp", "mfa_view_recovery_codes", "mfa_add_webauthn"])
def test_whoever_knows_the_password_alone_neither_sees_nor_changes_factors(client, db, way):
    user = make_owner()
    log_in(client, user)
    assert where(client, reverse(way)).startswith(CODE_PAGE)
    assert where(client, reverse("account_reauthenticate")).startswith(CODE_PAGE)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    client.post(reverse("mfa_generate_recovery_codes"))
    assert kinds_of(user) == ["totp"] and not is_in(client)


# --- Codes


def test_a_code_of_the_app_works_once(client, db):
    user = make_owner()
    beside = Client()
    for one in (client, beside):
        log_in(one, user)
    code = code_now()
    show_code(client, code)
    show_code(beside, f"{code[:3]} {code[3:]}")
    assert is_in(client) and not is_in(beside)
    show_code(beside, code_now(steps=1))
    show_code(again := logged_in(user), code)  # still within what a slow clock may show
    assert is_in(beside) and not is_in(again)


def logged_in(user):
    client = Client()
    log_in(client, user)
    return client


def test_the_code_by_which_an_app_was_set_up_is_used_up(client, db, commits_at_once):
    user = make_user("Editors")
    log_in(client, user)
    set_up_app(client)
    app = Authenticator.objects.get(user=user, type="totp")
    (used,) = app.data["used_codes"]
    beside = logged_in(user)
    show_code(beside, used)
    assert not is_in(beside)


def test_a_code_of_recovery_works_once(client, db):
    user = make_owner()
    code = give_codes(user)[3]
    show_code(client := logged_in(user), code)
    show_code(beside := logged_in(user), code)
    assert is_in(client) and not is_in(beside)


def test_wrong_codes_are_limited_logged_and_written_to_their_owner(client, db, caplog):
    user = make_owner(language="fr")
    log_in(client, user)
    for _time in range(WRONG_PER_PERSON):
        show_code(client, "000000")
    assert caplog.messages.count(f"Wrong code for {user.username} from 127.0.0.1") == WRONG_PER_PERSON
    beside = logged_in(user)
    answer = show_code(beside, code_now())
    assert not is_in(beside) and "Trop de codes erronés" in visible_text(answer)
    (message,) = mail.outbox
    assert message.to == [user.email] and "plusieurs codes erronés" in message.body
    assert "Changez tout de suite votre mot de passe" in message.body
    other = make_owner()
    show_code(theirs := logged_in(other), code_now())
    assert is_in(theirs)


# --- Changes


def test_whoever_needs_one_keeps_the_last(client, db):
    user = make_owner()
    log_in(client, user)
    show_code(client, code_now())
    assert "tweede stap" in visible_text(client.get(reverse("mfa_deactivate_totp")))
    client.post(reverse("mfa_deactivate_totp"))
    assert kinds_of(user) == ["totp"]
    key = Authenticator.objects.create(user=user, type="webauthn", data={"name": "Sleutel", "credential": {}})
    client.post(reverse("mfa_deactivate_totp"))
    assert kinds_of(user) == ["webauthn"]
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert kinds_of(user) == ["webauthn"]


def test_changes_ask_who_it_is_and_are_written_to_the_owner(client, db, commits_at_once, caplog):
    caplog.set_level("INFO", "django.security.login")
    user = make_user("Editors", "fr")
    log_in(client, user)
    set_up_app(client)
    session = client.session
    session["began"] -= 3600
    session.save()
    for name in ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_add_webauthn"):
        assert where(client, reverse(name)).startswith(reverse("account_reauthenticate")), name
    client.post(reverse("mfa_deactivate_totp"))
    assert kinds_of(user) == ["recovery_codes", "totp"]
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": HOME})
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))
    assert kinds_of(user) == []
    bodies = [message.body for message in mail.outbox]
    assert [message.to for message in mail.outbox] == [[user.email]] * 3
    assert "été configurée" in bodies[0] and "codes de récupération" in bodies[1] and "supprimée" in bodies[2]
    assert f"Second factor of {user.username}: totp removed from 127.0.0.1" in caplog.messages


def test_secrets_are_kept_under_the_key_of_the_site(db, settings, client):
    users = [make_owner(), make_owner()]
    codes = give_codes(users[0])
    assert SECRET not in str(list(Authenticator.objects.values("data")))
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-of-more-than-fifty-characters-1234567890"
    settings.SECRET_KEY_FALLBACKS = [old]
    show_code(known := logged_in(users[0]), code_now())
    settings.SECRET_KEY_FALLBACKS = []
    for user, code in ((users[0], code_now(steps=1)), (users[0], codes[0])):
        show_code(renewed := logged_in(user), code)
        assert is_in(known) and is_in(renewed)
    show_code(lost := logged_in(users[1]), code_now(steps=1))
    assert not is_in(lost)


def test_answers_are_kept_nowhere_and_readers_get_no_cookie(client, db, home):
    log_in(client, make_user("Publishers"))
    for path in (reverse("mfa_index"), reverse("mfa_activate_totp"), LOGIN):
        assert "no-store" in client.get(path, follow=True).headers["Cache-Control"]
    sessions = Session.objects.count()
    assert not Client().get("/nl/").cookies and Session.objects.count() == sessions


# --- What is lost


def test_an_administrator_takes_away_what_somebody_has_lost(client, db, commits_at_once, caplog):
    admin, lost = make_owner(None), make_owner(language="fr")
    log_in(client, admin)
    show_code(client, code_now())
    show_code(theirs := logged_in(lost), code_now())
    assert is_in(theirs)
    edit, reset = reverse("wagtailusers_users:edit", args=[lost.pk]), reverse("reset_factor", args=[lost.pk])
    assert reset in client.get(edit).content.decode() and SECRET not in client.get(reset).content.decode()
    assert client.post(reset).url == edit
    assert kinds_of(lost) == [] and not is_in(theirs)
    assert f"Second factor of {lost.username}: reset by {admin.username}" in caplog.messages
    assert mail.outbox[0].to == [lost.email] and "Un administrateur" in mail.outbox[0].body
    assert "pas demandé cela" in mail.outbox[0].body and "Ce n’était pas vous" not in mail.outbox[0].body
    assert ModelLogEntry.objects.filter(action="newsroom.reset_factor", user=admin, object_id=lost.pk).exists()
    assert where(logged_in(lost)) == reverse("mfa_index")


def test_nobody_else_takes_it_away_nor_an_administrator_their_own(client, db):
    manager, admin, owner = make_owner("Editors"), make_owner(None), make_owner()
    manager.user_permissions.add(Permission.objects.get(codename="change_user"))
    log_in(client, manager)
    show_code(client, code_now())
    client.post(reverse("reset_factor", args=[owner.pk]))
    show_code(theirs := logged_in(admin), code_now())
    assert theirs.post(reverse("reset_factor", args=[admin.pk])).url == reverse("mfa_index")
    assert kinds_of(owner) == kinds_of(admin) == ["totp"]


def test_the_command_takes_it_away_from_the_last_administrator(db, commits_at_once):
    admin = make_owner(None)
    call_command("reset_factor", admin.username, stdout=StringIO())
    assert kinds_of(admin) == [] and mail.outbox[0].to == [admin.email]
    with pytest.raises(CommandError, match="Nobody"):
        call_command("reset_factor", "nobody")


# --- Every route


@pytest.mark.sweep
@pytest.mark.parametrize("has_app", [True, False])
def test_a_session_that_knows_the_password_alone_opens_nothing(home, settings, tmp_path, has_app):
    settings.MEDIA_ROOT = tmp_path
    things = make_things(home)
    user = make_owner(None) if has_app else make_user(None)
    person = Person(user)
    step = TO_SHOW if has_app else TO_SET_UP
    led_to = CODE_PAGE if has_app else reverse("mfa_index")
    routes = [route for route in table() if not may_go_on(step, path_of(route, things))]
    assert len(routes) > 300
    for route in routes:
        path = path_of(route, things)
        for data in (None, {}):
            response, tables = person.ask(path, data)
            assert (response.status_code, tables) == (302, set()), path
            assert response.url.partition("?")[0] == led_to, path
        assert person.client.get(path, headers=JSON).status_code == 401, path
