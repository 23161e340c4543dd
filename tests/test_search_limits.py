"""Who asks or types too much is told to wait."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from languages.codes import LANGUAGES
from search.paths import search_path
from tests.editor import translate
from tests.searching import page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_asks_too_much_is_told_how_long_to_wait(home, monkeypatch, language):
    monkeypatch.setattr("search.limits.QUESTIONS_PER_MINUTE", 2)
    monkeypatch.setattr("delivery.throttle.timezone.now", lambda: datetime.fromisoformat("2030-01-01T00:00:10Z"))
    answers = [page(language, q=question) for question in ("a", "", "b", "c")]
    assert [response.status_code for response, _shown in answers] == [200, 200, 200, 429], "an empty question is none"
    response, shown = answers[-1]
    assert response.headers["Retry-After"] == "50" and "no-store" in response.headers["Cache-Control"]
    word = "More searches came from your network within a minute than we can handle. Wait %(seconds)s seconds, then go on."
    assert translate(word, language, seconds="50") in shown.get_text()
    assert Client().get(search_path(language, q="d"), REMOTE_ADDR="10.0.0.9").status_code == 200


def test_whoever_types_too_much_gets_no_suggestions_for_a_while_and_can_still_ask(home, monkeypatch):
    monkeypatch.setattr("search.limits.SUGGESTIONS_PER_MINUTE", 1)
    answers = [Client().get(reverse("search_suggestions", args=["nl"]), {"q": "eu"}) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1].json() == ["eu", [], [], []]
    assert page("nl", q="eu")[0].status_code == 200
