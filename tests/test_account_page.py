"""One's own account: the address, the name, the password and the portrait, each checked or refused on its own."""

from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation
from PIL import Image
from wagtail.users.models import UserProfile

from assets import pictures
from newsroom.accounts import portrait
from newsroom.models import User
from tests.building import PASSWORD, make_user
from tests.editor import form_with
from tests.logins import send_account, visible_text
from tests.uploads import bomb, noise, picture, upload
from worklists.models import DailyMail

NAMES = {"name_email-first_name": "Ann", "name_email-last_name": "Peeters"}
NO_NAMES = dict.fromkeys(NAMES, "")
NO_ADDRESS = {"email-email": "nobody"}
REFUSED = {
    "half": ("half.png", noise("PNG")[: len(noise("PNG")) // 2], pictures.DAMAGED),
    "a bomb": ("bomb.png", bomb(20_000, 20_000), pictures.TOO_MANY_PIXELS),
    "a thread": ("thread.png", picture(size=(1, 3000)), portrait.TOO_NARROW),
}


@pytest.fixture
def translator(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    user = make_user("Translators", "fr")
    client.force_login(user)
    return user


def send(client, **typed):
    url = reverse("wagtailadmin_account")
    return client.post(url, form_with(client.get(url), "email-email") | typed)


def avatar_of(user):
    return UserProfile.objects.get(user=user).avatar


@pytest.mark.parametrize("names", [NAMES, NO_NAMES])
@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.sampled(2)
def test_a_broken_portrait_is_refused_at_its_field_in_the_language_of_the_person(client, translator, case, names):
    name, content, message = REFUSED[case]
    response = send(client, **names, **{"avatar-avatar": upload(name, content)})
    assert response.status_code == 200 and not avatar_of(translator)
    with translation.override("fr"):
        assert str(message) in response.content.decode()


def test_a_portrait_is_converted_and_made_small(client, translator):
    response = send(client, **NAMES, **{"avatar-avatar": upload("scan.png", picture("I;16", size=(900, 600), colour=40_000))})
    assert response.status_code == 302
    with avatar_of(translator).open() as file, Image.open(file) as portrait:
        assert (portrait.mode, portrait.size) == ("L", (400, 266))


def test_a_portrait_is_kept_when_the_address_is_none_and_the_rest_is_not(client, translator, settings):
    typed = {"avatar-avatar": upload("me.png", picture()), "theme-theme": "dark"}
    response = send(client, **NO_ADDRESS, **typed)
    html = response.content.decode()
    avatar = avatar_of(translator)
    assert response.status_code == 200 and avatar and avatar.url in html
    with translation.override("fr"):
        assert translation.gettext("Your profile picture is saved.") in html
    assert UserProfile.objects.get(user=translator).theme == "system", "What was refused is not saved along."
    assert [path.name for path in settings.MEDIA_ROOT.rglob("*.*")] == [Path(avatar.name).name], "It is stored once."


def test_whoever_has_no_names_changes_the_rest_all_the_same(client, translator):
    assert send(client, **NO_NAMES, **{"theme-theme": "dark", "daily_mail-is_wanted": ""}).status_code == 302
    assert UserProfile.objects.get(user=translator).theme == "dark"
    assert not DailyMail.objects.get(user=translator).is_wanted


def test_a_portrait_can_be_taken_away(client, translator):
    send(client, **NAMES, **{"avatar-avatar": upload("me.png", picture())})
    storage, name = avatar_of(translator).storage, avatar_of(translator).name
    assert send(client, **NAMES, **{"avatar-avatar-clear": "on"}).status_code == 302
    assert not avatar_of(translator) and not storage.exists(name)


def test_whoever_has_no_email_address_saves_the_rest(client, translator):
    User.objects.filter(pk=translator.pk).update(email="")
    assert send(client, **NAMES, **{"theme-theme": "dark"}).status_code == 302
    assert UserProfile.objects.get(user=translator).theme == "dark"


def test_whoever_has_an_email_address_cannot_empty_it(client, translator):
    assert send(client, **NAMES, **{"email-email": ""}).status_code == 200
    assert User.objects.get(pk=translator.pk).email


def test_the_address_changes_with_the_password_only_and_the_old_one_is_told(client, editor):
    old = editor.email
    for password in ("", "wrong"):
        response = send_account(client, email__email="new@example.org", email__current_password=password)
        assert response.status_code == 200 and "Dit is niet je wachtwoord" in visible_text(response)
        assert "new@example.org" in response.content.decode(), "Nothing typed is lost."
    editor.refresh_from_db()
    assert editor.email == old and not mail.outbox
    assert send_account(client, email__email="new@example.org", email__current_password=PASSWORD).status_code == 302
    editor.refresh_from_db()
    assert editor.email == "new@example.org"
    (sent,) = mail.outbox
    assert sent.to == [old] and "gewijzigd" in sent.subject


def test_a_name_changes_without_the_password(client, editor):
    assert send_account(client, name_email__first_name="Ann", name_email__last_name="Peeters").status_code == 302
    editor.refresh_from_db()
    assert editor.first_name == "Ann" and not mail.outbox


@pytest.mark.sweep
@pytest.mark.parametrize("door", ["email", "password"])
def test_guessing_the_password_of_who_forgot_to_log_out_is_stopped_as_at_the_login(client, editor, settings, door):
    guess = {"email__email": "new@example.org", "email__current_password": "wrong"}
    if door == "password":
        new = "een-ander-lang-wachtwoord"
        guess = {"password__old_password": "wrong", "password__new_password1": new, "password__new_password2": new}
    answers = [send_account(client, **guess).status_code for _time in range(settings.AXES_FAILURE_LIMIT)]
    assert answers == [200] * (settings.AXES_FAILURE_LIMIT - 1) + [429]
