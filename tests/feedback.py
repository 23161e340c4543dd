"""Readers who answer "Was this page useful?", at its form or as stored."""

import time
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

from bs4 import BeautifulSoup
from django.utils import translation

from audience.feedback_form import HONEYPOT
from audience.models import Feedback
from audience.paths import feedback_path

OWN = {"Origin": "http://testserver"}
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
INDEX = "feedback:index"


@contextmanager
def clock_set_back(ago):
    """Let what is signed be signed `ago`."""
    moment = time.time() - ago.total_seconds()
    with mock.patch("django.core.signing.time.time", return_value=moment):
        yield


def html(response):
    return BeautifulSoup(response.content.decode(), "html.parser")


def answer(client, page, language="nl", headers=OWN, follow=True, **typed):
    """Answer the question, as from the page itself; return what is shown then."""
    return client.post(feedback_path(language, page.slug), {HONEYPOT: "", **typed}, headers=headers, follow=follow)


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


def translate(message, language="nl"):
    with translation.override(language):
        return str(message)


def typed_in(response):
    """Return the answer and the comment that a form shows as filled in."""
    soup = html(response)
    radio = soup.find("input", {"name": "answer", "checked": True})
    return radio and radio["value"], soup.find("textarea").text.removeprefix("\n")


def give(page, number=1, **values):
    """Store feedback as readers would have."""
    values = {"language": "nl", "was_useful": True, **values}
    return Feedback.objects.bulk_create(Feedback(page_id=page.pk, **values) for _ in range(number))
