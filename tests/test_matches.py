"""What the editor is told of the translation memory while somebody writes, and by whom it may be asked."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pages.models import StandardPage
from tests.building import add, make_user, staff, texts
from tests.editor import block, edit_url, translate
from tests.remembered import SENTENCES, make_page, matches_url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]


@pytest.fixture
def page_to_translate(home):
    """A draft that has no French for what was published before."""
    make_page(home, "one")
    return make_page(home, "two", live=False, summary_fr="")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("role", ["Translators", "Reviewers", "Editors", "Publishers"])
def test_whoever_may_edit_a_page_is_shown_what_was_published_before(role, page_to_translate):
    answer = staff(role, "fr").get(matches_url(page_to_translate), {"address": "summary", "language": "fr"})
    (match,) = answer.json()["matches"]
    assert match["text"] == SENTENCES["fr"] and match["content"] is None
    assert match["says"].startswith("100\u00a0%, one fr, ")
    assert match["source"] == {"language": "nl", "says": "néerlandais", "html": SENTENCES["nl"]}


def test_the_difference_to_what_was_published_is_marked_and_escaped(page_to_translate):
    page_to_translate.summary_nl = SENTENCES["nl"].replace("een consulent", "<b>consulenten</b>")
    page_to_translate.summary_en = ""
    page_to_translate.save_revision()
    answer = staff("Editors").get(matches_url(page_to_translate), {"address": "summary", "language": "fr"})
    html = answer.json()["matches"][0]["source"]["html"]
    assert "<del>een" in html and "&lt;b&gt;" in html and "<b>" not in html


@pytest.mark.parametrize("asked_for", [{}, {"address": "gone", "language": "fr"}, {"address": "summary", "language": "xx"}])
def test_a_text_that_is_none_is_not_found(asked_for, page_to_translate):
    answer = staff("Editors").get(matches_url(page_to_translate), asked_for)
    assert answer.status_code == 404 and answer.json()["says"]


def test_nor_is_an_object_that_is_none(page_to_translate):
    for address in (("pages", "standardpage", 999_999), ("auth", "group", 1), ("no", "such", 1)):
        assert staff("Editors").get(reverse("text_matches", args=address)).status_code == 404


def test_a_translator_of_no_language_may_ask_and_somebody_without_rights_may_not(page_to_translate):
    asked_for = {"address": "summary", "language": "fr"}
    assert staff("Translators", languages=[]).get(matches_url(page_to_translate), asked_for).status_code == 200
    stranger, client = make_user("Editors"), Client()
    stranger.groups.clear()
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(stranger)
    answer = client.get(matches_url(page_to_translate), asked_for)
    assert answer.status_code == 403 and answer.json() == {"says": translate("You may not edit this.", "nl")}
    assert Client().get(matches_url(page_to_translate)).status_code == 302


def test_rich_text_comes_as_the_editor_holds_it_with_its_links_within_the_site(home):
    stored = '<p>{code} <a linktype="page" id="{page}">hier</a> en <b>daar</b>.</p><p>{text}</p>'
    published = {code: stored.format(code=code, page=home.pk, text=text) for code, text in SENTENCES.items()}
    add(home, StandardPage, body=[block("text", text=published, only_in=[])], **texts("rich"))
    draft = block("text", text={**published, "fr": ""}, only_in=[])
    page = add(home, StandardPage, live=False, body=[draft], **texts("draft"))
    answer = staff("Editors").get(matches_url(page), {"address": f"body.{draft['id']}.text", "language": "fr"})
    (match,) = answer.json()["matches"]
    assert match["text"] == f"fr hier en daar.\n{SENTENCES['fr']}"
    (first, _second), (link,) = match["content"]["blocks"], match["content"]["entityMap"].values()
    assert link["type"] == "LINK" and link["data"]["id"] == home.pk and link["data"]["url"]
    assert [span["style"] for span in first["inlineStyleRanges"]] == ["BOLD"]


def test_the_form_says_where_to_ask(page_to_translate):
    form = staff("Translators", "fr").get(edit_url(page_to_translate)).content.decode()
    assert f'data-matches-url="{matches_url(page_to_translate)}"' in form


def test_queries_do_not_grow_with_what_is_found(home, page_to_translate):
    client, counts = staff("Editors"), []
    client.get(matches_url(page_to_translate), {"address": "summary", "language": "fr"})
    for number in range(2):
        make_page(home, f"more{number}", summary_fr=f"Encore une traduction, numéro {number}.")
        with CaptureQueriesContext(connection) as queries:
            client.get(matches_url(page_to_translate), {"address": "summary", "language": "fr"})
        counts.append(len(queries))
    assert counts[0] == counts[1]
