"""People as administrators see and change them, and words of Wagtail that are everybody's."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Workflow

from newsroom.accounts.role_names import NAMES
from newsroom.accounts.roles import make_groups
from newsroom.editing.decisions import ApprovalForm
from newsroom.models import User
from tests.building import PASSWORD, make_user
from tests.editor import errors_of, form_with, messages_of, translate
from tests.logins import is_in, visible_text


@pytest.mark.parametrize(
    ("language", "roles"),
    [
        ("nl", ["Redacteurs", "Eindredacteurs", "Vertalers", "Revisoren"]),
        ("fr", ["Rédacteurs", "Responsables de publication", "Traducteurs", "Relecteurs"]),
    ],
)
def test_an_administrator_chooses_roles_by_name_and_a_language_for_a_new_account(client, db, language, roles):
    make_groups()
    client.force_login(make_user(language=language))
    form = client.get(reverse("wagtailusers_users:add"))
    assert all(role in visible_text(form) for role in roles) and "Editors" not in visible_text(form)
    typed = {"username": "new", "email": "new@example.org", "first_name": "An", "last_name": "Peeters"}
    typed |= {"password1": PASSWORD, "password2": PASSWORD, "groups": [Group.objects.get(name="Editors").pk]}
    refused = client.post(reverse("wagtailusers_users:add"), typed)
    assert refused.context["form"].errors.keys() == {"preferred_language"}
    assert client.post(reverse("wagtailusers_users:add"), typed | {"preferred_language": "fr"}).status_code == 302
    user = User.objects.get(username="new")
    assert user.wagtail_userprofile.preferred_language == "fr" and user.groups.get().name == "Editors"
    assert user.must_change_password
    listed = visible_text(client.get(reverse("wagtailusers_groups:index")))
    assert all(role in listed for role in roles) and "Editors" not in listed


@pytest.mark.parametrize("role", ["Translators", "Reviewers"])
def test_a_translator_or_reviewer_has_a_language_at_least(client, db, role):
    make_groups()
    client.force_login(make_user(None, "fr"))
    typed = {"username": "new", "email": "new@example.org", "first_name": "An", "last_name": "Peeters"}
    typed |= {"password1": PASSWORD, "password2": PASSWORD, "preferred_language": "fr"}
    typed["groups"] = [Group.objects.get(name=role).pk]
    refused = client.post(reverse("wagtailusers_users:add"), typed)
    with translation.override("fr"):
        name = str(NAMES[role])
    message = "Choose at least one language: %(roles)s write in those only."
    assert errors_of(refused) == {"languages": [translate(message, "fr", roles=name)]}
    unknown = client.post(reverse("wagtailusers_users:add"), typed | {"languages": ["de"]})
    assert errors_of(unknown).keys() == {"languages"}
    assert not User.objects.filter(username="new").exists()
    assert client.post(reverse("wagtailusers_users:add"), typed | {"languages": ["fr", "en"]}).status_code == 302
    assert User.objects.get(username="new").languages == ["fr", "en"]


def test_the_list_of_people_says_roles_and_languages_with_as_many_queries_for_many_as_for_few(client, db):
    client.force_login(make_user(None, "fr"))
    make_user("Translators", "nl", languages=["fr", "en"])

    def listed():
        with CaptureQueriesContext(connection) as queries:
            text = visible_text(client.get(reverse("wagtailusers_users:index")))
        return text, len(queries)

    listed()
    text, before = listed()
    assert "Traducteurs" in text and "Français, English" in text
    for role in ("Editors", "Reviewers", "Translators"):
        make_user(role, "nl")
    text, after = listed()
    assert all(word in text for word in ("Rédacteurs", "Relecteurs", "Nederlands")) and after == before


def test_an_administrator_who_changes_an_account_keeps_the_rest_and_tells_the_old_address(client, db):
    client.force_login(make_user())
    user = make_user("Translators", "fr")
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    typed = form_with(client.get(url), "username") | {"first_name": "An", "last_name": "Peeters", "email": "new@example.org"}
    assert client.post(url, typed).status_code == 302
    before, user = user, User.objects.get(pk=user.pk)
    assert user.email == "new@example.org" and user.wagtail_userprofile.preferred_language == "fr"
    assert user.groups.get().name == "Translators" and user.check_password(PASSWORD) and not user.must_change_password
    assert [sent.to for sent in mail.outbox] == [[before.email]]


def test_an_account_without_names_is_closed(client, db):
    client.force_login(make_user())
    user = make_user("Editors")
    url = reverse("wagtailusers_users:edit", args=[user.pk])
    typed = {name: value for name, value in form_with(client.get(url), "username").items() if name != "is_active"}
    assert typed["first_name"] == typed["last_name"] == ""
    assert client.post(url, typed).status_code == 302
    assert not User.objects.get(pk=user.pk).is_active


@pytest.mark.sampled(1)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_of_an_account_that_can_open_nothing_it_is_said(client, db, language):
    make_groups()
    client.force_login(make_user(language=language))
    text = "%(name)s has no role yet, and so cannot open anything here: choose one under ‘Roles’."
    typed = {"username": "new", "email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    typed |= {"preferred_language": "fr"}
    created = client.post(reverse("wagtailusers_users:add"), typed)
    assert translate(text, language, name="new") in messages_of(created)
    client.get(reverse("wagtailusers_users:index"))  # shows it
    url = reverse("wagtailusers_users:edit", args=[User.objects.get(username="new").pk])
    client.post(url, form_with(client.get(url), "username") | {"groups": [Group.objects.get(name="Editors").pk]})
    administrator = {"username": "chief", "email": "chief@example.org", "is_superuser": "on"}
    others = messages_of(client.post(reverse("wagtailusers_users:add"), typed | administrator))
    assert len(others) == 2 and all("</a>" in one for one in others), "Both say that the account is saved, and no more."


def test_nobody_changes_their_own_address_or_password_past_the_account_page(client, db):
    admin = make_user()
    client.force_login(admin)
    url = reverse("wagtailusers_users:edit", args=[admin.pk])
    typed = form_with(client.get(url), "username") | {"first_name": "An", "last_name": "Peeters", "email": "evil@example.org"}
    assert "password1" not in typed
    assert client.post(url, typed | {"password1": "x", "password2": "x"}).status_code == 302
    stored = User.objects.get(pk=admin.pk)
    assert (stored.email, stored.first_name) == (admin.email, "An") and stored.check_password(PASSWORD) and is_in(client)


def test_the_workflow_and_its_steps_have_names_that_everybody_reads(db):
    assert Workflow.objects.get().name == "NL, FR, publicatie / publication"
    assert [task.name for task in Workflow.objects.get().tasks] == ["NL", "FR", "Publicatie / Publication"]


def test_words_that_wagtail_translates_as_it_starts_are_those_of_the_reader():
    for language, word in (("nl", "Opmerking"), ("fr", "Commentaire"), ("en", "Comment")):
        with translation.override(language):
            assert str(ApprovalForm()["comment"].label) == word
