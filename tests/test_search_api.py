"""The search for programs says what the page says, and whatever is wrong with a request is said in JSON."""

import re
from datetime import datetime

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actiris_site.settings import BASE_DIR
from search.limits import REQUESTS_PER_MINUTE
from search.models import Promotion
from search.paths import search_path
from search.search_counts import MIN_TIMES, frequent_questions
from tests.building import make_section, make_standard
from tests.caches import server_that_is_away

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    for name in caches:
        caches[name].clear()


def ask(query, language="nl", method="get", **options):
    return getattr(Client(), method)(f"{address(language)}?{query}", **options)


def address(language="nl"):
    return reverse("search_api", args=[language])


def recommend(page, queries, **others):
    return Promotion.objects.create(page_id=page.pk, queries=queries, language="nl", **others)


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
    response = Client(enforce_csrf_checks=True).post(address())
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


def test_whoever_only_asks_for_the_head_gets_the_same_without_the_text(home):
    full, head = ask("q=werk"), ask("q=werk", method="head")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == full.headers
    assert ask("q=", method="head").status_code == 400


@pytest.mark.parametrize("query", ["", "?q=%C3%A9t%C3%A9&page=2"])
def test_without_its_last_slash_the_address_leads_on_with_all_that_was_asked(home, query):
    response = Client().get(address("fr").rstrip("/") + query)
    assert (response.status_code, response.headers["Location"]) == (301, address("fr") + query)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.sweep
def test_whoever_asks_too_much_has_to_wait(home, monkeypatch):
    monkeypatch.setattr("delivery.throttle.timezone.now", lambda: datetime.fromisoformat("2030-01-01T00:00:10Z"))
    answers = [ask("q=de").status_code for _ in range(REQUESTS_PER_MINUTE + 1)]
    assert answers == [200] * REQUESTS_PER_MINUTE + [429]
    assert ask("q=de").headers["Retry-After"] == "50"
    assert ask("q=de", REMOTE_ADDR="192.0.2.1").status_code == 200


@pytest.mark.parametrize(
    ("one", "other", "is_shared"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
    ],
)
def test_a_household_shares_a_limit_and_neighbours_do_not(home, monkeypatch, one, other, is_shared):
    monkeypatch.setattr("delivery.throttle.timezone.now", lambda: datetime.fromisoformat("2030-01-01T00:00:10Z"))
    monkeypatch.setattr("search.limits.REQUESTS_PER_MINUTE", 1)
    assert ask("q=de", REMOTE_ADDR=one).status_code == 200
    assert ask("q=de", REMOTE_ADDR=other).status_code == (429 if is_shared else 200)


def test_a_cache_that_is_gone_keeps_nobody_from_an_answer(home, settings, caplog):
    settings.CACHES = dict.fromkeys(settings.CACHES, server_that_is_away())
    make_standard(home, summary_nl="Geheim.")
    assert ask("q=geheim").json()["total"] == 1
    assert caplog.text.count("does not answer") == 1, "one line for all that was counted"
    assert "geheim" not in caplog.text


def test_a_question_is_counted_as_on_the_page(home):
    section = make_section(home)
    for _time in range(MIN_TIMES - 2):
        ask("q=Qwertyuiop")
    ask(f"q=qwertyuiop&section={section.slug}")
    Client().get(search_path("nl", q="qwertyuiop"))
    for query, method in (("page=2", "get"), ("", "head"), ("section=none", "get")):
        ask(f"q=qwertyuiop&{query}", method=method)
    (row,) = frequent_questions(timezone.localdate())
    assert (row["language"], row["query"], row["searches"], row["without_result"]) == ("nl", "qwertyuiop", MIN_TIMES, MIN_TIMES)


def test_pages_that_we_recommend_come_first_and_once(home, settings):
    section = make_section(home)
    best, other = make_standard(home, "best"), make_standard(home, "other")
    recommend(best, "xyzzy", reason="Dit <b>helpt</b>.")
    recommend(other, "xyzzy")
    assert ask("q=XYZZY").json()["recommended"] == [
        {"heading": "best nl", "url": settings.SITE_URL + best.paths()["nl"], "reason": "Dit <b>helpt</b>."},
        {"heading": "other nl", "url": settings.SITE_URL + other.paths()["nl"], "reason": None},
    ]
    for query in ("q=xyzzy+werk", "q=xyzzy&page=2", f"q=xyzzy&section={section.slug}"):
        assert ask(query).json()["recommended"] == [], query
    assert ask("q=xyzzy", "fr").json()["recommended"] == []


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("query", "queries"),
    [("q=werk", 3), ("q=qwertyuiop", 3), ("q=werk+qwertyuiop", 3), ("q=werk&page=2", 2), ("q=-werk", 0), ("q=", 0)],
)
def test_an_answer_costs_few_queries(home, query, queries):
    """Those of `search.results`, and one for what we recommend."""
    for number in range(12):
        make_standard(home, f"page {number}", summary_nl="Werk.")
    ask("q=werk")
    with CaptureQueriesContext(connection) as captured:
        ask(query)
    assert len(captured) == queries


def test_the_document_names_every_field_that_is_answered_and_no_other(home):
    recommend(make_standard(home, "jongeren"), "jongeren")
    answer = ask("q=jongeren").json()
    text = (BASE_DIR / "docs" / "search-api.md").read_text()
    part = text.partition("## What is answered")[2].partition("## Errors")[0]
    rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
    documented = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert documented == answer.keys() | answer["results"][0].keys() | answer["recommended"][0].keys()
