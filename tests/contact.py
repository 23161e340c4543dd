"""Visitors who write by the contact form, and the mailbox that their messages go to."""

import time
from datetime import timedelta
from unittest import mock

import pytest
from bs4 import BeautifulSoup

from audience import signatures
from audience.feedback_form import HONEYPOT
from audience.paths import contact_path
from pages.models import SiteSettings

OWN = {"Origin": "http://testserver"}
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
def mailbox(home, tasks_at_once):
    """The home page of a site that has a mailbox, and so a contact form."""
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
