"""The matrix: every address, each role, looking and sending. `routes.txt` says who finds an open door and who may change."""

import re
from dataclasses import replace

import pytest
from django.contrib.auth import get_user_model
from django.urls import resolve
from wagtail.test.utils.form_data import querydict_from_html

from newsroom.accounts.roles import REVIEWERS, TRANSLATORS
from tests.building import make_user
from tests.guarded import FORMS
from tests.route_rights import Person, table
from tests.routes import make_things, path_of, routes

ADMIN = "admin/"
ROLES = {"T": "Translators", "E": "Editors", "P": "Publishers", "A": None}
PUBLIC = {  # every route outside of the admin, and what it answers to a reader
    "": 302,
    "p/<slug:slug>/": 302,
    "healthz": 200,
    "readyz": 200,
    "robots.txt": 200,
    "manifest.webmanifest": 200,
    "favicon.ico": 200,
    ".well-known/security.txt": 404,
    "security.txt": 301,
    "sitemap.xml": 200,
    "_design/": 302,
    "media/documents/<path:name>": 404,
}
PUBLIC_SHAPES = re.compile(
    r"\^documents/|\^sitemap-|\^media/|\^\(\?P<language>(nl|fr|en|nl\|fr\|en)\)(/(reactie|votre-avis|feedback|schrijf-ons|nous-ecrire|write-to-us|zoeken|recherche|search|feed|"
    r"gedeeld-concept|brouillon-partage|shared-draft|manifest|glossary)\b|\(\?:/)"
)


def test_reviewers_may_do_what_translators_may():
    assert replace(REVIEWERS, name="") == replace(TRANSLATORS, name="")


def test_every_form_in_which_only_own_texts_change_has_its_cases(home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    things = make_things(home)
    limited = {resolve(path_of(route, things)).route for route, (_opens, changes) in table().items() if "t" in changes}
    cases = {resolve(make(home).url).route for make in FORMS.values()}
    assert limited == cases | {"admin/staff-notes/note/<int:pk>/"}


def test_every_route_of_the_admin_says_who_may_use_it():
    assert {route for route in routes() if route.startswith(ADMIN)} == table().keys()


def test_every_public_route_is_known():
    unknown = [route for route in routes() if not route.startswith(ADMIN) and route not in PUBLIC]
    assert [route for route in unknown if not PUBLIC_SHAPES.match(route)] == []


def test_public_routes_answer_as_they_should(home, client):
    things = make_things(home)
    for route, expected in PUBLIC.items():
        assert client.get(f"/{route}".replace("<slug:slug>", things.page.slug)).status_code in {expected, 200, 302}, route


def is_refused(response):
    to = getattr(response, "url", "")
    return response.status_code in {403, 404} or to == "/admin/" or "/login/" in to


def forms_of(response):
    """Return what a browser would send of each form of a response, and an empty one."""
    if "text/html" not in response.headers.get("Content-Type", "") or response.streaming:
        return [{}]
    html = response.content.decode()
    return [{}, *(querydict_from_html(html, form_index=index) for index in range(html.count("<form")))]


def faults_of(person, letter, things):
    """Return what is wrong at each address for a person of a role; "" is the letter of somebody without rights."""
    for route, (opens, changes) in table().items():
        path = path_of(route, things)
        response, _tables = person.ask(path)
        if response.status_code >= 500:
            yield f"GET {path}: {response.status_code}"
        is_judged = opens != "*" and not (response.status_code == 302 and person.finds_a_button(path))
        if is_judged and is_refused(response) and letter and letter in opens and response.status_code != 404:
            yield f"GET {path}: refused"
        if is_judged and not is_refused(response) and not (letter and letter in opens):
            yield f"GET {path}: open, {response.status_code}"
        for data in forms_of(response):
            response, tables = person.ask(path, data)
            if response.status_code >= 500:
                yield f"POST {path}: {response.status_code}"
            if tables and changes != "*" and not (letter and letter in changes.upper()):
                yield f"POST {path}: wrote {sorted(tables)}"


@pytest.mark.sweep
@pytest.mark.parametrize("letter", ROLES)
def test_each_role_finds_its_doors_open_and_all_others_shut(letter, home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    things = make_things(home)
    assert "\n".join(faults_of(Person(make_user(ROLES[letter])), letter, things)) == ""


@pytest.mark.sweep
@pytest.mark.parametrize("is_known", [False, True])
def test_whoever_has_no_rights_finds_no_page_open(is_known, home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    things = make_things(home)
    user = get_user_model().objects.create_user("nobody", "nobody@example.org", "x") if is_known else None
    assert "\n".join(faults_of(Person(user), "", things)) == ""
