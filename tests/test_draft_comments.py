"""What somebody with a link writes about a draft: nothing typed is lost, nothing arrives twice, and only staff read it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from audience import feedback_form
from audience.feedback_form import HONEYPOT
from draft_links import comment_form, limits
from draft_links.models import MAX_COMMENT_LENGTH, MAX_NAME_LENGTH, DraftComment
from draft_links.paths import comment_path
from languages.codes import LANGUAGES
from tests.drafts import DAY, FILLED, MINUTE, OWN, errors, filled_in, html, path_of, press, share, stamp_of, write
from tests.feedback import translate
from tests.site_checks import faults

BY_HAND = OWN | {"Sec-Fetch-User": "?1"}


@pytest.fixture
def link(draft):
    return share(draft, takes_comments=True)


def kept_values(response):
    return {name: value for name, value in filled_in(response).items() if name in FILLED}


def end(link):
    link.created_at, link.expires_at = timezone.now() - DAY, timezone.now() - MINUTE
    link.save()


# --- Writing


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comment_is_stored_with_name_text_language_and_time_and_thanked_for(client, draft, language):
    link = share(draft, language=language, takes_comments=True)
    thanks = press(client, link, client.get(path_of(link)), headers=BY_HAND, **FILLED)
    assert thanks.redirect_chain[-1] == (f"{comment_path(language, link.token)}?sent", 303)
    comment = DraftComment.objects.get()
    assert (comment.name, comment.text, comment.language, comment.link) == (FILLED["name"], FILLED["text"], language, link)
    assert html(thanks).main.find("a", href=path_of(link)) and not thanks.cookies
    names = {field.name for field in DraftComment._meta.get_fields()}
    assert names == {"id", "link", "sending", "name", "text", "language", "moment", "taken_over_at", "taken_over_by"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_and_its_answers_hold_as_any_page_does(client, draft, language):
    link = share(draft, language=language, takes_comments=True)
    about = ("canonical", "hreflang", "no x-default", "not for a shared cache", "status 400")
    form = client.get(comment_path(language, link.token))
    for shown in (form, write(client, link), write(client, link, name="", text="")):
        assert [fault for fault in faults(shown, "", language) if not fault.startswith(about)] == []
        assert shown["Cache-Control"] == "no-store" and not html(shown).find("script")
    soup = html(form)
    for name in FILLED:
        assert soup.find("label", attrs={"for": name}) and soup.find(id=name)
    assert soup.find(id="name")["autocomplete"] == "name"


def test_a_link_that_asks_for_no_comments_takes_none(client, draft):
    link = share(draft)
    assert not html(client.get(path_of(link))).find("form", class_="form")
    assert client.get(comment_path("nl", link.token)).status_code == 404
    assert write(client, link).status_code == 404 and not DraftComment.objects.exists()


def test_its_author_sees_it_once_it_was_taken_over_and_nobody_with_another_link_does(client, draft, link):
    write(client, link)
    other = share(draft, takes_comments=True)
    assert FILLED["name"] not in client.get(path_of(link)).content.decode()
    comment = DraftComment.objects.get()
    comment.take_over(link.author)
    comment.save()
    assert "De eerste zin is te lang." in html(client.get(path_of(link))).find(class_="draft-taken-over").text
    assert FILLED["name"] not in client.get(path_of(other)).content.decode()
    assert FILLED["name"] not in client.get(path_of(share(draft))).content.decode()


def test_links_and_markup_are_shown_as_they_were_typed(client, link):
    text = "Zie https://example.org/<script>alert(1)</script>"
    write(client, link, name="<b>An</b>", text=text)
    comment = DraftComment.objects.get()
    comment.take_over(link.author)
    comment.save()
    shown = html(client.get(path_of(link))).find(class_="draft-taken-over")
    assert text in shown.text and "<b>An</b>" in shown.text and not shown.find(["a", "script", "b"])


# --- What is wrong is said, and stays


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_form_says_what_is_missing_at_each_field(client, draft, language):
    link = share(draft, language=language, takes_comments=True)
    response = write(client, link, name=" ", text="\n")
    assert response.status_code == 400 and not DraftComment.objects.exists()
    assert errors(response) == [translate(comment_form.NO_NAME, language), translate(comment_form.NO_TEXT, language)]
    soup = html(response)
    assert soup.find(id="text")["aria-describedby"] == "text-note text-error" and soup.find(id="name")["aria-invalid"] == "true"
    assert press(client, link, response, **FILLED).status_code == 200 and DraftComment.objects.get().text == FILLED["text"]


def test_ten_thousand_letters_come_back_whole(client, link):
    text = "é\n" * 5_000
    response = write(client, link, text=text)
    assert response.status_code == 400 and "4999" in errors(response)[0] and kept_values(response)["text"] == text
    assert press(client, link, response, text="a" * MAX_COMMENT_LENGTH).status_code == 200
    assert len(DraftComment.objects.get().text) == MAX_COMMENT_LENGTH


def test_a_name_that_is_too_long_is_said_to_be(client, link):
    response = write(client, link, name="a" * (MAX_NAME_LENGTH + 1))
    assert response.status_code == 400 and len(errors(response)) == 1 and kept_values(response)["text"] == FILLED["text"]


def test_what_nobody_types_by_hand_is_refused_before_it_is_read(client, link):
    response = write(client, link, text="a" * 1_000_001)
    assert response.status_code == 413 and errors(response) == [translate(comment_form.TOO_LARGE)]


@pytest.mark.parametrize(
    ("name", "text", "stored"),
    [
        ("An\x00\r\nBcc: x", "a\x00b", ("An Bcc: x", "ab")),
        ("\u202eAn", "rechts \u202eom", ("An", "rechts om")),
    ],
)
def test_what_no_keyboard_types_is_left_out_and_nothing_else(client, link, name, text, stored):
    write(client, link, name=name, text=text)
    comment = DraftComment.objects.get()
    assert (" ".join(comment.name.split()), comment.text) == stored


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"ago": timedelta(0)}, feedback_form.TOO_FRESH),
        ({"ago": 2 * DAY}, feedback_form.TOO_OLD),
        ({"stamp": "forged"}, feedback_form.NOT_OURS),
        ({"headers": {}}, feedback_form.NOT_OURS),
    ],
    ids=["a fast typist", "a page kept for two days", "a forged stamp", "no word of where from"],
)
def test_what_cannot_be_vouched_for_is_kept_and_one_more_press_sends_it(client, link, sent, message):
    response = write(client, link, **sent)
    assert response.status_code in (400, 403) and errors(response) == [translate(message)] and not DraftComment.objects.exists()
    assert kept_values(response) == FILLED
    assert press(client, link, response, headers=sent.get("headers", OWN)).status_code == 200
    assert DraftComment.objects.get().text == FILLED["text"]


def test_a_stamp_of_another_link_is_none_of_this_one(client, draft, link):
    response = write(client, link, stamp=stamp_of(share(draft, takes_comments=True)))
    assert errors(response) == [translate(feedback_form.NOT_OURS)] and not DraftComment.objects.exists()


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}], ids=str)
def test_a_page_of_another_site_can_send_nothing(client, link, headers):
    response = write(client, link, headers=headers)
    assert response.status_code == 403 and kept_values(response) == FILLED
    assert press(client, link, response, headers=headers).status_code == 403 and not DraftComment.objects.exists()


def test_what_is_sent_twice_is_there_once_and_another_text_beside_it(client, link):
    data = FILLED | {"stamp": stamp_of(link), HONEYPOT: ""}
    for text in (FILLED["text"], FILLED["text"], "Nog iets"):
        response = client.post(comment_path("nl", link.token), data | {"text": text}, headers=OWN)
        assert response.status_code == 303
    assert [comment.text for comment in DraftComment.objects.all()] == [FILLED["text"], "Nog iets"]


def test_whoever_fills_in_the_hidden_field_is_asked_to_send_it_again(client, link):
    response = write(client, link, **{HONEYPOT: "x"})
    assert response.status_code == 400 and kept_values(response) == FILLED and not DraftComment.objects.exists()
    assert press(client, link, response).redirect_chain and DraftComment.objects.count() == 1


@pytest.mark.parametrize("limit", ["COMMENTS_PER_NETWORK", "COMMENTS_PER_LINK"])
def test_a_flood_is_held_up_and_loses_nothing(client, link, monkeypatch, limit):
    monkeypatch.setattr(limits, limit, 1)
    write(client, link)
    response = write(client, link, text="Nog een")
    assert response.status_code == 429 and errors(response) == [translate(comment_form.TOO_MANY)]
    assert kept_values(response)["text"] == "Nog een" and DraftComment.objects.count() == 1
    elsewhere = write(Client(REMOTE_ADDR="203.0.113.7"), link, text="Van elders")
    assert elsewhere.status_code == {"COMMENTS_PER_NETWORK": 200, "COMMENTS_PER_LINK": 429}[limit]


def test_a_link_that_brought_very_many_comments_takes_no_more_and_says_so(client, link, monkeypatch):
    monkeypatch.setattr(limits, "MAX_COMMENTS", 1)
    write(client, link)
    response = write(client, link, text="Nog een")
    assert response.status_code == 409 and errors(response) == [translate(comment_form.FULL)]
    assert kept_values(response)["text"] == "Nog een" and DraftComment.objects.count() == 1


# --- After the end


@pytest.mark.parametrize("ended", [end, lambda link: Page.objects.get(pk=link.page_id).delete()], ids=["over", "page deleted"])
def test_what_is_sent_after_the_end_is_not_stored_and_shown_to_be_copied(client, link, ended):
    ended(link)
    response = write(client, link, text="Te <laat>\n" * 1000)
    shown = html(response)
    assert response.status_code == 410 and not DraftComment.objects.exists()
    assert shown.find("textarea", readonly=True).text.removeprefix("\n").strip() == ("Te <laat>\n" * 1000).strip()
    assert FILLED["name"] in shown.main.text and "niet verstuurd" in shown.main.text
    assert response["Cache-Control"] == "no-store"


def test_the_form_itself_is_gone_by_then_and_shows_nothing_to_copy(client, link):
    end(link)
    response = client.get(comment_path("nl", link.token))
    assert response.status_code == 410 and not html(response).find("textarea")
