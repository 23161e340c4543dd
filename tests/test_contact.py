"""The contact form as visitors meet it: nothing typed is lost, one message arrives, and what staff do with it."""

import io
import re
import time
from datetime import timedelta
from email import message_from_bytes
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import ModelLogEntry

from audience import contact_form, limits, message_mail, references, signatures
from audience.forms import HONEYPOT, NOT_OURS, TOO_FRESH, TOO_OLD
from audience.models import MAX_MESSAGE_LENGTH, Message
from audience.paths import WRITING, contact_path
from languages.codes import LANGUAGES
from pages.addresses import RESERVED
from pages.models import AccessibilityStatementPage, ContactPage, SiteSettings
from reporting.retention import months_before
from tests.building import add, make_home, make_user, texts
from tests.editor import form_with
from tests.racing import outcomes
from tests.site_checks import faults

OWN = {"Origin": "http://testserver"}
BY_HAND = OWN | {"Sec-Fetch-User": "?1"}
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MAILBOX = "team@actiris.example"
FILLED = {
    "kind": "question",
    "text": "Waar vind ik de lijst?\nDank je.",
    "place": "/nl/",
    "email": "jan@example.org",
    "copy": "1",
}


@pytest.fixture
def mailbox(home):
    SiteSettings.load()
    SiteSettings.objects.update(contact_email=MAILBOX)
    return home


def html(response):
    return BeautifulSoup(response.content.decode(), "html.parser")


def stamp_of(ago=MINUTE):
    with mock.patch("django.core.signing.time.time", return_value=time.time() - ago.total_seconds()):
        return signatures.message_stamp()


def write(client, language="nl", headers=OWN, ago=MINUTE, follow=True, **typed):
    """Fill in the form and send it; return what is shown then."""
    data = FILLED | {"stamp": stamp_of(ago), HONEYPOT: ""} | typed
    return client.post(contact_path(language), data, headers=headers, follow=follow)


def filled_in(response):
    """Return what the form on a page holds, as a browser sends it."""
    form = html(response).find("form", class_="form")
    fields = {area["name"]: area.text.removeprefix("\n") for area in form.find_all("textarea")}
    for field in form.find_all("input"):
        if field.get("type") not in ("radio", "checkbox") or field.has_attr("checked"):
            fields[field["name"]] = field.get("value", "")
    return fields


def press(client, response, headers=OWN, language="nl", **mended):
    """Press the button of the form shown, at once; return what is shown then."""
    return client.post(contact_path(language), filled_in(response) | mended, headers=headers, follow=True)


def errors(response):
    """Return the messages of the error summary, each of which leads to its field."""
    soup = html(response)
    links = soup.select(".error-summary a")
    for link in links:
        assert soup.find(id=link["href"].removeprefix("#")), link
    return [link.text for link in links]


def said(message, language="nl"):
    with translation.override(language):
        return str(message)


def kept(response):
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
    assert set(WRITING.values()) <= RESERVED
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
    answered = signatures.answer_reference(standard, 0, True)
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
    made = {references.make_reference() for _ in range(300)}
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
    assert errors(response) == [said(contact_form.NO_KIND, language), said(contact_form.NO_TEXT, language)]
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
    assert kept(response)["text"].split() == text.split()
    assert press(client, response, text="é\n" * (MAX_MESSAGE_LENGTH // 2)).status_code == 200
    assert len(Message.objects.get().text) == MAX_MESSAGE_LENGTH - 1


def test_what_no_reader_types_by_hand_is_refused_before_it_is_read(client, mailbox):
    response = write(client, text="a" * 1_000_001)
    assert response.status_code == 413 and errors(response) == [said(contact_form.TOO_LARGE)]


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
    assert response.status_code == 400 and errors(response) == [said(contact_form.NO_ADDRESS)] and mailoutbox == []
    assert kept(response)["text"] == FILLED["text"]
    assert press(client, response, email="jan@example.org").status_code == 200


def test_a_copy_needs_an_address(client, mailbox):
    response = write(client, email="")
    assert errors(response) == [said(contact_form.NO_ADDRESS_FOR_COPY)]


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
    assert response.status_code in (400, 403) and errors(response) == [said(message)] and not Message.objects.exists()
    assert kept(response) == FILLED
    assert press(client, response, headers=sent.get("headers", OWN)).status_code == 200
    assert Message.objects.get().text == FILLED["text"]


def test_whoever_presses_a_key_is_never_too_fast(client, mailbox):
    assert write(client, headers=BY_HAND, ago=timedelta(0)).status_code == 200 and Message.objects.exists()


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}], ids=str)
def test_a_page_of_another_site_can_send_nothing(client, mailbox, headers):
    response = write(client, headers=headers)
    assert response.status_code == 403 and kept(response) == FILLED
    assert press(client, response, headers=headers).status_code == 403 and not Message.objects.exists()
    assert press(client, response).status_code == 200


def test_whoever_fills_in_the_hidden_field_is_thanked_and_nothing_is_stored_or_mailed(client, mailbox, mailoutbox):
    assert html(write(client, **{HONEYPOT: "x"})).find(class_="reference") and not Message.objects.exists() and mailoutbox == []


def test_a_flood_is_held_up_and_loses_nothing(client, mailbox, monkeypatch):
    monkeypatch.setattr(limits, "MESSAGES_PER_NETWORK", 1)
    write(client)
    response = write(client, text="Nog een")
    assert (
        response.status_code == 429
        and errors(response) == [said(contact_form.TOO_MANY)]
        and kept(response)["text"] == "Nog een"
    )
    assert write(Client(REMOTE_ADDR="203.0.113.7"), text="Van elders").status_code == 200


def test_nobody_gets_more_than_a_few_copies_a_day_and_each_message_arrives(client, mailbox, mailoutbox):
    for number in range(5):
        write(client, text=f"Bericht {number}", email="Somebody.Else@example.org")
    assert Message.objects.count() == 5
    assert len([mail for mail in mailoutbox if mail.to == ["Somebody.Else@example.org"]]) == limits.COPIES_PER_ADDRESS


# --- Once


def test_the_same_sent_twice_is_one_message_and_has_one_reference(client, mailbox, mailoutbox):
    stamp = stamp_of()
    shown = [write(client, stamp=stamp) for _ in range(2)]
    assert Message.objects.count() == 1 and len(mailoutbox) == 2
    assert len({html(thanks).find(class_="reference").text for thanks in shown}) == 1
    client.get(shown[0].request["PATH_INFO"] + "?" + shown[0].request["QUERY_STRING"])
    assert Message.objects.count() == 1
    write(client, stamp=stamp, text="Iets anders")
    assert Message.objects.count() == 2, "Who goes back and writes something else has written something else."


def test_what_came_back_and_is_then_sent_twice_is_one_message(client, mailbox):
    response = write(client, ago=timedelta(0))
    press(client, response)
    press(client, response)
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_sent_at_the_same_moment_is_one_message(mailoutbox):
    make_home()
    SiteSettings.load()
    SiteSettings.objects.update(contact_email=MAILBOX)
    data = FILLED | {"stamp": stamp_of()}
    raised = outcomes(*[lambda: Client().post(contact_path("nl"), data, headers=OWN)] * 4)
    assert raised == [None] * 4 and Message.objects.count() == 1 and len(mailoutbox) == 2


# --- Mail that fails


class BrokenMail:
    def __init__(self, *args, **kwargs):
        raise ConnectionRefusedError


def test_a_mail_that_fails_loses_nothing_and_goes_out_later(client, mailbox, mailoutbox, settings):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.test_contact.BrokenMail"
    assert write(client).status_code == 200 and Message.objects.get().is_forward_due
    settings.EMAIL_BACKEND = working
    printed = io.StringIO()
    call_command("mail_messages", stdout=printed)
    call_command("mail_messages", stdout=printed)
    assert [mail.to for mail in mailoutbox] == [[MAILBOX], ["jan@example.org"]] and "Still due: 0" in printed.getvalue()


def test_mail_waits_while_the_mailbox_is_empty(client, mailbox, mailoutbox):
    SiteSettings.objects.update(contact_email="")
    message = Message.objects.create(reference="CDFH-3479", sending="x", kind="question", language="nl", text="?")
    message_mail.mail_message.call(message.pk)
    message.refresh_from_db()
    assert mailoutbox == [] and message.is_forward_due


# --- For staff


def staff(role=None, language="nl"):
    client = Client()
    client.force_login(make_user(role, language))
    return client


def store(number=1, **values):
    values = {"kind": "question", "language": "nl", "text": f"Vraag {number}", "email": "jan@example.org"} | values
    return Message.objects.create(reference=f"CDFH-{number:04}", sending=str(number), **values)


def listed(response):
    return [message.text for message in response.context["object_list"]]


def answer_form(response):
    return form_with(response, "remark")


def answer(client, message, opened=None, **values):
    """Post the form of a message as `client` opened it, now or as `opened` has it, with other `values`; None unticks a box."""
    address = reverse("messages:edit", args=[message.pk])
    data = (opened or answer_form(client.get(address))) | values
    response = client.post(address, {name: value for name, value in data.items() if value is not None})
    message.refresh_from_db()
    return response


def test_an_editor_assigns_and_answers_and_may_not_delete(mailbox):
    message, editor = store(), make_user("Editors")
    client = Client()
    client.force_login(editor)
    address = reverse("messages:edit", args=[message.pk])
    assert "jan@example.org" in client.get(address).content.decode()
    choices = {option["value"] for option in html(client.get(address)).find(id="id_assigned_to").find_all("option")}
    assert str(editor.pk) in choices and str(make_user("Translators").pk) not in choices
    answer(client, message, assigned_to=editor.pk, remark="Ik vraag het na.")
    assert (message.assigned_to, message.answered_at, message.remark) == (editor, None, "Ik vraag het na.")
    answer(client, message, is_answered="on")
    answered_at = message.answered_at
    assert answered_at and message.text == "Vraag 1"
    answer(client, message, text="forged")
    assert message.answered_at == answered_at and message.text == "Vraag 1"
    answer(client, message, is_answered=None)
    assert message.answered_at is None
    client.post(reverse("messages:delete", args=[message.pk]))
    assert Message.objects.exists()
    staff("Publishers").post(reverse("messages:delete", args=[message.pk]))
    assert not Message.objects.exists()
    assert not any("jan@" in f"{entry.label}{entry.data}" for entry in ModelLogEntry.objects.all())


def test_two_people_at_one_message_lose_nothing_of_each_other(mailbox):
    message, first, second = store(), staff("Editors"), staff("Publishers")
    opened = answer_form(second.get(reverse("messages:edit", args=[message.pk])))
    answer(first, message, is_answered="on")
    answered_at = message.answered_at
    answer(second, message, opened, remark="Hij belde ook.")
    assert (message.answered_at, message.remark) == (answered_at, "Hij belde ook.")
    refused = answer(first, message, opened, remark="Zij schreef al eens.")
    assert message.remark == "Hij belde ook."
    shown = html(refused)
    assert shown.find(id="id_remark").get_text(strip=True) == "Zij schreef al eens."
    assert "Hij belde ook." in shown.get_text()
    answer(first, message, answer_form(refused))
    assert (message.answered_at, message.remark) == (answered_at, "Zij schreef al eens.")


def test_translators_see_nothing_of_messages(mailbox):
    store()
    client = staff("Translators")
    assert "/admin/messages/" not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(reverse("messages:index")).status_code == 302


def test_nothing_is_exported(mailbox):
    store()
    for kind in ("csv", "xlsx"):
        sheet = staff().get(reverse("messages:index"), {"export": kind})
        body = b"".join(sheet.streaming_content) if sheet.streaming else sheet.content
        assert b"jan@" not in body and b"Vraag" not in body


@pytest.mark.sweep
def test_the_list_is_filtered_and_searched_with_as_many_queries_for_more(mailbox):
    me, other = make_user("Editors"), make_user("Publishers")
    store(1, text="Nieuw")
    store(2, text="Mijn", assigned_to=me, kind="barrier")
    store(3, text="Ander", assigned_to=other, language="fr")
    store(4, text="Klaar", assigned_to=me, answered_at=timezone.now())
    client = Client()
    client.force_login(me)
    index = reverse("messages:index")
    for query, found in {
        "": {"Nieuw", "Mijn", "Ander", "Klaar"},
        "state=open": {"Nieuw", "Mijn", "Ander"},
        "state=new": {"Nieuw"},
        "state=assigned": {"Mijn", "Ander"},
        "state=answered": {"Klaar"},
        "whose=mine": {"Mijn", "Klaar"},
        "whose=mine&state=open": {"Mijn"},
        "kind=barrier": {"Mijn"},
        "language=fr": {"Ander"},
        "q=klaar": {"Klaar"},
        "q=CDFH-0003": {"Ander"},
    }.items():
        assert set(listed(client.get(f"{index}?{query}"))) == found, query

    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get(index)
        return len(captured)

    few = count()
    for number in range(5, 40):
        store(number, assigned_to=other)
    assert count() == few


def test_messages_are_forgotten_a_year_after_the_answer_and_after_two_at_most(mailbox, settings):
    settings.MESSAGES_MONTHS, settings.MESSAGES_MONTHS_AT_MOST = 12, 24
    year, two = (months_before(timezone.localtime(), number) for number in (12, 24))
    store(1, answered_at=year - DAY, moment=year - 2 * DAY)
    store(2, answered_at=year + DAY, moment=year - 2 * DAY)
    store(3, moment=two - DAY)
    store(4, moment=two + DAY)
    printed = io.StringIO()
    call_command("forget_messages", stdout=printed)
    assert {message.text for message in Message.objects.all()} == {"Vraag 2", "Vraag 4"}
    assert printed.getvalue().startswith("Deleted 2:")


def test_the_form_says_when_messages_are_deleted(client, mailbox, settings):
    settings.MESSAGES_MONTHS, settings.MESSAGES_MONTHS_AT_MOST = 7, 19
    text = html(client.get(contact_path("en"))).main.text.replace("\u00a0", " ")
    assert "7 months after our answer" in text and "after 19 months at the latest" in text


def test_a_start_fills_in_the_mailbox_of_a_trial_and_leaves_that_of_staff(home, settings):
    settings.CONTACT_EMAIL = "trial@example.org"
    SiteSettings.load()
    command = "newsroom.management.commands.prepare_site.call_command"
    for before, after in (("", "trial@example.org"), (MAILBOX, MAILBOX)):
        SiteSettings.objects.update(contact_email=before)
        with mock.patch(command), mock.patch("django.core.management.base.BaseCommand.check"):
            call_command("prepare_site", stdout=io.StringIO())
        assert SiteSettings.load().contact_email == after
