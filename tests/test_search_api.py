"""The search for programs says what the page says, and whatever is wrong with a request is said in JSON."""

import re
from datetime import datetime

import pytest
from django.core.cache import cache
from django.test import Client

from actiris_site.settings import BASE_DIR
from search.addresses import API, search_path
from search.limits import A_MINUTE
from tests.building import make_standard

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    cache.clear()


def ask(query, language="nl", **options):
    return Client().get(f"{search_path(language)}{API}/?{query}", **options)


def test_what_is_found_is_what_the_page_shows(home, settings):
    shown = make_standard(home, summary_nl="Werk <b>in</b> Brussel.", summary_fr="Xyzzy.")
    response = ask("q=werk")
    (result,) = response.json()["results"]
    assert result["url"] == settings.SITE_URL + shown.paths()["nl"]
    assert result["passage"][0] == {"text": "Werk", "marked": True}
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert list(ask("q=xyzzy").json()["elsewhere"]) == ["fr"]


@pytest.mark.parametrize("query", ["", "q=+", "q=a&page=0", "q=a&page=x", "q=a&section=none", "q=a&other=1"])
def test_a_wrong_request_is_told_what_is_wrong(home, query):
    response = ask(query)
    assert response.status_code == 400
    assert set(response.json()["error"]) == {"code", "message"}


def test_only_reading_is_possible(home):
    response = Client(enforce_csrf_checks=True).post(f"{search_path('nl')}{API}/")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


def test_who_asks_too_much_has_to_wait(home, monkeypatch):
    monkeypatch.setattr("search.limits.timezone.now", lambda: datetime.fromisoformat("2030-01-01T00:00:10Z"))
    answers = [ask("q=de").status_code for _ in range(A_MINUTE + 1)]
    assert answers == [200] * A_MINUTE + [429]
    assert ask("q=de").headers["Retry-After"] == "50"
    assert ask("q=de", REMOTE_ADDR="192.0.2.1").status_code == 200


def test_the_document_names_every_field_that_is_answered_and_no_other(home):
    make_standard(home, "jongeren")
    answer = ask("q=jongeren").json()
    text = (BASE_DIR / "docs" / "search-api.md").read_text()
    part = text.partition("## What is answered")[2].partition("## Errors")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    documented = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert answer["results"]
    assert documented == answer.keys() | answer["results"][0].keys()
