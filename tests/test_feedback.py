""" "Was this page useful?": what readers answer, what protects it, and what staff see of it."""

import io
import re
import time
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core.cache.backends.base import BaseCache
from django.core.management import call_command
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy
from wagtail.models import ModelLogEntry, Page

from audience import limits, signatures
from audience.forms import HONEYPOT, MAX_COMMENT_LENGTH, NOT_OURS, TOO_FRESH, TOO_MANY, TOO_OLD
from audience.models import Feedback
from audience.paths import SEGMENTS, feedback_path
from languages.codes import LANGUAGES
from pages.addresses import RESERVED
from pages.models import SitePage, SiteSettings
from reporting.retention import months_before
from reporting.spreadsheets import neutralise
from tests.building import make_section, make_standard, make_user
from tests.site_checks import faults
from tests.spreadsheets import csv_rows


class BrokenCache(BaseCache):
    """A cache whose server is gone."""

    def __init__(self, location, options):
        super().__init__(options)

    def add(self, *args, **kwargs):
        raise ConnectionError


OWN = {"Origin": "http://testserver"}
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@contextmanager
def clock_set_back(ago):
    """Let what is signed be signed `ago`."""
    moment = time.time() - ago.total_seconds()
    with mock.patch("django.core.signing.time.time", return_value=moment):
        yield


def html(response):
    return BeautifulSoup(response.content.decode(), "html.parser")


def form_of(page, language="nl", ago=MINUTE, **typed):
    """Return what a browser sends of the question on a page that was made `ago`."""
    with clock_set_back(ago):
        return {"stamp": signatures.form_stamp(page, language), HONEYPOT: "", **typed}


def answer(client, page, language="nl", headers=OWN, follow=True, **typed):
    """Answer the question, as from the page itself; return what is shown then."""
    return client.post(feedback_path(language, page.slug), form_of(page, language, **typed), headers=headers, follow=follow)


def comment(client, page, thanks, text, language="nl", headers=OWN, **typed):
    """Write a comment into the form of the thanks; return what is shown then."""
    reference = html(thanks).find("input", {"name": "reference"})["value"]
    typed = {"reference": reference, HONEYPOT: "", "comment": text, **typed}
    return client.post(feedback_path(language, page.slug), typed, headers=headers, follow=True)


def errors(response):
    """Return the messages of the error summary, and check what each of them needs around it."""
    soup = html(response)
    summary = soup.find(class_="error-summary")
    if summary is None:
        return []
    for link in summary.find_all("a"):
        assert soup.find(id=link["href"].removeprefix("#")) is not None, link
    with translation.override(soup.html["lang"]):
        assert soup.title.text.startswith(translation.gettext("Error: %(heading)s") % {"heading": ""})
    return [link.text for link in summary.find_all("a")]


def said(message, language="nl"):
    with translation.override(language):
        return str(message)


def typed_in(response):
    """Return the answer and the comment that a form shows as filled in."""
    soup = html(response)
    radio = soup.find("input", {"name": "answer", "checked": True})
    return radio and radio["value"], soup.find("textarea").text.removeprefix("\n")


# --- The question on the page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_asks_in_its_language_without_a_query_a_cookie_or_a_heading(client, standard, language):
    response = client.get(standard.paths()[language])
    form = html(response).find("form", class_="question")
    assert (form["method"], form["action"]) == ("post", f"/{language}/{SEGMENTS[language]}/{standard.slug}/")
    assert [button["value"] for button in form.find_all("button")] == ["yes", "no"]
    assert (
        form.legend.text
        == {"nl": "Was deze pagina nuttig?", "fr": "Cette page vous a-t-elle été utile\u00a0?", "en": "Was this page useful?"}[
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
    assert set(SEGMENTS.values()) <= RESERVED and set(SEGMENTS) == set(LANGUAGES)


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
    assert html(done).h1.text == said(gettext_lazy("Thank you for your comment"), language)
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


# --- What is wrong is said, and nothing that was typed is lost


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_is_an_error_at_the_field(client, standard, language):
    response = answer(client, standard, language, comment="Mijn tekst")
    assert response.status_code == 400 and not Feedback.objects.exists()
    (message,) = errors(response)
    field = html(response).find("fieldset", class_="field")
    assert "aria-invalid" not in field.attrs, "a group of choices has no such state"
    assert html(response).find(id=field["aria-describedby"]).text == message
    assert typed_in(response) == (None, "Mijn tekst")


def test_an_empty_comment_is_an_error_at_the_field(client, standard):
    response = comment(client, standard, answer(client, standard, answer="no"), " \n ")
    assert response.status_code == 400
    (message,) = errors(response)
    area = html(response).find("textarea")
    assert area["aria-invalid"] == "true" and area["aria-describedby"] == "comment-note comment-error"
    assert html(response).find(id="comment-error").text == message


def test_a_comment_may_have_two_thousand_characters_and_line_ends_count_as_one(client, standard):
    longest = "é\n" * (MAX_COMMENT_LENGTH // 2 - 1) + "éé"
    assert comment(client, standard, answer(client, standard, answer="no"), longest.replace("\n", "\r\n")).status_code == 200
    assert Feedback.objects.get().comment == longest
    too_long = longest + "abc"
    response = comment(client, standard, answer(client, standard, answer="no"), too_long)
    assert response.status_code == 400 and "3" in errors(response)[0]
    assert typed_in(response)[1] == too_long


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("ago", "message"),
    [(DAY + MINUTE, TOO_OLD), (timedelta(0), TOO_FRESH), (-MINUTE, TOO_FRESH)],
    ids=["too old", "too fresh", "from the future"],
)
@pytest.mark.sampled(3)
def test_a_stamp_of_no_believable_time_loses_nothing_and_a_second_try_succeeds(client, standard, language, ago, message):
    response = answer(client, standard, language, ago=ago, answer="no", comment="Mijn <b>tekst</b>")
    assert response.status_code == 400 and not Feedback.objects.exists()
    assert errors(response) == [said(message, language)]
    assert typed_in(response) == ("no", "Mijn <b>tekst</b>")
    send_again(client, standard, response, language)
    assert Feedback.objects.get().comment == "Mijn <b>tekst</b>"


def send_again(client, page, response, language="nl", headers=OWN):
    """Press the button of a form that came back, at once; return what is shown then."""
    said_so, text = typed_in(response)
    stamp = html(response).find("input", {"name": "stamp"})["value"]
    return answer(client, page, language, headers=headers, answer=said_so, comment=text, stamp=stamp)


def test_a_client_that_never_says_where_it_comes_from_sends_on_the_second_press(client, standard):
    response = answer(client, standard, headers={}, answer="no", comment="Mijn tekst")
    assert response.status_code == 403 and errors(response) == [said(NOT_OURS)] and not Feedback.objects.exists()
    assert send_again(client, standard, response, headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert send_again(client, standard, response, headers={}).status_code == 200
    assert Feedback.objects.get().comment == "Mijn tekst"


def test_its_comment_is_taken_as_it_brings_what_only_our_thanks_hold(client, standard):
    thanks = answer(client, standard, answer="no")
    assert comment(client, standard, thanks, "Mijn tekst", headers={}).status_code == 200
    assert Feedback.objects.get().comment == "Mijn tekst"


@pytest.mark.parametrize("others", [(DAY + MINUTE, "nl"), (MINUTE, "fr")], ids=["a day later", "another language"])
def test_the_stamp_of_the_second_press_is_good_for_this_form_and_a_day(standard, others):
    ago, language = others
    with clock_set_back(ago):
        stamp = signatures.form_stamp(standard, "nl", signatures.AGAIN)
    assert not signatures.is_second(stamp, standard, language)


def test_who_is_quick_at_the_keys_is_taken_for_a_person_and_a_program_is_not(client, standard):
    by_hand = OWN | {"Sec-Fetch-User": "?1"}  # which browsers set, and only for a key or a click
    assert answer(client, standard, headers=by_hand, ago=timedelta(0), answer="yes").status_code == 200
    assert Feedback.objects.count() == 1
    assert answer(client, standard, headers=by_hand, ago=-MINUTE, answer="yes").status_code == 400
    assert answer(client, standard, headers=OWN, ago=timedelta(0), answer="yes").status_code == 400
    assert Feedback.objects.count() == 1


def test_a_page_of_a_day_ago_still_counts(client, standard):
    assert answer(client, standard, ago=DAY - MINUTE, answer="yes").status_code == 200
    assert Feedback.objects.exists()


def forged_stamps(page, other):
    with clock_set_back(MINUTE):
        stamps = {
            "another page": signatures.form_stamp(other, "nl"),
            "another language": signatures.form_stamp(page, "fr"),
            "another moment": re.sub(r"^\w+", "1vJm00", signatures.form_stamp(page, "nl")),
            "a reference": signatures.answer_reference(page, 1, True),
        }
    return stamps | {
        "none": "",
        "garbage": "\u0000:::%s\ufffd" * 50,
        "a number": "9" * 5000,
    }


@pytest.mark.parametrize(
    "kind", ["none", "another page", "another language", "another moment", "a reference", "garbage", "a number"]
)
@pytest.mark.sampled(1)
def test_a_forged_stamp_is_refused_and_loses_nothing(client, standard, section, kind):
    response = answer(client, standard, answer="yes", comment="x", stamp=forged_stamps(standard, section)[kind])
    assert response.status_code == 400 and errors(response) == [said(NOT_OURS)]
    assert typed_in(response) == ("yes", "x") and not Feedback.objects.exists()


ELSEWHERE = [
    {"Origin": "https://elsewhere.example"},
    {"Origin": "http://testserver.elsewhere.example"},
    {"Origin": "http://testserver@elsewhere.example"},
    {"Origin": "http://testserver:81"},
    {"Origin": "http://[testserver"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Referer": "http://testserver/nl/"},
    {"Referer": "https://elsewhere.example/http://testserver/"},
]
FROM_HERE = [
    OWN,
    {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "same-origin"},
    {"Referer": "http://testserver/nl/"},
]


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
@pytest.mark.sampled(3)
def test_what_comes_from_elsewhere_is_refused_and_can_be_sent_from_here(client, standard, headers):
    response = answer(client, standard, headers=headers, answer="yes", comment="x")
    assert response.status_code == 403 and errors(response) == [said(NOT_OURS)]
    assert typed_in(response) == ("yes", "x") and not Feedback.objects.exists()
    thanks = answer(client, standard, answer="yes")
    assert comment(client, standard, thanks, "y", headers=headers).status_code == 403
    assert Feedback.objects.get().comment == ""


@pytest.mark.parametrize("headers", FROM_HERE, ids=str)
def test_what_comes_from_here_is_taken(headers, standard):
    assert answer(Client(enforce_csrf_checks=True), standard, headers=headers, answer="yes").status_code == 200
    assert Feedback.objects.exists()


def test_who_fills_in_the_hidden_field_is_thanked_like_anybody_and_nothing_is_stored(client, standard):
    thanks = answer(client, standard, **{"answer": "no", HONEYPOT: "https://spam.example"})
    assert not Feedback.objects.exists()
    real = answer(client, standard, answer="no")
    names = [[tag.name for tag in html(response).main.find_all(True)] for response in (thanks, real)]
    assert names[0] == names[1]
    trapped = comment(client, standard, real, "spam", **{HONEYPOT: "x"})
    assert html(trapped).find("textarea") is None and Feedback.objects.get().comment == ""


def test_the_hidden_field_is_hidden_from_everybody(client, standard):
    for path in (standard.paths()["nl"], feedback_path("nl", standard.slug)):
        field = html(client.get(path)).find("input", {"name": HONEYPOT})
        assert (field["tabindex"], field["autocomplete"]) == ("-1", "off")
        assert field.find_parent("p")["aria-hidden"] == "true"
        assert "visually-hidden" in field.find_parent("p")["class"]


# --- Floods


def test_a_flood_of_one_page_is_held_up_loses_nothing_and_leaves_other_pages_alone(client, standard, section, monkeypatch):
    monkeypatch.setattr(limits, "ANSWERS_PER_PAGE", 2)
    thanks = [answer(client, standard, answer="yes") for _ in range(2)][-1]
    response = answer(client, standard, answer="no", comment="Mijn tekst")
    assert response.status_code == 429 and errors(response) == [said(TOO_MANY)]
    assert typed_in(response) == ("no", "Mijn tekst")
    late = comment(client, standard, thanks, "Ook dit")
    assert late.status_code == 429 and typed_in(late)[1] == "Ook dit"
    assert Feedback.objects.count() == 2
    assert answer(client, section, answer="yes").status_code == 200


def test_a_flood_of_the_whole_site_is_held_up(client, standard, section, monkeypatch):
    monkeypatch.setattr(limits, "ANSWERS_PER_SITE", 1)
    answer(client, standard, answer="yes")
    assert answer(client, section, answer="yes").status_code == 429


def test_a_minute_later_answers_are_taken_again(standard, monkeypatch):
    monkeypatch.setattr(limits, "ANSWERS_PER_PAGE", 1)
    now = timezone.now()
    assert [limits.is_flood(standard, moment) for moment in (now, now, now + MINUTE)] == [False, True, False]


def test_a_cache_that_fails_loses_no_answer(client, standard, settings):
    settings.CACHES = settings.CACHES | {"throttles": {"BACKEND": "tests.test_feedback.BrokenCache"}}
    assert answer(client, standard, answer="yes").status_code == 200
    assert Feedback.objects.exists()


def test_the_count_is_kept_under_no_address(client, standard, monkeypatch):
    keys = []
    monkeypatch.setattr("delivery.throttle.increment", lambda key, _seconds: keys.append(key) or 1)
    answer(client, standard, answer="yes", headers={**OWN, "X-Forwarded-For": "203.0.113.7"})
    assert len(keys) == 2 and not any("127.0.0.1" in key or "203.0.113.7" in key for key in keys)


# --- Comments, once


def test_the_same_comment_twice_is_one_and_another_one_becomes_a_new_answer(client, standard):
    thanks = answer(client, standard, answer="no")
    assert comment(client, standard, thanks, "Eerste").status_code == 200
    assert comment(client, standard, thanks, "Eerste").status_code == 200
    response = comment(client, standard, thanks, "Tweede")
    assert response.status_code == 400 and len(errors(response)) == 1
    assert Feedback.objects.get().comment == "Eerste"
    assert typed_in(response) == ("no", "Tweede")
    answer(client, standard, answer="no", comment="Tweede")
    assert [one.comment for one in Feedback.objects.all()] == ["Tweede", "Eerste"]


def test_a_comment_of_the_next_day_loses_nothing(client, standard):
    answer(client, standard, answer="no")
    with clock_set_back(DAY + MINUTE):
        late = signatures.answer_reference(standard, Feedback.objects.get().pk, False)
    response = client.post(feedback_path("nl", standard.slug), {"reference": late, "comment": "Laat"}, headers=OWN)
    assert response.status_code == 400 and errors(response) == [said(TOO_OLD)]
    assert typed_in(response) == ("no", "Laat") and Feedback.objects.get().comment == ""
    assert html(client.get(feedback_path("nl", standard.slug), {"answer": late})).find("textarea") is None


@pytest.mark.parametrize("reference", ["", "1", "1:1", "x:y:z:w", "1:1:1795428000:forged", "nl:1795428000:x"])
@pytest.mark.sampled(1)
def test_a_forged_reference_joins_nothing_and_loses_nothing(client, standard, reference):
    answer(client, standard, answer="yes")
    response = client.post(feedback_path("nl", standard.slug), {"reference": reference, "comment": "x"}, headers=OWN)
    assert response.status_code == 400 and typed_in(response) == (None, "x")
    assert client.get(feedback_path("nl", standard.slug), {"answer": reference}).status_code == 200
    assert Feedback.objects.get().comment == ""


@pytest.mark.parametrize("by_hand", [{}, {"Sec-Fetch-User": "?1"}], ids=str)
def test_a_form_that_was_open_during_the_upgrade_to_these_stamps_is_asked_again_and_loses_nothing(client, standard, by_hand):
    moment = int(time.time()) - 60
    signed = Signer(salt="audience.forms").sign(f"{standard.slug}:nl:{moment}")
    stamp = signed.removeprefix(f"{standard.slug}:nl:")
    response = answer(client, standard, headers=OWN | by_hand, answer="no", comment="Mijn tekst", stamp=stamp)
    assert response.status_code == 400 and errors(response) == [said(NOT_OURS)] and typed_in(response) == ("no", "Mijn tekst")
    key = Feedback.objects.create(page=standard, language="nl", was_useful=False).pk
    signed = Signer(salt="audience.answers").sign(f"{standard.slug}:{key}:0:{moment}").removeprefix(f"{standard.slug}:")
    response = client.post(feedback_path("nl", standard.slug), {"reference": signed, "comment": "Meer"}, headers=OWN)
    assert response.status_code == 400 and errors(response) == [said(NOT_OURS)] and typed_in(response) == (None, "Meer")


def test_the_stamp_of_a_form_is_no_reference(client, standard):
    stamp = f"{standard.slug}:nl:" + form_of(standard)["stamp"]
    assert client.get(feedback_path("nl", standard.slug), {"answer": stamp}).status_code == 200
    assert client.post(feedback_path("nl", standard.slug), {"reference": stamp, "comment": "x"}, headers=OWN).status_code == 400


def test_the_reference_of_one_page_joins_no_answer_on_another(client, standard, section):
    thanks = answer(client, standard, answer="yes")
    assert comment(client, section, thanks, "x").status_code == 400
    assert Feedback.objects.get().comment == ""


# --- What is no answer at all


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_page_is_not_found_in_the_readers_language(client, home, language):
    for method in (client.get, client.post):
        response = method(f"/{language}/{SEGMENTS[language]}/0123456789ab/")
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
    stamp = form_of(standard)["stamp"].encode()
    response = post_raw(client, standard, b"answer=yes&stamp=" + stamp + b"&comment=" + tail, FORM)
    assert response.status_code == 303 and Feedback.objects.get().comment == stored


@pytest.mark.parametrize("charset", ["utf-16", "unicode_escape", "base64", "nonsense", "utf-7"])
def test_a_body_that_lies_about_its_encoding_is_read_as_ours_is(client, standard, charset):
    stamp = form_of(standard)["stamp"]
    body = (
        "".join(
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in (("answer", "yes"), ("stamp", stamp), ("comment", "a\\ud800b"))
        )
        + "--x--\r\n"
    )
    response = post_raw(client, standard, body.encode(), f"multipart/form-data; boundary=x; charset={charset}")
    assert response.status_code == 303 and Feedback.objects.get().comment == "a\\ud800b"
    response = post_raw(client, standard, f"answer=yes&stamp={stamp}".encode(), f"{FORM}; charset={charset}")
    assert response.status_code == 303


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", FORM, 400),
        (b"\xff\xfe\x00", FORM, 400),
        (b"{}", "application/json", 400),
        (b"answer=yes%00", FORM, 400),
        (b"answer=maybe", FORM, 400),
        (b"answer=yes&answer=no", FORM, 400),
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


# --- What becomes of it


def give(page, number=1, **values):
    """Store feedback as readers would have."""
    values = {"language": "nl", "was_useful": True, **values}
    return Feedback.objects.bulk_create(Feedback(page_id=page.pk, **values) for _ in range(number))


def test_feedback_goes_with_its_page_and_outlives_its_revision_and_an_unpublication(standard):
    give(standard, revision_id=standard.live_revision_id)
    standard.unpublish()
    assert Feedback.objects.exists()
    page = SitePage.objects.get(pk=standard.pk).specific
    page.save_revision()
    page.revisions.filter(pk=Feedback.objects.get().revision_id).delete()
    assert Feedback.objects.get().revision is None
    Page.objects.get(pk=standard.pk).delete()
    assert not Feedback.objects.exists()


def test_a_copy_of_a_page_starts_without_feedback(standard, home):
    give(standard)
    standard.copy(to=home)
    assert Feedback.objects.count() == 1


def test_old_feedback_is_forgotten_and_newer_is_kept(standard, settings):
    settings.FEEDBACK_MONTHS = 24
    now = timezone.now()
    limit = months_before(timezone.localtime(now), 24)
    give(standard, moment=limit - MINUTE, comment="old")
    give(standard, moment=limit + 10 * MINUTE, comment="young")
    printed = io.StringIO()
    call_command("forget_feedback", stdout=printed)
    call_command("forget_feedback", stdout=printed)
    assert [one.comment for one in Feedback.objects.all()] == ["young"]
    assert printed.getvalue().startswith("Deleted 1 of") and "Deleted 0 of" in printed.getvalue()


# --- For staff

INDEX = "feedback:index"


def staff(role=None, language="nl"):
    client = Client()
    client.force_login(make_user(role, language))
    return client


def listed(response):
    """Return the comments in the list, as shown."""
    return [row.comment for row in response.context["object_list"]]


@pytest.mark.sweep
def test_the_list_is_newest_first_in_the_language_of_the_admin(standard):
    give(standard, comment="older", moment=timezone.now() - DAY, revision_id=standard.live_revision_id)
    give(standard, comment="newer", language="fr", was_useful=False)
    for language, words in (
        ("nl", ("Ja", "Nee", "Frans")),
        ("fr", ("Oui", "Non", "français")),
        ("en", ("Yes", "No", "French")),
    ):
        response = staff("Editors", language).get(reverse(INDEX))
        assert listed(response) == ["newer", "older"]
        text = html(response).find(id="listing-results").text.lower()
        assert all(word.lower() in text for word in (*words, f"standard {language}")), language


@pytest.mark.sweep
def test_the_list_is_filtered_and_searched(standard, section):
    below = make_standard(section, "below")
    give(standard, comment="Waar is de PRIJS?", was_useful=False, moment=timezone.now() - 40 * DAY)
    give(below, comment="", language="fr")
    give(section, comment="Merci", language="fr")
    client = staff()
    month = timezone.localdate() - timedelta(days=30)
    expected = {
        f"section={section.pk}": {"", "Merci"},
        f"page={below.pk}": {""},
        "language=nl": {"Waar is de PRIJS?"},
        "was_useful=False": {"Waar is de PRIJS?"},
        "was_useful=True": {"", "Merci"},
        "comment=with": {"Waar is de PRIJS?", "Merci"},
        "comment=without": {""},
        f"moment_from={month}": {"", "Merci"},
        f"moment_to={month}": {"Waar is de PRIJS?"},
        "q=prijs": {"Waar is de PRIJS?"},
        "q=%25": set(),
        "language=fr&comment=with": {"Merci"},
    }
    for query, comments in expected.items():
        for name in (INDEX, "feedback:index_results"):
            assert set(listed(client.get(f"{reverse(name)}?{query}"))) == comments, query
    assert client.get(f"{reverse(INDEX)}?page=x&section=99999999&moment_from=x").status_code == 200


@pytest.mark.sweep
def test_the_share_of_yes_is_that_of_the_pages_that_are_listed(standard, section):
    give(standard, 3)
    give(standard, was_useful=False)
    give(section, was_useful=False, language="fr")
    response = staff(language="en").get(reverse(INDEX))
    assert response.context["everything"] == {"yes": 3, "no": 2, "total": 5, "percentage": 60}
    assert [(row["heading"], row["percentage"]) for row in response.context["shares"]] == [
        ("standard en", 75),
        ("mandates en", 0),
    ]
    only_french = staff(language="fr").get(f"{reverse(INDEX)}?language=fr")
    assert [row["heading"] for row in only_french.context["shares"]] == ["mandates fr"]


@pytest.mark.sweep
def test_the_queries_of_the_list_do_not_grow_with_its_rows(standard, section):
    client = staff()
    give(standard, 2, revision_id=standard.live_revision_id)

    def count(query=""):
        client.get(reverse(INDEX) + query)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(INDEX) + query)
        return len(captured)

    few, few_exported = count(), count("?export=csv")
    give(section, 45, revision_id=section.live_revision_id)
    assert (count(), count("?export=csv")) == (few, few_exported)


@pytest.mark.parametrize(
    ("role", "may_view", "may_delete"),
    [("Editors", True, False), ("Publishers", True, True), ("Translators", True, False), (None, True, True)],
)
@pytest.mark.sampled(1)
def test_staff_read_and_publishers_delete(role, may_view, may_delete, standard):
    client, (one,) = staff(role), give(standard, comment="Bel Jan op 0470 00 00 00")
    for name, args in ((INDEX, ()), ("feedback:index_results", ()), ("feedback:inspect", (one.pk,))):
        assert (client.get(reverse(name, args=args)).status_code == 200) is may_view
    assert "/admin/feedback/" in client.get(reverse("wagtailadmin_home")).content.decode()
    delete = reverse("feedback:delete", args=[one.pk])
    assert (client.get(delete).status_code == 200) is may_delete
    client.post(delete)
    assert Feedback.objects.exists() is not may_delete
    assert not any("0470" in f"{entry.label}{entry.data}" for entry in ModelLogEntry.objects.all())


def test_who_was_not_given_it_sees_nothing_of_it(standard):
    give(standard)
    client = Client()
    user = make_user("Editors")
    user.groups.set([group := Group.objects.create(name="Guests")])
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert "/admin/feedback/" not in client.get(reverse("wagtailadmin_home")).content.decode()
    for path in (reverse(INDEX), reverse(INDEX) + "?export=csv", reverse("feedback:index_results")):
        assert client.get(path).status_code == 302 and b"standard" not in client.get(path).content


def test_nobody_adds_or_changes_what_readers_said(standard):
    client, (one,) = staff(), give(standard)
    for path in ("new/", f"edit/{one.pk}/", f"copy/{one.pk}/", f"history/{one.pk}/", f"usage/{one.pk}/"):
        assert client.get(f"/admin/feedback/{path}").status_code == 404, path
    codenames = set(
        Permission.objects.filter(content_type__app_label="audience", content_type__model="feedback").values_list(
            "codename", flat=True
        )
    )
    assert codenames == {"view_feedback", "delete_feedback"}


@pytest.mark.sweep
def test_the_right_to_read_and_delete_can_be_given_to_groups(standard):
    editors = Group.objects.get(name="Editors")
    form = staff(language="en").get(reverse("wagtailusers_groups:edit", args=[editors.pk])).content.decode()
    for codename in ("view_feedback", "delete_feedback"):
        key = Permission.objects.get(codename=codename).pk
        assert f'value="{key}"' in form


# --- Groups that were there before


def migrate_back_and_forth():
    call_command("migrate", "audience", "0001", verbosity=0)
    call_command("migrate", "audience", verbosity=0)


@pytest.mark.sweep
def test_groups_from_before_get_the_right_once_and_what_an_administrator_takes_stays_away(db):
    make_user("Editors")
    editors, publishers = (Group.objects.get(name=name) for name in ("Editors", "Publishers"))
    for group in (editors, publishers):
        group.permissions.remove(*Permission.objects.filter(content_type__app_label="audience"))
    migrate_back_and_forth()
    assert editors.permissions.filter(codename="view_feedback").exists()
    assert not editors.permissions.filter(codename="delete_feedback").exists()
    assert publishers.permissions.filter(codename="delete_feedback").exists()
    editors.permissions.remove(Permission.objects.get(codename="view_feedback"))
    make_user("Editors")
    call_command("migrate", verbosity=0)
    assert not editors.permissions.filter(codename="view_feedback").exists()


# --- Exports

RISKY = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "  +1",
    "\u00a0=1",
    '"=1',
    "'=1",
    "“=1",
    "’-1",
    "«@a",
    " \"' =1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "﹦1",
    "\u200b=1",
    "\ufeff=cmd|' /C calc'!A0",
    "−1",
    "\n=1",
    "\tx",
    " \t x",
]
HARMLESS = ["", "Goed!", "a=b", "1-1", "“Goed”", "100 %", "(=1)", "#1", "Jan - Piet", "\u0000x"]


@pytest.mark.parametrize("text", RISKY)
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(text):
    assert neutralise(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_what_it_would_not_calculate_stays_as_it_is(text):
    assert neutralise(text) == text.replace("\x00", "")


def exported(client, kind):
    response = client.get(f"{reverse(INDEX)}?export={kind}")
    assert response.status_code == 200 and f".{kind}" in response["Content-Disposition"]
    return response


def test_a_csv_file_holds_what_was_said_and_no_formula(standard):
    for text in [*RISKY, *HARMLESS[:-1]]:
        give(standard, comment=text)
    headings, *lines = csv_rows(exported(staff(language="fr"), "csv"))
    assert headings == ["Page", "Langue", "Utile", "Commentaire", "Date et heure", "Version lue"]
    rows = [dict(zip(headings, line, strict=True)) for line in lines]
    assert rows[0]["Page"] == "standard fr" and rows[0]["Utile"] == "Oui"
    assert {row["Commentaire"] for row in rows} == {f"'{text}" for text in RISKY} | set(HARMLESS[:-1])
    assert not any(cell[:1] in "=+-@\t\r＝＋－＠" for row in rows for cell in row.values() if cell)


def test_a_workbook_holds_what_was_said_and_no_formula(standard):
    moment = timezone.now().replace(microsecond=0)
    for text in [*RISKY, *HARMLESS[1:-1], "hidden \ufffe\x0b"]:
        give(standard, comment=text, moment=moment, revision_id=standard.live_revision_id)
    sheet = openpyxl.load_workbook(io.BytesIO(exported(staff(language="en"), "xlsx").getvalue())).active
    rows = list(sheet.iter_rows(min_row=2))
    assert [cell.value for cell in sheet[1]] == ["Page", "Language", "Useful", "Comment", "Date and time", "Version read"]
    assert len(rows) == len(RISKY) + len(HARMLESS) - 1
    assert not any(cell.data_type == "f" for row in rows for cell in row)
    comments = {row[3].value for row in rows}
    assert {"Goed!", "'=1+1", "'＝1", "hidden "} <= comments
    assert not any(text[:1] in "=+-@\t\r＝＋－＠" for text in comments)
    assert rows[0][4].value == timezone.make_naive(moment), "The moment is by the site's clock."


def test_an_export_is_filtered_like_the_list(standard):
    give(standard, comment="a")
    give(standard, comment="b", language="fr")
    rows = csv_rows(staff(language="en").get(f"{reverse(INDEX)}?export=csv&language=fr"))
    assert [row[3] for row in rows[1:]] == ["b"]


def test_a_section_is_offered_as_a_filter_in_the_language_of_the_admin(home):
    make_section(home)
    assert "mandates fr" in staff(language="fr").get(reverse(INDEX)).content.decode()
