"""The contact form as visitors meet it: where it is, what it takes, and that nothing typed is lost."""

import re
from datetime import timedelta
from email import message_from_bytes
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audience import contact_form, limits, reference_numbers, signatures
from audience.feedback_form import HONEYPOT, NOT_OURS, TOO_FRESH, TOO_OLD, TRAPPED
from audience.models import MAX_MESSAGE_LENGTH, Message
from audience.paths import CONTACT_SEGMENTS, contact_path
from languages.codes import LANGUAGES
from pages.addresses import RESERVED
from pages.models import AccessibilityStatementPage, ContactPage
from tests import editor
from tests.building import add, staff, texts
from tests.contact import DAY, FILLED, MAILBOX, OWN, filled_in, html, press, stamp_of, write
from tests.feedback import translate
from tests.site_checks import faults

BY_HAND = OWN | {"Sec-Fetch-User": "?1"}


def errors(response):
    """Return the messages of the error summary, each of which leads to its field."""
    soup = html(response)
    links = soup.select(".error-summary a")
    for link in links:
        assert soup.find(id=link["href"].removeprefix("#")), link
    return [link.text for link in links]


def kept_values(response):
    return {name: value for name, value in filled_in(response).items() if name in FILLED}


# --- Where there is a mailbox


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_mailbox_there_is_no_form_and_nothing_leads_to_it(client, home, language):
    assert client.get(contact_path(language)).status_code == 404
    assert write(client, language).status_code == 404 and not Message.objects.exists()
    assert contact_path(language) not in client.get(f"/{language}/nothing/").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_holds_as_any_page_does_and_sets_no_cookie(client, mailbox, language):
    response = client.get(contact_path(language))
    about = ("canonical", "hreflang", "no x-default", "not for a shared cache", "status 400")
    for shown in (response, write(client, language), write(client, language, text="", email="x")):
        assert [fault for fault in faults(shown, "", language) if not fault.startswith(about)] == []
        assert shown["Cache-Control"] == "private, no-cache" and shown["X-Robots-Tag"] == "noindex" and not shown.cookies
    soup = html(response)
    assert soup.find(id="email")["autocomplete"] == "email" and soup.find(id="email")["type"] == "email"
    for name in ("text", "place", "email"):
        assert soup.find("label", attrs={"for": name}), name
    assert {link["href"] for link in soup.header.find_all("a", hreflang=True)} == {contact_path(code) for code in LANGUAGES}
    with CaptureQueriesContext(connection) as captured:
        client.get(contact_path(language))
    assert len(captured) <= 4


def test_its_addresses_are_reserved_and_end_in_a_slash(client, mailbox):
    assert set(CONTACT_SEGMENTS.values()) <= RESERVED
    assert client.get("/fr/nous-ecrire?kind=barrier").url == "/fr/nous-ecrire/?kind=barrier"
    assert client.put(contact_path("fr")).status_code == 405


def test_contact_statement_errors_and_thanks_for_an_answer_lead_to_it(client, mailbox, standard):
    contact = add(mailbox, ContactPage, **texts("contact"))
    statement = add(
        mailbox, AccessibilityStatementPage, **texts("statement"), contact_unit_nl="Dienst Web", contact_unit_fr="Web"
    )

    def targets(response):
        return {link["href"] for link in html(response).main.find_all("a")}

    assert contact_path("nl") in targets(client.get(contact.paths()["nl"]))
    shown = client.get(statement.paths()["nl"])
    assert contact_path("nl", kind="barrier") in targets(shown) and "Dienst Web" in html(shown).main.text
    assert contact_path("nl", page="/nl/nothing/") in targets(client.get("/nl/nothing/"))
    answered = signatures.answer_token(standard, 0, True)
    thanks = client.get(f"/nl/reactie/{standard.slug}/?answer={answered}")
    assert contact_path("nl", page=standard.paths()["nl"]) in targets(thanks)


@pytest.mark.parametrize(
    ("query", "place", "kind"),
    [
        ({"page": "/nl/eures/", "kind": "barrier"}, "/nl/eures/", "barrier"),
        ({"page": "//elsewhere.example"}, "", None),
        ({"page": "/\\elsewhere.example"}, "", None),
        ({"page": "https://elsewhere.example/"}, "", None),
        ({"page": "/" + "a" * 501, "kind": "x"}, "", None),
        ({"page": "/nl/\r\na\u202e", "kind": "question"}, "/nl/  a", "question"),
    ],
)
def test_links_fill_in_the_path_of_a_page_and_the_kind_and_nothing_else(client, mailbox, query, place, kind):
    shown = filled_in(client.get(contact_path("nl"), query))
    assert (shown["place"], shown.get("kind")) == (place, kind)


# --- Writing


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_is_stored_mailed_and_thanked_for_with_its_reference(client, mailbox, mailoutbox, language):
    thanks = write(client, language, place="http://localhost:8000/nl/eures/")
    message = Message.objects.get()
    stored = (message.kind, message.text, message.place, message.email, message.language)
    assert stored == ("question", FILLED["text"], "/nl/eures/", "jan@example.org", language)
    assert html(thanks).find(class_="reference").text == message.reference
    to_staff, to_sender = mailoutbox
    assert (to_staff.to, to_staff.reply_to, to_sender.to) == ([MAILBOX], ["jan@example.org"], ["jan@example.org"])
    for mail in mailoutbox:
        assert message.reference in mail.subject and FILLED["text"] in mail.body and "/nl/eures/" in mail.body
    assert reverse("messages:edit", args=[message.pk]) in to_staff.body and "/admin/" not in to_sender.body
    assert not (message.is_forward_due or message.is_copy_due)


def test_the_mail_speaks_the_language_of_the_message(client, mailbox, mailoutbox):
    write(client, "fr", kind="barrier", copy="")
    (mail,) = mailoutbox
    assert (
        mail.subject.endswith("Problème d’accessibilité via le site") and "Adresse e-mail\u00a0: jan@example.org" in mail.body
    )


def test_whoever_gives_no_address_is_told_that_no_answer_can_come(client, mailbox, mailoutbox):
    thanks = write(client, email="", copy="")
    assert "kunnen je niet antwoorden" in html(thanks).main.text and Message.objects.get().email == ""
    assert mailoutbox[0].reply_to == [] and "geen e-mailadres" in mailoutbox[0].body


def test_references_are_short_readable_and_in_no_row():
    made = {reference_numbers.make_reference() for _ in range(300)}
    assert len(made) == 300
    for reference in made:
        assert re.fullmatch(r"[CDFHJKMNPRTVWX3479]{4}-[CDFHJKMNPRTVWX3479]{4}", reference)


def test_a_reference_that_is_taken_is_made_anew(client, mailbox, monkeypatch):
    made = iter(["CCCC-3333", "CCCC-3333", "DDDD-4444"])
    monkeypatch.setattr("audience.contact_views.make_reference", lambda: next(made))
    write(client)
    write(client, text="Iets anders")
    assert {message.reference for message in Message.objects.all()} == {"CCCC-3333", "DDDD-4444"}


def test_the_thanks_need_a_receipt_and_say_nothing_about_who_wrote(client, mailbox):
    thanks = write(client, follow=False)
    (receipt,) = parse_qs(urlsplit(thanks.url).query)["received"]
    assert thanks.status_code == 303 and "jan" not in str(signatures.read_receipt(receipt))
    assert html(client.get(contact_path("nl", received=receipt[:-1] + "x"))).find("textarea")
    assert html(client.get(contact_path("nl", received=signatures.message_stamp()))).find("textarea")


# --- Nothing typed is lost


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_form_says_what_is_missing_at_each_field(client, mailbox, language):
    response = write(client, language, kind="", text=" \n", place="", email="", copy="")
    assert response.status_code == 400 and not Message.objects.exists()
    assert errors(response) == [translate(contact_form.NO_KIND, language), translate(contact_form.NO_TEXT, language)]
    soup = html(response)
    assert soup.find(id="text")["aria-describedby"] == "text-note text-error" and soup.find(id="text")["aria-invalid"] == "true"
    assert soup.find("fieldset", class_="field")["aria-describedby"] == "kind-error"
    done = press(client, response, language=language, kind="question", text="Nu wel")
    assert done.status_code == 200 and Message.objects.get().text == "Nu wel"


def test_ten_thousand_letters_come_back_whole_and_the_limit_was_said_before(client, mailbox):
    assert "5.000 tekens" in html(client.get(contact_path("nl"))).find(id="text-note").text
    text = "😀\r\n" * 5_000
    response = write(client, text=text)
    assert response.status_code == 400 and not Message.objects.exists()
    assert "4999" in errors(response)[0]
    assert kept_values(response)["text"].split() == text.split()
    assert press(client, response, text="é\n" * (MAX_MESSAGE_LENGTH // 2)).status_code == 200
    assert len(Message.objects.get().text) == MAX_MESSAGE_LENGTH - 1


def test_what_no_reader_types_by_hand_is_refused_before_it_is_read(client, mailbox):
    response = write(client, text="a" * 1_000_001)
    assert response.status_code == 413 and errors(response) == [translate(contact_form.TOO_LARGE)]


def test_links_are_taken_and_staff_see_them_as_plain_text(client, mailbox):
    text = "Zie https://example.org/<script>alert(1)</script> en [b](http://x.example)"
    assert write(client, text=text).status_code == 200
    shown = html(staff("Editors").get(reverse("messages:edit", args=[Message.objects.get().pk]))).find(class_="message-text")
    assert shown.text.strip() == text and not shown.find(["a", "script"])


def test_another_language_and_script_is_taken(client, mailbox):
    text = "مرحبا، كيف أسجل؟ Привіт 你好"
    assert write(client, text=text).status_code == 200 and Message.objects.get().text == text


def test_an_attachment_that_is_forged_in_is_left_out(client, mailbox, mailoutbox):
    for name in ("attachment", "place"):
        write(client, **{name: SimpleUploadedFile("x.exe", b"MZ" * 100)}, text=f"Met bijlage {name}")
    assert Message.objects.count() == 2 and not any(mail.attachments for mail in mailoutbox)


ODD = [
    ("text", b"a%00b", "ab"),
    ("text", b"a%ED%A0%80b", "a\ufffd\ufffd\ufffdb"),
    ("text", "rechts \u202eom \u2066en".encode(), "rechts om en"),
    ("place", b"/nl/%00%0D%0Aa", "/nl/   a"),
    ("email", b"%E2%80%AAjan@example.org%E2%80%AC", "jan@example.org"),
    ("email", "jan@bücher.example".encode(), "jan@bücher.example"),
]


@pytest.mark.parametrize(("field", "sent", "stored"), ODD, ids=str)
def test_odd_characters_lose_nothing_else(client, mailbox, mailoutbox, field, sent, stored):
    data = {"kind": b"question", "text": b"x", "stamp": stamp_of().encode(), "copy": b"1", "email": b"an@example.org"} | {
        field: sent
    }
    body = b"&".join(name.encode() + b"=" + value for name, value in data.items())
    response = client.generic("POST", contact_path("nl"), body, "application/x-www-form-urlencoded", headers=OWN)
    assert response.status_code == 303 and getattr(Message.objects.get(), field) == stored
    assert all(message_from_bytes(mail.message().as_bytes())["Subject"] for mail in mailoutbox) and len(mailoutbox) == 2


@pytest.mark.parametrize(
    "email", ["jan@example.org\nBcc: all@example.org", "jan", "@", "jan@@x.be", "a" * 300 + "@x.be", "<jan@x.be>"]
)
def test_what_is_no_address_is_said_to_be_none_and_reaches_no_header(client, mailbox, mailoutbox, email):
    response = write(client, email=email)
    assert response.status_code == 400 and errors(response) == [translate(contact_form.NO_ADDRESS)] and mailoutbox == []
    assert kept_values(response)["text"] == FILLED["text"]
    assert press(client, response, email="jan@example.org").status_code == 200


def test_a_copy_needs_an_address(client, mailbox):
    response = write(client, email="")
    assert errors(response) == [translate(contact_form.NO_ADDRESS_FOR_COPY)]


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"ago": timedelta(0)}, TOO_FRESH),
        ({"ago": 2 * DAY}, TOO_OLD),
        ({"stamp": "forged"}, NOT_OURS),
        ({"stamp": ""}, NOT_OURS),
        ({"headers": {}}, NOT_OURS),
    ],
    ids=["a fast typist", "a page of two days ago", "a forged stamp", "no stamp", "no word of where from"],
)
def test_what_cannot_be_vouched_for_is_kept_and_one_more_press_at_once_sends_it(client, mailbox, sent, message):
    response = write(client, **sent)
    assert response.status_code in (400, 403) and errors(response) == [translate(message)] and not Message.objects.exists()
    assert kept_values(response) == FILLED
    assert press(client, response, headers=sent.get("headers", OWN)).status_code == 200
    assert Message.objects.get().text == FILLED["text"]


def test_whoever_presses_a_key_is_never_too_fast(client, mailbox):
    assert write(client, headers=BY_HAND, ago=timedelta(0)).status_code == 200 and Message.objects.exists()


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}], ids=str)
def test_a_page_of_another_site_can_send_nothing(client, mailbox, headers):
    response = write(client, headers=headers)
    assert response.status_code == 403 and kept_values(response) == FILLED
    assert press(client, response, headers=headers).status_code == 403 and not Message.objects.exists()
    assert press(client, response).status_code == 200


def test_a_hidden_field_that_a_browser_filled_in_promises_nothing_and_one_more_press_sends(client, mailbox, mailoutbox):
    response = write(client, **{HONEYPOT: "x"})
    assert (response.status_code, errors(response), kept_values(response)) == (400, [translate(TRAPPED)], FILLED)
    assert not Message.objects.exists() and mailoutbox == []
    assert html(press(client, response)).find(class_="reference").text == Message.objects.get().reference


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        ("http://localhost:8000/nl/x/?a=1", "/nl/x/?a=1"),
        ("http://localhost:8000", "/"),
        ("http://localhost:8000?a=1", "/?a=1"),
        ("http://localhost:8000.evil.com/x", "http://localhost:8000.evil.com/x"),
        ("http://localhost:80001/x", "http://localhost:80001/x"),
    ],
)
def test_of_an_address_of_this_site_the_path_is_kept_and_of_another_all(place, kept, client, mailbox):
    write(client, place=place)
    assert Message.objects.get().place == kept


def test_a_flood_is_held_up_and_loses_nothing(client, mailbox, monkeypatch):
    monkeypatch.setattr(limits, "MESSAGES_PER_NETWORK", 1)
    write(client)
    response = write(client, text="Nog een")
    assert (
        response.status_code == 429
        and errors(response) == [translate(contact_form.TOO_MANY)]
        and kept_values(response)["text"] == "Nog een"
    )
    assert write(Client(REMOTE_ADDR="203.0.113.7"), text="Van elders").status_code == 200


def test_nobody_gets_more_than_a_few_copies_a_day_and_each_message_arrives(client, mailbox, mailoutbox):
    for number in range(5):
        write(client, text=f"Bericht {number}", email="Somebody.Else@example.org")
    assert Message.objects.count() == 5
    assert len([mail for mail in mailoutbox if mail.to == ["Somebody.Else@example.org"]]) == limits.COPIES_PER_ADDRESS


def test_the_thanks_promise_a_copy_only_where_one_goes(client, mailbox, mailoutbox):
    promise = "You will also get a copy of your message. Look in your spam folder if it does not arrive."
    refusal = "You will get no copy this time: we send only a few a day to one address."
    promise, refusal = (editor.translate(text, "nl") for text in (promise, refusal))
    shown = [write(client, text=f"Bericht {number}") for number in range(limits.COPIES_PER_ADDRESS + 1)]
    texts = [html(response).main.get_text(" ", strip=True) for response in shown]
    assert [promise in text for text in texts] == [True] * limits.COPIES_PER_ADDRESS + [False]
    assert [refusal in text for text in texts] == [False] * limits.COPIES_PER_ADDRESS + [True]
    assert sum(mail.to == [FILLED["email"]] for mail in mailoutbox) == limits.COPIES_PER_ADDRESS


def test_what_is_sent_twice_uses_up_no_limit_and_is_thanked_for_alike(client, mailbox, mailoutbox):
    stamp = stamp_of()
    thanks = [write(client, stamp=stamp) for _number in range(limits.COPIES_PER_ADDRESS + 2)]
    assert len({html(response).main.get_text() for response in thanks}) == 1 and Message.objects.count() == 1
    assert Message.objects.get().has_copy
    write(client, text="Een ander bericht")
    assert sum(mail.to == [FILLED["email"]] for mail in mailoutbox) == 2
