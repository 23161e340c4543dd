"""From one form to what waits next: what the script is told, and where a form leads that was saved on the way."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail import hooks

from languages.way_on import HOOK, NextToEdit, describe_way, languages_at_work
from tests.building import make_standard, make_user
from tests.editor import edit_url, form_with, open_form, translate
from tests.guarded import FORMS
from tests.rows import same_again
from tests.stale_forms import latest
from tests.work import behind_in_french

WHOLE = [kind for kind in FORMS if kind not in ("pictures", "documents")]  # lists of uploads lead nowhere
AFTER, BEFORE = NextToEdit("Ná", "/admin/after/"), NextToEdit("Vóór", "/admin/before/")


@pytest.fixture
def questions_asked():
    """Let something wait on both sides of every object; return the list of what was asked."""
    questions = []

    def find(user, languages, instance, step):
        questions.append((user, languages, instance, step))
        return AFTER if step > 0 else BEFORE

    with hooks.register_temporarily(HOOK, find, order=-1):
        yield questions


def next_url(instance):
    return reverse("next_to_edit", args=[instance._meta.app_label, instance._meta.model_name, instance.pk])


# --- What the script is told


@pytest.mark.parametrize("reader", ["nl", "fr"])
def test_what_waits_next_is_told_by_name_with_the_key_saved_or_not(reader, home, client, questions_asked):
    client.force_login(user := make_user("Translators", reader))
    shift = translate("Shift", reader, context="key")
    for step, key, name, url in (("1", "F2", "Ná", "after/#mend"), ("-1", f"{shift}+F2", "Vóór", "before/#mend=last")):
        assert client.get(next_url(home), {"step": step}).json() == {
            "url": f"/admin/{url}",
            "says": translate("%(key)s again: on to ‘%(name)s’.", reader, key=key, name=name),
            "says_unsaved": translate("%(key)s again: save, and on to ‘%(name)s’.", reader, key=key, name=name),
        }
    assert questions_asked == [(user, [reader], home, 1), (user, [reader], home, -1)]


@pytest.mark.parametrize("address", ["pages/nothing/1", "pages/homepage/999999", "newsroom/user/1", "x/y/1"])
def test_from_what_is_not_there_one_begins_at_the_beginning(address, home, client, questions_asked):
    client.force_login(make_user("Editors"))
    assert client.get(f"/admin/languages/next/{address}/", {"step": "x"}).json()["url"] == "/admin/after/#mend"
    assert questions_asked[0][2:] == (None, 1)


def test_that_nothing_waits_is_told_too(home, client):
    client.force_login(make_user("Translators"))
    answer = client.get(next_url(home)).json()
    assert (answer["url"], answer["says"]) == ("", translate("Nothing else waits for you.", "nl"))


def test_in_french_the_sentence_has_its_spaces():
    with translation.override("fr"):
        assert "\u00a0»" in describe_way(AFTER, 1)["says"]


@pytest.mark.parametrize("role", ["Translators", "Editors"])
@pytest.mark.sampled(1)
def test_it_is_what_waits_on_the_home_with_the_same_few_queries_whatever_there_is(role, home, client):
    client.force_login(make_user(role, "fr"))
    pages = [behind_in_french(home, f"page {number}") for number in range(2)]
    client.get(next_url(pages[0]))  # kinds of objects are known from then on
    with CaptureQueriesContext(connection) as before:
        answer = client.get(next_url(pages[0])).json()
    assert answer["url"] == f"{edit_url(pages[1])}#mend" and "page 1 fr" in answer["says"]
    for number in range(5):
        behind_in_french(home, f"another {number}")
    with CaptureQueriesContext(connection) as after:
        assert client.get(next_url(pages[0])).json() == answer
        backwards = client.get(next_url(pages[1]), {"step": "-1"}).json()
    assert len(after) == 2 * len(before) and backwards["url"] == f"{edit_url(pages[0])}#mend=last"


# --- Which languages somebody works on


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "languages", "shown", "expected"),
    [
        ("Translators", ["fr"], [], ["fr"]),
        ("Translators", ["nl", "fr"], ["fr", "en"], ["fr"]),
        ("Translators", ["fr"], ["nl"], ["fr"]),  # whoever looks at others only still has work in their own
        ("Translators", [], [], []),
        ("Editors", None, [], ["nl", "fr", "en"]),
        ("Editors", None, ["en", "nl"], ["nl", "en"]),
    ],
)
@pytest.mark.sampled(3)
def test_one_works_on_those_of_ones_languages_that_one_looks_at(role, languages, shown, expected):
    user = make_user(role, languages=languages)
    user.columns_shown = shown
    assert languages_at_work(user) == expected


# --- Where a form leads


@pytest.fixture(params=WHOLE)
def form(request, home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return FORMS[request.param](home)


def form_data(client, form):
    return open_form(client, form.url) if form.is_page else form_with(client.get(form.url), f"{form.text}_fr")


def stored_text(form):
    instance = type(form.instance)._base_manager.get(pk=form.instance.pk)
    return getattr(latest(instance) if form.is_page else instance, f"{form.text}_fr")


@pytest.mark.sampled(4)
def test_every_form_saves_and_leads_on(form, client):
    client.force_login(make_user())
    sent = form_data(client, form) | {f"{form.text}_fr": "Le mien", "go_on_to": "/admin/after/#mend"}
    response = client.post(form.url, sent)
    assert (response.status_code, response.url) == (302, "/admin/after/#mend")
    assert stored_text(form) == "Le mien"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("form", ["page", "settings", "organisation", "picture"], indirect=True)
def test_a_form_that_cannot_be_saved_stays_with_what_was_typed(form, client):
    client.force_login(make_user())
    too_long = "woord " * 200
    sent = form_data(client, form) | {f"{form.text}_fr": too_long, "go_on_to": "/admin/after/#mend"}
    response = client.post(form.url, sent)
    assert response.status_code == 200 and too_long.strip() in response.content.decode()
    assert stored_text(form) != too_long


@pytest.fixture
def page(home):
    return same_again("page", lambda: make_standard(home, "page"))


def test_a_form_that_saves_itself_leads_nowhere(page, client):
    client.force_login(make_user("Editors"))
    sent = open_form(client, edit_url(page), summary_nl="Zelf bewaard.") | {"go_on_to": "/admin/after/"}
    response = client.post(edit_url(page), sent, headers={"accept": "application/json"})
    assert response.json()["success"] and latest(page).summary_nl == "Zelf bewaard."


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org", "javascript:alert(1)", "\\\\example.org", ""])
@pytest.mark.sampled(2)
def test_no_form_leads_to_another_site(address, page, client):
    client.force_login(make_user("Editors"))
    response = client.post(edit_url(page), open_form(client, edit_url(page), go_on_to=address))
    assert response.url == edit_url(page)
