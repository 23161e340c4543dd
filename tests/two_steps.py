"""Second factors of tests: an app that shows codes, and people who have one."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.building import make_user

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CODE_PAGE = "/admin/login/code/"


@pytest.fixture
def commits_at_once(monkeypatch):
    """Do at once what waits for a commit, as in the middle of a real request; a test stands in a transaction of its own."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, using=None, robust=False: act())


def code_now(secret=SECRET, steps=0):
    """Return what an app shows, or showed or will show some half minutes away."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def give_app(user):
    TOTP.activate(user, SECRET)
    return user


def give_codes(user):
    return RecoveryCodes.activate(user).generate_codes()


def make_owner(role="Publishers", language="nl"):
    """Return a person of a role who has an app."""
    return give_app(make_user(role, language))


def show_code(client, code, then=""):
    return client.post(CODE_PAGE, {"code": code, "next": then})


def secret_of(response):
    return BeautifulSoup(response.content, "html.parser").find("code").get_text()


def set_up_app(client):
    """Set up an app as somebody does; return the answer."""
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    return client.post(reverse("mfa_activate_totp"), {"code": code_now(secret_of(page))})


def kinds_of(user):
    return sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True))
