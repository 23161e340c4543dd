"""Logging in as a browser does, and being logged in."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.building import PASSWORD, make_user
from tests.editor import form_with

LOGIN = "/admin/login/"
RESET = "/admin/password_reset/"


def log_in(client, user, password=PASSWORD, where="10.0.0.1", then="", **headers):
    """Send the login form, as from an address, to come to another one; return the answer."""
    typed = {"username": getattr(user, "username", user), "password": password, "next": then}
    return client.post(LOGIN, typed, REMOTE_ADDR=where, headers=headers)


def visible_text(response):
    """Return the words that somebody sees of a response."""
    return " ".join(BeautifulSoup(response.content.decode(), "lxml").main.get_text(" ").split())


@pytest.fixture
def editor(client, db):
    """An editor, logged in by the login form."""
    user = make_user("Editors")
    log_in(client, user)
    return user


def is_in(client):
    """Say whether somebody is logged in, without using the session."""
    return client.get(reverse("session")).json()["user"] is not None


def account_form(client):
    return form_with(client.get(reverse("wagtailadmin_account")), "email-email")


def send_account(client, **typed):
    """Send the form of one's own account; names say their section before two underscores."""
    values = {name.replace("__", "-"): value for name, value in typed.items()}
    return client.post(reverse("wagtailadmin_account"), account_form(client) | values)
