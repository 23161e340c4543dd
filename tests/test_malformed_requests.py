"""Requests to the admin that no browser sends: a word in the person's language, and never an error of ours."""

import random
from html import unescape

import pytest
from django import forms
from django.core.exceptions import FieldError, ValidationError
from django.db import DataError, connection, transaction
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, get_resolver, reverse
from wagtail.contrib.redirects.forms import ConfirmImportManagementForm

from directory.models import Organisation
from newsroom.malformed_requests import is_malformed
from tests.building import make_standard, make_user
from tests.editor import edit_url, open_form, translate
from tests.publishing import fresh
from tests.stale_forms import text_block

KEYS = ["1", "2", "3", "x", "directory", "organisation", "99999999999999999999"]
ODD = [
    "",
    "x",
    "-1",
    "0",
    "1",
    "²",
    "99999999999999999999",
    "1\0",
    "[]",
    "{",
    "%",
    "é" * 300,
    "2026-13-45",
    "'\"<>",
    "../..",
    "null",
    "pages.standardpage",
    "/nl/",
    "csv",
    "x" * 5000,
]
NAMES = [
    "p",
    "q",
    "ordering",
    "export",
    "page",
    "id",
    "next",
    "action",
    "parent",
    "user",
    "q[]",
    "date_from",
    "page_type",
    "fields",
    "url",
    "title",
    "slug",
    "position",
    "chooser",
    "collection_id",
    "owner",
    "locale",
    "content_type",
    "timestamp_from",
]
WORD = translate("The site cannot do anything with what was sent. Go back, open the page again and try once more.", "fr")


@pytest.fixture
def editor(client, home):
    client.force_login(make_user("Editors", "fr"))
    return client


def answer(client, method, address, **data):
    client.raise_request_exception = False
    return getattr(client, method)(address, data)


def test_a_link_without_data_is_answered_with_a_word(editor):
    response = answer(editor, "post", reverse("wagtailadmin_choose_page_external_link"))
    assert response.status_code in (200, 400)


def test_a_number_that_is_none_is_answered_with_a_word(editor, home):
    response = answer(editor, "get", reverse("wagtailadmin_choose_page"), page_type="x", user_perms="y", p="z")
    assert response.status_code < 500


def test_a_key_in_an_address_that_is_none_is_answered_with_a_word(editor):
    for address in ("snippets/choose/directory/person/chosen/x/", "images/chooser/chosen/x/", "documents/chooser/chosen/²/"):
        response = answer(editor, "get", f"/admin/{address}")
        assert response.status_code == 400
        assert WORD in unescape(response.content.decode())


def test_a_link_without_its_address_is_answered_with_a_word(editor):
    assert answer(editor, "post", reverse("wagtailadmin_choose_page_external_link"), link_text="x").status_code == 400


def test_no_entry_is_made_in_a_chooser_that_has_no_form_for_it(editor):
    address = reverse("wagtailsnippetchoosers_directory_person:create")
    assert [answer(editor, method, address, name="x").status_code for method in ("get", "post")] == [404, 404]


@pytest.mark.parametrize("action", ["set_page_position", "lock", "unlock"])
def test_the_root_of_the_tree_is_no_page_to_reorder_or_lock(client, home, action):
    client.force_login(make_user(None))
    address = reverse(f"wagtailadmin_pages:{action}", args=[home.get_parent().pk])
    assert [answer(client, method, address).status_code for method in ("get", "post")] == [404, 404]


def test_an_address_to_go_on_to_that_is_none_is_answered_with_a_word(editor, standard):
    response = answer(editor, "post", reverse("wagtailadmin_pages:unlock", args=[standard.pk]), next="0")
    assert response.status_code in (302, 400)


@pytest.mark.sweep
def test_a_copy_below_what_is_no_page_is_refused(editor, home):
    page = make_standard(home, "copied")
    response = answer(editor, "post", reverse("wagtailadmin_pages:copy", args=[page.pk]), new_parent_page="x")
    assert response.status_code < 500


def test_the_page_for_trying_errors_is_none(editor):
    assert answer(editor, "get", "/admin/failwhale/").status_code == 404


def test_sorting_what_was_searched_for_is_no_error(editor):
    for name in ("organisation", "person", "glossaryterm"):
        address = reverse(f"wagtailsnippets_directory_{name}:list")
        assert answer(editor, "get", address, q="actiris", ordering="-latest_revision_created_at").status_code < 500


@pytest.mark.sampled(1)
@pytest.mark.parametrize("said", [r"a\u0000", r"a\ud800", r"\uDC00"])
def test_a_text_that_cannot_be_stored_is_answered_with_a_word(said, editor, home):
    page = make_standard(home, body=[text_block("een", "un")])
    text = f'{{"blocks": [{{"key": "a", "text": "{said}", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], \
"entityRanges": [], "data": {{}}}}], "entityMap": {{}}}}'
    form, before = open_form(editor, edit_url(page)), page.latest_revision_id
    assert answer(editor, "post", edit_url(page), **form | {"body-0-value-text-nl": text}).status_code in (200, 400)
    assert fresh(page).latest_revision_id == before


def test_lists_within_lists_without_end_are_answered_with_a_word(editor, home):
    page = make_standard(home, body=[text_block("een", "un")])
    form = open_form(editor, edit_url(page)) | {"body-0-value-text-nl": "[" * 100_000}
    assert answer(editor, "post", edit_url(page), **form).status_code == 400


@pytest.mark.parametrize("said", [r'{"a": "\u0000"}', r'{"\ud800": 1}', "1", '["a"]', '"abc"', "null", "[" * 100_000])
def test_json_of_another_kind_is_answered_with_a_word(said, editor):
    editor.raise_request_exception = False
    response = editor.patch(reverse("wagtailadmin_dismissibles"), said, content_type="application/json")
    assert response.status_code == 400


@pytest.mark.parametrize(
    "exception, is_theirs",
    [
        (ValueError("invalid literal for int() with base 10: 'x1'"), True),
        (ValueError("invalid literal for int() with base 10: 'ours'"), False),
        (ValueError("Field 'id' expected a number but got ''."), True),
        (NoReverseMatch("Reverse for 'x1' not found."), True),
        (FieldError("Cannot resolve keyword"), True),
        (ValidationError("“%(value)s” is none", params={"value": "x1"}), True),
        (ValidationError("“%(value)s” is none", params={"value": "ours"}), False),
        (ValidationError({"slug": ["“x1” is taken"]}), False),
        (KeyError("ours"), False),
        (AttributeError("ours"), False),
    ],
)
def test_only_what_was_sent_is_to_blame(exception, is_theirs):
    assert is_malformed(RequestFactory().get("/admin/", {"p": "x1", "q": ""}), exception) is is_theirs


@pytest.mark.parametrize(
    ("query", "sent", "is_theirs"),
    [
        ("SELECT 99999999999999999999::bigint", {"p": "x1"}, True),
        ("SELECT '2026-13-45'::date", {"p": "x1"}, True),
        ("SELECT 99999999999999999999::bigint", {}, False),
        ("SELECT TIMESTAMPTZ '0001-01-01 00:00 BC'", {"p": "x1"}, False),  # PostgreSQL has it; Python cannot read it
    ],
)
def test_what_is_stored_and_cannot_be_read_was_not_sent(query, sent, is_theirs, db):
    request = RequestFactory().get("/admin/", sent)
    with pytest.raises(DataError) as raised, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query)
        cursor.fetchall()
    assert is_malformed(request, raised.value) is is_theirs


class Form(forms.Form):
    """As Wagtail's, it does not expect to come without its fields."""

    first = forms.CharField()
    second = forms.CharField(validators=[lambda value: value.nothing])


class FormOfOurs(Form):
    def clean(self):
        return self.cleaned_data["first"]


@pytest.mark.parametrize(
    "form, is_theirs",
    [
        (ConfirmImportManagementForm({"import_file_name": "x"}), True),
        (FormOfOurs({"second": ""}), False),
        (Form({"first": "1", "second": "2"}), False),
    ],
)
def test_a_form_without_a_field_is_to_blame_and_not_our_own_code(form, is_theirs):
    request = RequestFactory().post("/admin/", {"first": "1"})
    with pytest.raises((AttributeError, KeyError)) as raised:
        form.is_valid()
    assert is_malformed(request, raised.value) is is_theirs


def test_an_error_of_ours_stays_one(editor, monkeypatch):
    monkeypatch.setattr("newsroom.home_panel.LanguagesPanel.__init__", lambda self: 1 / 0)
    assert answer(editor, "get", reverse("wagtailadmin_home")).status_code == 500


def test_an_error_of_ours_stays_one_when_a_form_comes_empty(client, home, monkeypatch, caplog):
    entry = Organisation.objects.create(key="vdab", name_nl="VDAB")
    monkeypatch.setattr("newsroom.editing.deletion.objects_using_now", lambda instance: None.nothing)
    client.force_login(make_user("Publishers", "fr"))
    address = reverse(entry.snippet_viewset.get_url_name("delete"), args=[entry.pk])
    assert answer(client, "post", address).status_code == 500
    assert "AttributeError" in caplog.text
    assert Organisation.objects.filter(pk=entry.pk).exists()


def addresses(patterns=None, before=""):
    """Yield the addresses of the admin as a person may see them, with numbers and words where they take some."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, route)
        elif route.startswith("admin/"):
            yield route


def fill_route(route, chance):
    """Return an address for a route of Django's: a small number, or something odd, for each thing it takes."""
    parts = []
    for part in route.replace("^", "").replace("$", "").split("/"):
        parts.append(chance.choice(KEYS) if "<" in part or "(" in part else part)
    return "/" + "/".join(parts)


def fuzz(client, times, seed):
    """Send odd requests; return those to which the answer is an error of ours."""
    chance = random.Random(seed)
    routes = sorted(route for route in set(addresses()) if not route.endswith("logout/"))
    failed = []
    for _number in range(times):
        address = fill_route(chance.choice(routes), chance)
        data = {chance.choice(NAMES): chance.choice(ODD) for _name in range(chance.randrange(4))}
        method = chance.choice(["get", "post"])
        response = answer(client, method, address, **data)
        if response.status_code >= 500:
            failed.append((method, address, data, repr(response.exc_info[1])))
    return failed


@pytest.mark.sweep
def test_some_odd_requests_find_no_error(editor):
    assert fuzz(editor, 60, "few") == []


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(2))
@pytest.mark.parametrize("role", ["Editors", "Publishers", "Translators", None])
def test_thousands_of_odd_requests_of_each_role_find_no_error(role, part, with_content):
    client = Client()
    client.force_login(make_user(role, "fr"))
    assert fuzz(client, 625, f"{role} {part}") == []
