"""The question "Was this page useful?" on a page, one click that answers it, and requests that are no answer at all."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext_lazy

from audience.models import Feedback
from audience.paths import FEEDBACK_SEGMENTS, feedback_path
from languages.codes import LANGUAGES
from pages.addresses import RESERVED
from pages.models import SiteSettings
from tests.building import make_standard, make_user
from tests.feedback import OWN, answer, comment, errors, html, translate
from tests.site_checks import faults

# --- The question on the page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_asks_in_its_language_without_a_query_a_cookie_or_a_heading(client, standard, language):
    response = client.get(standard.paths()[language])
    form = html(response).find("form", class_="question")
    assert (form["method"], form["action"]) == ("post", f"/{language}/{FEEDBACK_SEGMENTS[language]}/{standard.slug}/")
    assert [button["value"] for button in form.find_all("button")] == ["yes", "no"]
    assert (
        form.legend.text
        == {"nl": "Was deze pagina nuttig?", "fr": "Avez-vous trouvé cette page utile\u00a0?", "en": "Was this page useful?"}[
            language
        ]
    )
    assert not form.find(re.compile("^h[1-6]$"))
    assert not response.cookies and "public" in response["Cache-Control"]
    with CaptureQueriesContext(connection) as captured:
        client.get(standard.paths()[language])
    assert not any("audience" in query["sql"] for query in captured)
    assert len(form.encode()) < 800


def test_what_is_no_page_asks_nothing(client, standard):
    assert html(client.get("/nl/nothing/")).main.find("form") is None
    assert html(client.get(feedback_path("nl", standard.slug))).find("form", class_="question") is None


def test_a_preview_asks_nothing_since_staff_would_answer(client, standard):
    client.force_login(make_user())
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[standard.pk]))
    assert response.status_code == 200 and html(response).find("form", class_="question") is None


def test_no_page_can_take_the_addresses_of_the_question():
    assert set(FEEDBACK_SEGMENTS.values()) <= RESERVED and set(FEEDBACK_SEGMENTS) == set(LANGUAGES)


# --- Answering


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("said_so", "was_useful"), [("yes", True), ("no", False)])
def test_one_click_is_stored_and_thanked_for_and_a_comment_completes_it(client, standard, language, said_so, was_useful):
    thanks = answer(client, standard, language, answer=said_so)
    stored = Feedback.objects.get()
    assert (stored.page_id, stored.language, stored.was_useful, stored.comment) == (standard.pk, language, was_useful, "")
    assert stored.revision_id == standard.live_revision_id is not None
    assert thanks.status_code == 200 and html(thanks).html["lang"] == language and errors(thanks) == []
    assert html(thanks).find("a", href=standard.paths()[language])
    done = comment(client, standard, thanks, "  Goed\r\nuitgelegd  ", language)
    assert done.status_code == 200 and html(done).find("textarea") is None
    assert html(done).h1.text == translate(gettext_lazy("Thank you for your comment"), language)
    assert Feedback.objects.get().comment == "Goed\nuitgelegd"


def test_nothing_but_the_answer_is_stored():
    assert {field.name for field in Feedback._meta.get_fields()} == {
        "id",
        "page",
        "language",
        "revision",
        "was_useful",
        "comment",
        "moment",
    }


def test_loading_the_thanks_anew_sends_nothing_twice(client, standard):
    first = answer(client, standard, follow=False, answer="yes")
    assert first.status_code == 303
    assert client.get(first.url).status_code == client.get(first.url).status_code == 200
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.sampled(1)
def test_the_question_alone_holds_as_any_page_does_and_is_kept_by_nobody(client, standard, language):
    alone = client.get(feedback_path(language, standard.slug))
    thanks = answer(client, standard, language, answer="yes")
    wrong = client.post(feedback_path(language, standard.slug), {}, headers=OWN)
    for response in (alone, thanks, wrong):
        about = ("canonical", "hreflang", "no x-default", "not for a shared cache", "status 400")
        assert [fault for fault in faults(response, "", language) if not fault.startswith(about)] == []
        assert response["Cache-Control"] == "private, no-cache" and response["X-Robots-Tag"] == "noindex"
        assert html(response).find("meta", {"name": "robots", "content": "noindex"})
        assert not response.cookies and "form-action 'self'" in response["Content-Security-Policy"]


def test_an_answer_costs_few_queries(client, standard):
    client.get(feedback_path("nl", standard.slug))
    with CaptureQueriesContext(connection) as captured:
        client.get(feedback_path("nl", standard.slug))
    assert len(captured) <= 6
    with CaptureQueriesContext(connection) as captured:
        answer(client, standard, follow=False, answer="yes")
    assert len(captured) <= 3


def test_the_switch_of_languages_leads_to_the_same_thanks(client, standard):
    thanks = answer(client, standard, answer="yes")
    french = html(thanks).header.find("a", hreflang="fr")["href"]
    assert french.startswith(feedback_path("fr", standard.slug) + "?answer=")
    response = client.get(french)
    assert html(response).html["lang"] == "fr" and html(response).find("textarea")


@pytest.mark.sweep
def test_the_privacy_page_is_linked_where_there_is_one(client, standard):
    privacy = make_standard(standard.get_parent(), "privacy")
    path = privacy.paths()["fr"]
    assert not html(client.get(feedback_path("fr", standard.slug))).main.find("a", href=path)
    settings = SiteSettings.load()
    settings.site_name_nl = settings.site_name_fr = settings.organisation_name_nl = settings.organisation_name_fr = "x"
    settings.privacy_page = privacy
    settings.save()
    assert html(client.get(feedback_path("fr", standard.slug))).main.find("a", href=path)


# --- What is no answer at all


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_page_is_not_found_in_the_readers_language(client, home, language):
    for method in (client.get, client.post):
        response = method(f"/{language}/{FEEDBACK_SEGMENTS[language]}/0123456789ab/")
        assert response.status_code == 404 and html(response).html["lang"] == language
        assert response["Cache-Control"] == "private, no-cache"


def test_a_page_that_is_not_in_the_language_offers_those_it_is_in(client, home):
    page = make_standard(home, languages=("nl", "fr"))
    response = client.get(feedback_path("en", page.slug))
    assert response.status_code == 404
    assert {link["href"] for link in html(response).main.find_all("a", hreflang=True)} == {
        feedback_path("nl", page.slug),
        feedback_path("fr", page.slug),
    }
    assert answer(client, page, "en", answer="yes").status_code == 404 and not Feedback.objects.exists()


def test_a_draft_is_no_page(client, home):
    assert client.get(feedback_path("nl", make_standard(home, live=False).slug)).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_another_method_is_refused_in_the_readers_language(client, standard, method):
    response = getattr(client, method)(feedback_path("fr", standard.slug))
    assert response.status_code == 405 and response["Allow"] == "GET, HEAD, POST"
    assert html(response).html["lang"] == "fr"


def post_raw(client, page, body, content_type):
    return client.generic("POST", feedback_path("nl", page.slug), body, content_type, headers=OWN)


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("tail", "stored"),
    [
        (b"a%00b", "ab"),
        (b"a%FF%FEb", "a\ufffd\ufffdb"),
        (b"a%ED%A0%80b", "a\ufffd\ufffd\ufffdb"),
        (b"a%EF%BF%BEb", "ab"),
    ],
)
def test_a_comment_of_broken_characters_is_stored_without_what_cannot_be(client, standard, tail, stored):
    response = post_raw(client, standard, b"answer=yes&comment=" + tail, FORM)
    assert response.status_code == 303 and Feedback.objects.get().comment == stored


@pytest.mark.parametrize("charset", ["utf-16", "unicode_escape", "base64", "nonsense", "utf-7"])
def test_a_body_that_lies_about_its_encoding_is_read_as_ours_is(client, standard, charset):
    body = (
        "".join(
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in (("answer", "yes"), ("comment", "a\\ud800b"))
        )
        + "--x--\r\n"
    )
    response = post_raw(client, standard, body.encode(), f"multipart/form-data; boundary=x; charset={charset}")
    assert response.status_code == 303 and Feedback.objects.get().comment == "a\\ud800b"
    response = post_raw(client, standard, b"answer=no", f"{FORM}; charset={charset}")
    assert response.status_code == 303


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", FORM, 400),
        (b"\xff\xfe\x00", FORM, 400),
        (b"{}", "application/json", 400),
        (b"answer=yes%00", FORM, 400),
        (b"answer=maybe", FORM, 400),
        (b"&".join(b"a" for _ in range(30_000)), FORM, 400),
        (b"no boundary", "multipart/form-data", 400),
        (b"broken", "multipart/form-data; boundary=x", 400),
        (b"comment=" + b"a" * 200_000, FORM, 413),
    ],
)
@pytest.mark.sampled(3)
def test_what_is_no_form_of_ours_gets_a_clear_answer(client, standard, body, content_type, status):
    response = post_raw(client, standard, body, content_type)
    assert response.status_code == status and html(response).h1
    assert not Feedback.objects.exists()
