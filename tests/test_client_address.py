"""The address by which a client is known: proxies are trusted as the setting says, and visitors not at all."""

import pytest
import yaml
from django.conf import settings
from django.test import Client, RequestFactory

from delivery.client import client_address, warn_once
from tests.logins import LOGIN


@pytest.mark.parametrize(
    ("trusted", "forwarded", "expected"),
    [
        (0, "1.1.1.1", "10.0.0.1"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 10.0.0.2", "1.1.1.1"),
        (2, "1.1.1.1", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "1.1.1.1:4711", "1.1.1.1"),
        (1, "6.6.6.6:1, [2001:db8::1]:4711", "2001:db8::1"),
        (1, "[2001:db8::1]", "2001:db8::1"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "unknown", "10.0.0.1"),
        (1, "1.1.1.1:x", "10.0.0.1"),
        (1, "fe80::1%eth0", "10.0.0.1"),
        (2, "'; DROP TABLE, 1.1.1.1", "10.0.0.1"),
    ],
)
def test_a_client_cannot_choose_the_address_it_is_known_by(trusted, forwarded, expected, settings):
    settings.TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/admin/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == expected


@pytest.mark.django_db
def test_wrong_passwords_are_counted_behind_a_proxy_that_says_ports(settings):
    settings.TRUSTED_PROXIES = 1
    statuses = [
        Client(headers={"x-forwarded-for": f"1.1.1.1:{port}"}).post(LOGIN, {"username": "an", "password": "wrong"}).status_code
        for port in range(4000, 4010)
    ]
    assert statuses[0] == 200 and statuses[-1] == 429


@pytest.mark.parametrize(
    ("trusted", "forwarded", "warned"),
    [
        (1, "1.1.1.1, 10.0.0.2", "TRUSTED_PROXIES=1 may be too low"),
        (0, "1.1.1.1", "TRUSTED_PROXIES=0 may be too low"),
        (2, "1.1.1.1", "fewer than TRUSTED_PROXIES=2"),
        (2, "1.1.1.1, 10.0.0.2", ""),
        (1, "unknown", "something that is no address"),
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
