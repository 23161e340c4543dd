"""One code sent twice in the same moment, to processes that do not share what they remember: it counts once."""

from functools import partial
from unittest import mock

import pytest
from django.test import Client

from tests.logins import is_in, log_in
from tests.racing import outcomes
from tests.two_steps import code_now, give_codes, make_owner, show_code

RUNS = 5
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_of_two_who_send_a_code_at_once_one_comes_in(kind, monkeypatch):
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.cache", mock.Mock())  # that of another host
    for run in range(RUNS):
        user = make_owner()
        code = code_now() if kind == "app" else give_codes(user)[run]
        clients = [Client(), Client()]
        for client in clients:
            log_in(client, user)
        assert outcomes(*[partial(show_code, client, code) for client in clients]) == [None, None]
        assert sorted(map(is_in, clients)) == [False, True]
