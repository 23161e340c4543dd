"""What staff do with messages, who may, and when messages are forgotten."""

import io
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from audience.models import Message
from audience.paths import contact_path
from pages.models import SiteSettings
from reporting.retention import months_before
from tests.building import make_user, staff
from tests.contact import DAY, MAILBOX, html
from tests.editor import form_with


def store(number=1, **values):
    values = {"kind": "question", "language": "nl", "text": f"Vraag {number}", "email": "jan@example.org"} | values
    return Message.objects.create(reference=f"CDFH-{number:04}", sending=str(number), **values)


def listed_messages(response):
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
        assert set(listed_messages(client.get(f"{index}?{query}"))) == found, query

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
    assert "7 months after our answer" in text and "19 months after your message at the latest" in text


def test_a_start_fills_in_the_mailbox_of_a_trial_and_leaves_that_of_staff(home, settings):
    settings.CONTACT_EMAIL = "trial@example.org"
    SiteSettings.load()
    command = "newsroom.management.commands.prepare_site.call_command"
    for before, after in (("", "trial@example.org"), (MAILBOX, MAILBOX)):
        SiteSettings.objects.update(contact_email=before)
        with mock.patch(command), mock.patch("django.core.management.base.BaseCommand.check"):
            call_command("prepare_site", stdout=io.StringIO())
        assert SiteSettings.load().contact_email == after
