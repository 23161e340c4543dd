"""Drafts that are shared: somebody with a link, who opens it and writes."""

import time
from datetime import timedelta
from unittest import mock

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from audience import signatures
from audience.feedback_form import HONEYPOT
from draft_links.models import DraftLink
from draft_links.paths import comment_path, draft_path
from tests.building import make_standard, make_user
from tests.rows import same_again

OWN = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}  # as browsers say it of a page that lets no referrer out
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FILLED = {"name": "An Peeters", "text": "De eerste zin is te lang.\nSchrap “ook”."}


def share(page, user=None, **values):
    """Make a link to the draft of a page, which an editor shares for a week unless it is said otherwise."""
    values = {"for_whom": "Kabinet", "language": "nl", "expires_at": timezone.now() + 7 * DAY} | values
    return DraftLink.objects.create(page_id=page.pk, author=user or make_user("Editors"), **values)


def path_of(link, language=None):
    return draft_path(language or link.language or "nl", link.token)


def html(response):
    return BeautifulSoup(response.content.decode(), "lxml")


def stamp_of(link, ago=MINUTE):
    with mock.patch("django.core.signing.time.time", return_value=time.time() - ago.total_seconds()):
        return signatures.message_stamp(salt=f"draft_links.comments.{link.key}")


def write(client, link, language=None, headers=OWN, ago=MINUTE, follow=True, **typed):
    """Fill in the form for comments and send it; return what is shown then."""
    data = FILLED | {"stamp": stamp_of(link, ago), HONEYPOT: ""} | typed
    return client.post(comment_path(language or link.language or "nl", link.token), data, headers=headers, follow=follow)


def filled_in(response):
    """Return what the form on a page holds, as a browser sends it."""
    form = html(response).find("form", class_="form")
    fields = {area["name"]: area.text.removeprefix("\n") for area in form.find_all("textarea")}
    return fields | {field["name"]: field.get("value", "") for field in form.find_all("input")}


def press(client, link, response, headers=OWN, **mended):
    """Press the button of the form shown, at once; return what is shown then."""
    address = html(response).find("form", class_="form")["action"]
    return client.post(address, filled_in(response) | mended, headers=headers, follow=True)


def errors(response):
    """Return the messages of the error summary, each of which leads to its field."""
    soup = html(response)
    links = soup.select(".error-summary a")
    for link in links:
        assert soup.find(id=link["href"].removeprefix("#")), link
    return [link.text for link in links]


@pytest.fixture
def draft(home):
    """A page that nobody has published yet."""
    return same_again("draft", lambda: make_standard(home, "plan", live=False))
