"""Questions made by chance, asked over the starting content: each gets a clear answer, escaped, and in time.

`make test` asks a hundred, `make sweep` 20,000, in parts that several processes may share. A part asks the same each time:
its name is the seed. `ARGS=-rP` shows what it met: how many answers of each status, the median of the times and the longest.
"""

import json
from collections import Counter
from dataclasses import dataclass, replace
from html import escape
from ipaddress import ip_network
from statistics import median
from time import perf_counter
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.http import HttpResponse, JsonResponse, QueryDict
from django.test import Client
from django.urls import path, reverse
from lxml import html

from languages.codes import LANGUAGES
from pages.navigation import Navigation
from search.models import Word
from search.question import parse_question
from tests.fuzzing import ENTITIES, HTML, Fuzzer

pytestmark = pytest.mark.django_db

PATHS = {"page": "search", "suggestions": "search_suggestions", "api": "search_api"}
MEDIA_TYPES = {"suggestions": "application/x-suggestions+json", "api": "application/json"}
ROUND = ["page"] * 5 + ["suggestions"] * 8 + ["api"] * 7  # pages take the longest, and have the smallest share
FEW, MANY = 5, 50  # rounds
PARTS = [
    pytest.param("few", FEW, id="few"),
    *(pytest.param(f"part-{number}", MANY, id=f"part-{number}", marks=pytest.mark.sweep) for number in range(20)),
]
TOO_SLOW = 20  # times the median
REPEATS = 5
CLIENT = Client(raise_request_exception=False)  # each new one would set up all middleware anew; readers get no cookies
SENDERS = iter(ip_network("10.0.0.0/8"))
# Together they show whatever a page of the search may have, whoever asks.
HARMLESS = [
    "",
    "q=brussel",
    "q=brusel",
    "q=brussel&page=2",
    "q=qwertyuiop",
    "q=brussel+qwertyuiop",
    f"q={'brussel+' * 50}",
    "q=doppen",
    "q=ch%C3%B4mage",
    "q=jobless",
    "q=%00",
]


@dataclass(frozen=True)
class Answer:
    """What a kind of view answered in a language to a query string, and in how many seconds."""

    kind: str
    language: str
    query: bytes
    response: HttpResponse
    seconds: float


def ask(kind, language, query):
    """Return the `Answer` to a query string, asked by somebody who has not asked yet: the API answers nobody too often."""
    sender = str(next(SENDERS))
    before = transaction.savepoint()
    start = perf_counter()
    response = CLIENT.get(reverse(PATHS[kind], args=[language]), QUERY_STRING=query.decode("latin-1"), REMOTE_ADDR=sender)
    seconds = perf_counter() - start
    transaction.savepoint_rollback(before)  # a query that failed must not take those after it along
    assert not CLIENT.cookies
    lean = HttpResponse(response.content, status=response.status_code, headers=response.headers)  # of what the client keeps
    return Answer(kind, language, query, lean, seconds)


# --- Judging


def faults(answer, known_shapes):
    """Return what is wrong with an answer, in words; `known` are the shapes of elements that pages of the search may have."""
    response = answer.response
    if response.status_code not in (200, 400):
        return [f"status {response.status_code}"]
    if response.headers["Content-Type"].startswith("text/html"):
        # What no view is asked about, such as a NUL byte, gets the same page everywhere.
        is_expected = answer.kind == "page" or response.status_code == 400
        return list(page_faults(answer, known_shapes)) if is_expected else ["HTML"]
    return list(json_faults(answer))


def page_faults(answer, known_shapes):
    """The page has no element and no attribute that the question brought, and shows the question as it was understood."""
    page = parse(answer.response)
    yield from (f"not ours: {shape}" for shape in shapes(page) - known_shapes)
    if answer.response.status_code == 400:
        if not all(text(page, f"//main//{name}") for name in ("h1", "p")):
            yield "no message"
        return
    question = question_of(answer)
    if page.xpath("//input[@id='q']/@value") != [question.text]:
        yield "not the question in the field"
    shown = (breakable(text(page, way)) for way in ("//title", "//h2[@id='results']"))
    if question.terms and not all(breakable(question.text) in one for one in shown):
        yield "not the question in the title"


def json_faults(answer):
    """It is JSON, which no browser takes for a page, and it repeats the question or says what is wrong."""
    response = answer.response
    if response.headers["Content-Type"] != MEDIA_TYPES[answer.kind] or response.headers["X-Content-Type-Options"] != "nosniff":
        yield "a browser may take it for a page"
    try:
        content = json.loads(response.content)
    except ValueError:
        yield "no JSON"
        return
    if response.status_code == 400:
        if not content.get("error", {}).get("message"):
            yield "no message"
    elif answer.kind == "api" and content.get("query") != question_of(answer).text:
        yield "not the question"


def parse(response):
    return html.document_fromstring(response.content, parser=html.HTMLParser(encoding="utf-8"))


def shapes(page):
    """Return the shapes of the elements of a page: their names and those of their attributes. Comments have one too."""
    return {(getattr(one.tag, "__name__", one.tag), *sorted(one.keys())) for one in page.iter()}


def text(page, way):
    return "".join(element.text_content() for element in page.xpath(way))


def breakable(words):
    """Return a text with plain spaces: in what a page shows, those before French marks are typeset so that they never break."""
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def question_of(answer):
    return parse_question(QueryDict(answer.query, encoding="utf-8").get("q", ""))


def too_slow(answers, again):
    """Return those of the answers of a kind that took too long, and do so each time.

    Other tests assert no times. This one may, as it compares with the median of the same minutes on the same machine, and by
    twenty times. The clock on the wall is read, as no other knows of the time that PostgreSQL takes.
    A machine that is busy may make any answer wait: so one that took too long is asked for again, and its shortest time counts,
    from which chance can take nothing. `again` returns the seconds that an answer takes anew.
    """
    limit = TOO_SLOW * median(answer.seconds for answer in answers)
    return [answer for answer in answers if answer.seconds > limit and min(again(answer) for _ in range(REPEATS)) > limit]


def figures(kind, answers):
    """Return a line on what was measured."""
    statuses = Counter(answer.response.status_code for answer in answers)
    times = [1000 * answer.seconds for answer in answers]
    return f"{kind}: {dict(statuses)}, median {median(times):.1f} ms, longest {max(times):.1f} ms"


# --- Asking


@pytest.fixture(scope="module")
def known_shapes(loaded):
    """The shapes of the elements that pages have whatever is asked."""
    section = Navigation("nl").menu[0].slug
    queries = [*HARMLESS, f"q=brussel&section={section}"]
    answers = [ask("page", language, query.encode()) for language in LANGUAGES for query in queries]
    return set().union(*(shapes(parse(answer.response)) for answer in answers))


@pytest.mark.sweep
@pytest.mark.parametrize(("seed", "rounds"), PARTS)
def test_whatever_is_asked_gets_a_clear_answer_in_time(loaded, known_shapes, seed, rounds):
    words = list(Word.objects.order_by("language", "word").values_list("word", flat=True))
    fuzzer = Fuzzer(seed, words, [page.slug for page in Navigation("nl").menu])
    answers, wrong = {kind: [] for kind in PATHS}, []
    for number, kind in enumerate(ROUND * rounds):
        answer = ask(kind, LANGUAGES[number // len(ROUND) % len(LANGUAGES)], fuzzer.query())
        answers[kind].append(answer)
        wrong += [(kind, answer.language, answer.query, fault) for fault in faults(answer, known_shapes)]
    for kind, given in answers.items():
        print(figures(kind, given))
        slow = too_slow(given, lambda answer: ask(answer.kind, answer.language, answer.query).seconds)
        wrong += [(kind, answer.language, answer.query, f"{answer.seconds} s") for answer in slow]
        # Most of what is asked must come as far as the search itself.
        assert sum(answer.response.status_code == 200 for answer in given) > len(given) / 2
    assert not wrong


# --- The check can fail: a fault of each kind is seeded, and found


def broken(request, language):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


urlpatterns = [path("<language>/", broken, name="search_api")]


def test_a_view_that_fails_is_found_and_takes_nothing_along(loaded, settings):
    settings.ROOT_URLCONF = __name__
    assert faults(ask("api", "nl", b"q=werk"), set()) == ["status 500"]
    assert Word.objects.exists()


@pytest.fixture(scope="module")
def harmless(known_shapes):
    """The page that answers a question like any other."""
    return ask("page", "en", b"q=qwertyuiop")


@pytest.mark.parametrize("brought", [text for text in (*HTML, *ENTITIES) if set(text) & set('<"&')])
def test_a_question_that_is_not_escaped_is_found(harmless, known_shapes, brought):
    def answer_with(written):
        content = harmless.response.content.decode().replace("qwertyuiop", written)
        return replace(harmless, query=f"q={quote(brought)}".encode(), response=HttpResponse(content))

    assert list(faults(answer_with(escape(brought)), known_shapes)) == []
    assert list(faults(answer_with(brought), known_shapes))


@pytest.mark.parametrize(
    ("kind", "response", "fault"),
    [
        ("page", HttpResponse("<main><h1></h1><p>Why</p></main>", status=400), "no message"),
        ("page", HttpResponse("<title>a</title><input id=q value=a><h2 id=results>b</h2>"), "not the question in the title"),
        ("api", HttpResponse("<p>"), "HTML"),
        ("api", HttpResponse("{}", content_type="text/plain"), "a browser may take it for a page"),
        ("api", HttpResponse("{", content_type="application/json"), "no JSON"),
        ("api", JsonResponse({"query": "b"}), "not the question"),
        ("api", JsonResponse({"error": {"message": ""}}, status=400), "no message"),
        ("suggestions", JsonResponse({}, status=404), "status 404"),
    ],
)
def test_an_answer_that_is_not_clear_is_found(kind, response, fault):
    response.headers["X-Content-Type-Options"] = "nosniff"
    assert fault in faults(Answer(kind, "nl", b"q=a", response, 0), set())


@pytest.mark.parametrize(("repeated", "is_found"), [([21, 40, 21, 30, 90], True), ([21, 40, 19, 30, 90], False)])
def test_an_answer_that_is_always_slow_is_found_and_one_that_had_to_wait_is_not(repeated, is_found):
    answers, times = [Answer("page", "nl", b"", None, seconds) for seconds in (1, 1, 1, 20, 25)], iter(repeated)
    assert too_slow(answers, lambda answer: next(times)) == (answers[4:] if is_found else [])
