"""Answers and comments that are refused: the reader is told why, and loses nothing that was typed."""

import re

import pytest
from django.core.signing import TimestampSigner
from django.test import Client

from audience import signatures
from audience.feedback_form import HONEYPOT, MAX_COMMENT_LENGTH, NOT_OURS, TOO_OLD, TRAPPED
from audience.models import Feedback
from audience.paths import feedback_path
from languages.codes import LANGUAGES
from tests.feedback import DAY, MINUTE, OWN, answer, clock_set_back, comment, errors, html, translate, typed_in

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
    response = comment(client, standard, answer(client, standard, answer="yes"), too_long)
    assert response.status_code == 400 and "3" in errors(response)[0]
    assert typed_in(response)[1] == too_long


def send_again(client, page, response, language="nl", headers=OWN):
    """Press the button of a form that came back, at once; return what is shown then."""
    said_so, text = typed_in(response)
    stamp = html(response).find("input", {"name": "stamp"})["value"]
    return answer(client, page, language, headers=headers, answer=said_so, comment=text, stamp=stamp)


def test_a_client_that_never_says_where_it_comes_from_sends_on_the_second_press(client, standard):
    response = answer(client, standard, headers={}, answer="no", comment="Mijn tekst")
    assert response.status_code == 403 and errors(response) == [translate(NOT_OURS)] and not Feedback.objects.exists()
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
        stamp = signatures.second_stamp(standard, "nl")
    assert not signatures.is_second(stamp, standard, language)


def forged_stamps(page, other):
    with clock_set_back(MINUTE):
        stamps = {
            "another page": signatures.second_stamp(other, "nl"),
            "another language": signatures.second_stamp(page, "fr"),
            "another moment": re.sub(r"^\w+", "1vJm00", signatures.second_stamp(page, "nl")),
            "a reference": signatures.answer_token(page, 1, True),
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
def test_a_forged_stamp_makes_no_second_press_of_a_first(client, standard, section, kind):
    stamp = forged_stamps(standard, section)[kind]
    response = answer(client, standard, headers={}, answer="yes", comment="x", stamp=stamp)
    assert response.status_code == 403 and errors(response) == [translate(NOT_OURS)]
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
    assert response.status_code == 403 and errors(response) == [translate(NOT_OURS)]
    assert typed_in(response) == ("yes", "x") and not Feedback.objects.exists()
    thanks = answer(client, standard, answer="yes")
    assert comment(client, standard, thanks, "y", headers=headers).status_code == 403
    assert Feedback.objects.get().comment == ""


@pytest.mark.parametrize("headers", FROM_HERE, ids=str)
def test_what_comes_from_here_is_taken(headers, standard):
    assert answer(Client(enforce_csrf_checks=True), standard, headers=headers, answer="yes").status_code == 200
    assert Feedback.objects.exists()


def test_a_hidden_field_that_a_browser_filled_in_stores_nothing_and_one_more_press_sends(client, standard):
    response = answer(client, standard, **{"answer": "no", HONEYPOT: "https://spam.example"})
    assert (response.status_code, errors(response)) == (400, [translate(TRAPPED)]) and not Feedback.objects.exists()
    assert typed_in(response)[0] == "no"
    real = answer(client, standard, answer="no")
    trapped = comment(client, standard, real, "Tekst", **{HONEYPOT: "x"})
    assert trapped.status_code == 400 and html(trapped).find("textarea").text.strip() == "Tekst"
    assert Feedback.objects.get().comment == ""
    assert comment(client, standard, trapped, "Tekst").status_code == 200 and Feedback.objects.get().comment == "Tekst"


def test_two_presses_are_one_answer_and_two_readers_are_two(client, standard):
    sent = {"answer": "no", HONEYPOT: ""}
    path = feedback_path("nl", standard.slug)
    _first, second = (client.post(path, sent, headers=OWN, follow=True) for _press in range(2))
    assert Feedback.objects.count() == 1
    assert comment(client, standard, second, "Tekst").status_code == 200 and Feedback.objects.get().comment == "Tekst"
    Client(REMOTE_ADDR="203.0.113.7").post(path, sent, headers=OWN)
    client.post(path, sent | {"answer": "yes"}, headers=OWN)
    assert Feedback.objects.count() == 3


def test_an_answer_that_could_not_be_stored_is_stored_by_the_next_press(client, standard, monkeypatch):
    sent, path = {"answer": "no", HONEYPOT: ""}, feedback_path("nl", standard.slug)
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(Feedback.objects, "create", lambda **fields: 1 / 0)
        assert client.post(path, sent, headers=OWN).status_code == 500
    assert client.post(path, sent, headers=OWN).status_code == 303 and Feedback.objects.exists()


def test_the_hidden_field_is_hidden_from_everybody(client, standard):
    for path in (standard.paths()["nl"], feedback_path("nl", standard.slug)):
        field = html(client.get(path)).find("input", {"name": HONEYPOT})
        assert (field["tabindex"], field["autocomplete"]) == ("-1", "off")
        assert field.find_parent("p")["aria-hidden"] == "true"
        assert "visually-hidden" in field.find_parent("p")["class"]


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
        late = signatures.answer_token(standard, Feedback.objects.get().pk, False)
    response = client.post(feedback_path("nl", standard.slug), {"reference": late, "comment": "Laat"}, headers=OWN)
    assert response.status_code == 400 and errors(response) == [translate(TOO_OLD)]
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


def test_a_page_that_was_open_during_an_upgrade_still_sends_its_answer(client, standard):
    stamp = TimestampSigner(salt="audience.form").sign(f"{standard.slug}:nl").removeprefix(f"{standard.slug}:nl:")
    assert answer(client, standard, answer="no", stamp=stamp).status_code == 200
    assert Feedback.objects.exists()


def test_the_stamp_of_a_form_is_no_reference(client, standard):
    stamp = f"{standard.slug}:nl:" + signatures.second_stamp(standard, "nl")
    assert client.get(feedback_path("nl", standard.slug), {"answer": stamp}).status_code == 200
    assert client.post(feedback_path("nl", standard.slug), {"reference": stamp, "comment": "x"}, headers=OWN).status_code == 400


def test_the_reference_of_one_page_joins_no_answer_on_another(client, standard, section):
    thanks = answer(client, standard, answer="yes")
    assert comment(client, section, thanks, "x").status_code == 400
    assert Feedback.objects.get().comment == ""
