"""The mail of a message: one message arrives once, and mail that fails goes out later."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from audience import message_mail
from audience.models import Message
from audience.paths import contact_path
from pages.models import SiteSettings
from tests.building import make_home
from tests.contact import FILLED, MAILBOX, OWN, html, press, stamp_of, write
from tests.racing import outcomes

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
    settings.EMAIL_BACKEND = "tests.test_contact_mail.BrokenMail"
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
