"""Requests to the admin that no browser sends: a word in the person's language, and never an error of ours."""

import random

import pytest
from django.core.exceptions import FieldError
from django.db import DataError
from django.test import RequestFactory
from django.urls import get_resolver, reverse

from newsroom.malformed import is_malformed
from tests.building import make_standard, make_user

ODD = ["", "x", "-1", "0", "99999999999999999999", "1\0", "[]", "{", "%", "é" * 300, "2026-13-45", "'\"<>", "../..", "null"]
NAMES = ["p", "q", "ordering", "export", "page", "id", "next", "action", "parent", "user", "q[]", "date_from"]


@pytest.fixture
def editor(client, home):
    client.force_login(make_user("Editors", "fr"))
    return client


def answered(client, method, address, **data):
    client.raise_request_exception = False
    return getattr(client, method)(address, data)


def test_a_link_without_data_is_answered_with_a_word(editor):
    response = answered(editor, "post", reverse("wagtailadmin_choose_page_external_link"))
    assert response.status_code in (200, 400)


def test_a_number_that_is_none_is_answered_with_a_word(editor, home):
    response = answered(editor, "get", reverse("wagtailadmin_choose_page"), page_type="x", user_perms="y", p="z")
    assert response.status_code < 500


def test_a_copy_below_what_is_no_page_is_refused(editor, home):
    page = make_standard(home, "copied")
    response = answered(editor, "post", reverse("wagtailadmin_pages:copy", args=[page.pk]), new_parent_page="x")
    assert response.status_code < 500


def test_the_page_for_trying_errors_is_none(editor):
    assert answered(editor, "get", "/admin/failwhale/").status_code == 404


def test_sorting_what_was_searched_for_is_no_error(editor):
    for name in ("organisation", "person", "glossaryterm"):
        address = reverse(f"wagtailsnippets_directory_{name}:list")
        assert answered(editor, "get", address, q="actiris", ordering="-latest_revision_created_at").status_code < 500


@pytest.mark.parametrize(
    "exception, is_theirs",
    [
        (ValueError("invalid literal for int() with base 10: 'x1'"), True),
        (ValueError("invalid literal for int() with base 10: 'ours'"), False),
        (DataError("integer out of range"), True),
        (FieldError("Cannot resolve keyword"), True),
        (KeyError("ours"), False),
        (AttributeError("ours"), False),
    ],
)
def test_only_what_was_sent_is_to_blame(exception, is_theirs):
    assert is_malformed(RequestFactory().get("/admin/", {"p": "x1"}), exception) is is_theirs


def test_an_error_of_ours_stays_one(editor, monkeypatch):
    monkeypatch.setattr("newsroom.home.LanguagesPanel.__init__", lambda self: 1 / 0)
    assert answered(editor, "get", reverse("wagtailadmin_home")).status_code == 500


def addresses(patterns=None, before=""):
    """Yield the addresses of the admin as a person may see them, with numbers and words where they take some."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, route)
        elif route.startswith("admin/"):
            yield route


def filled(route, chance):
    """Return an address for a route of Django's: a small number, or something odd, for each thing it takes."""
    parts = []
    for part in route.replace("^", "").replace("$", "").split("/"):
        parts.append(chance.choice(["1", "2", "3", "x", "directory", "organisation"]) if "<" in part or "(" in part else part)
    return "/" + "/".join(parts)


def fuzz(client, times, seed):
    """Send odd requests; return those to which the answer is an error of ours."""
    chance = random.Random(seed)
    routes = sorted(route for route in set(addresses()) if not route.endswith("logout/"))
    failed = []
    for _number in range(times):
        address = filled(chance.choice(routes), chance)
        data = {chance.choice(NAMES): chance.choice(ODD) for _name in range(chance.randrange(4))}
        method = chance.choice(["get", "post"])
        if answered(client, method, address, **data).status_code >= 500:
            failed.append((method, address, data))
    return failed


def test_some_odd_requests_find_no_error(editor):
    assert fuzz(editor, 60, "few") == []
