"""What the benchmark makes of what it measured."""

import json
import subprocess
import sys
from itertools import count
from types import SimpleNamespace

import pytest
from django.conf import settings

from interface_strings.following import shown_strings
from interface_strings.models import StringsVersion
from search.words import words
from tests.bench import exchange, growth, lighthouse, search, size, table, visit_table
from tests.bench import report as everything
from tests.bench.__main__ import PARTS
from tests.bench.corpus import Corpus
from tests.bench.costs import WARM_UP, Visitor
from tests.bench.effort import BenchError
from tests.bench.site import OTHERS, TEMPLATES
from tests.bench.visits import Traffic, Visit

GOOD = {
    "requests": 4,
    "brotli": 9_000,
    "gzip": 10_000,
    "plain": 40_000,
    "script": 0,
    "page": 8_000,
    "page_gzip": 9_000,
    "html": 3_000,
    "pictures": 0,
    "lcp": 1200.4,
    "cls": 0.0,
}
PERFECT = dict.fromkeys(lighthouse.CATEGORIES, 100)


@pytest.mark.sweep
def test_it_measures_what_readers_and_staff_see():
    parts = ["--server", "--report", "--wire", "--growth", "--size", "--exchange"]
    command = [sys.executable, "-m", "tests.bench", "--quick", *parts]
    run = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-3000:]
    for name in ("bare view", "table, editor", "HTML + CSS", "delete the section", "cached/s", "read and judged, Word"):
        assert name in run.stdout, name


def sentences(**changed):
    return list(visit_table.over_budget({("home", "nl"): Visit(**GOOD | changed)}))


def test_a_visit_within_all_budgets_is_no_sentence_worth():
    assert sentences() == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"requests": 5}, "5 requests"),
        ({"gzip": 30_721}, "30,721 bytes on the wire"),
        ({"gzip": 102_401, "pictures": 1, "requests": 5}, "102,401 bytes on the wire"),
        ({"page": 14_337}, "14,337 bytes of HTML and style sheet in brotli"),
        ({"lcp": 2501}, "after 2,501 ms"),
        ({"cls": 0.2}, "move by 0.200"),
    ],
)
def test_each_budget_of_a_visit_can_be_exceeded(changed, words):
    (sentence,) = sentences(**changed)
    assert sentence.startswith("home, nl: ") and words in sentence


def test_a_page_with_pictures_may_weigh_more():
    assert sentences(gzip=90_000, pictures=2, requests=6) == []


def test_a_map_is_a_picture_and_the_icon_of_the_site_is_none():
    traffic = Traffic()
    for number, path in enumerate(["img/europe.1a2b.svg", "img/icon.3c4d.svg", "favicon.ico"]):
        url = f"http://localhost/static/{path}"
        traffic.received({"requestId": number, "type": "Other", "response": {"url": url, "mimeType": "image/svg+xml"}})
    assert [answer.picture for answer in traffic.answers.values()] == [True, False, False]


def test_the_look_for_edited_strings_is_no_query_of_a_page(section, mandate, monkeypatch):
    """The list makes as many as are allowed, and a process looks once a second."""
    requests, path = count(1), section.paths()["nl"]
    look = WARM_UP + 1  # in the first request that is measured
    monkeypatch.setattr(shown_strings, "follow", lambda: StringsVersion.current() if next(requests) == look else None)
    cost = Visitor().cost(path, SimpleNamespace(seconds=0, rounds=1))
    assert next(requests) > look and cost.queries <= table.MOST_QUERIES


@pytest.mark.parametrize("name", [*TEMPLATES, *(name for name, _language in OTHERS), "feedback"])
def test_no_page_has_a_budget_of_its_own(name):
    def over_budget(**changed):
        return list(visit_table.over_budget({(name, "fr"): Visit(**GOOD | changed)}))

    assert over_budget(page=14_336, gzip=30_720) == []
    assert len(over_budget(page=14_337, gzip=30_721)) == 2


def test_a_visit_is_a_row_with_its_language():
    *_, row = visit_table.table({("home", "nl"): Visit(**GOOD)})
    assert [cell.strip() for cell in row.strip("|").split("|")] == [
        "home",
        "nl",
        "4",
        "9,000",
        "10,000",
        "40,000",
        "0",
        "8,000",
        "9,000",
        "3,000",
        "1,200",
        "0.000",
    ]


def test_traffic_counts_what_came_over_the_wire_and_leaves_out_data_addresses():
    traffic = Traffic()
    for request, kind, url, mime in (
        ("1", "Document", "http://localhost/", "text/html"),
        ("2", "Script", "http://localhost/a.js", "text/javascript"),
        ("3", "Image", "data:image/png;base64,", "image/png"),
    ):
        traffic.received({"requestId": request, "type": kind, "response": {"url": url, "mimeType": mime}})
    for request, plain, wire in (("1", 100, 60.0), ("2", 30, 20.0), ("3", 9, 9.0)):
        traffic.data({"requestId": request, "dataLength": plain})
        traffic.finished({"requestId": request, "encodedDataLength": wire})
    assert (len(traffic.answers), traffic.total("plain"), traffic.total("wire")) == (2, 130, 80)
    assert traffic.total("plain", "Script") == 30


def report(score, weight=3, **others):
    """Return a report of Lighthouse in which one audit of every category got `score`."""
    categories = {
        name: {"score": score, "auditRefs": [{"id": "an-audit", "weight": weight}, {"id": "a-hint", "weight": 0}]}
        for name in lighthouse.CATEGORIES
    }
    audits = {"an-audit": {"score": score, "title": "A title"}, "a-hint": {"score": 0, "title": "A hint"}}
    return json.loads(json.dumps({"requestedUrl": "http://localhost/", "categories": categories, "audits": audits} | others))


def test_a_report_of_lighthouse_is_read_as_points_and_what_took_some():
    assert lighthouse.read(report(1)) == (PERFECT, [])
    scores, audits = lighthouse.read(report(0.5))
    assert set(scores.values()) == {50}
    assert audits == [f"{name}: an-audit (A title)" for name in lighthouse.CATEGORIES]


def test_a_page_that_lighthouse_cannot_load_ends_the_run():
    with pytest.raises(BenchError, match="No document"):
        lighthouse.read(report(1, runtimeError={"code": "NO_DOCUMENT_REQUEST", "message": "No document"}))


def test_pages_that_are_not_for_search_engines_get_no_points_for_them():
    reports = {
        ("home", "nl"): ({**PERFECT, "seo": 90}, ["seo: canonical (Wrong)"]),
        ("not found", "nl"): ({**PERFECT, "seo": 60}, ["seo: is-crawlable (Blocked)"]),
    }
    assert list(visit_table.below_hundred(reports)) == ["home, nl: seo 90, and 100 is wanted: canonical (Wrong)."]
    *_, row = visit_table.lighthouse_table(reports)
    assert row.rstrip(" |").endswith("–")


def test_the_table_of_everything_has_a_budget_too():
    assert list(everything.over_budget("table, editor", 12, 1000)) == []
    assert [sentence.split(": ")[-1] for sentence in everything.over_budget("table, editor", 13, 1001)] == [
        "13 queries, and 12 are allowed.",
        "1001 ms of CPU, and 1,000 are allowed.",
    ]


def test_growth_has_budgets_too():
    rows = [growth.Row("publish a page", 20, 0.5, 1.1), growth.Row("rename the section", 20, 0.5, 2.1)]
    assert [sentence.partition(": ")[2] for sentence in growth.over_budget(rows, 201)] == [
        "1.1 s, and 1 are allowed.",
        "2.1 s, and 2 are allowed.",
        "201 MB, and 200 are allowed.",
    ]
    assert list(growth.over_budget([growth.Row("publish a page", 20, 0.5, 1), growth.Row("move", 9, 1, 2)], 200)) == []


def test_many_pages_may_change_no_figure_by_more_than_a_tenth():
    within = [
        size.Row("home", "CPU ms", 10, 10.9),
        size.Row("home", "kept/s", 1000, 910),
        size.Row("home", "304/s", 1000, 2000),
    ]
    assert list(size.over_budget(within)) == []
    beyond = [size.Row("home", "CPU ms", 10, 11.2), size.Row("home", "kept/s", 1000, 880), size.Row("home", "queries", 5, 6)]
    assert [sentence.partition(",")[0] for sentence in size.over_budget(beyond)] == [
        "home: CPU ms +12%",
        "home: kept/s -12%",
        "home: queries +20%",
    ]


def test_the_exchange_has_budgets_that_grow_with_the_texts():
    rows = [exchange.Row("made", "out", 4, 9), exchange.Row("written", "out", 7, 101), exchange.Row("read", "back", 31, 9)]
    assert [sentence.partition(": ")[2] for sentence in exchange.over_budget(rows, 10_000)] == [
        "written: 11.0 s, and 10.0 are allowed.",
        "written: 101 MB more, and 100 are allowed.",
        "read: 31.0 s, and 30.0 are allowed.",
    ]
    assert len(list(exchange.over_budget(rows, 20_000))) == 1


def test_each_part_of_a_run_has_its_place_in_the_document(tmp_path, monkeypatch):
    document = tmp_path / "benchmarks.md"
    document.write_text(table.DOCUMENT.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(table, "DOCUMENT", document)
    for part in PARTS:
        table.write(part, f"| {part} |")
        assert f"<!-- {part} -->\n\n| {part} |\n\n<!-- end of {part} -->" in document.read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="must hold"):
        table.write("nothing", "")


# --- The search


def search_sentences(**changed):
    """Return what is said of the search when its figures among many pages are good, but for some."""
    good = {"queries": 2, "sql": (8.0, 20.0), "wall": (14.0, 30.0)}
    few = search.Cost(2, (6.0, 20.0), (12.0, 28.0))
    costs = dict.fromkeys((search.OURS, search.SUGGESTING), few)
    return list(search.over_budget({search.FEW: costs, search.MANY: costs | {search.OURS: search.Cost(**good | changed)}}))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, []),
        ({"queries": 4}, ["4 queries"]),
        ({"sql": (11.0, 20.0)}, ["11.0 ms in the database"]),
        ({"sql": (31.0, 40.0)}, ["31.0 ms in the database", "5.2 times the time for 10 times the pages"]),
    ],
)
def test_each_budget_of_the_search_can_be_exceeded(changed, words):
    sentences = search_sentences(**changed)
    assert len(sentences) == len(words)
    assert all(sentence.startswith("search: ") and word in sentence for sentence, word in zip(sentences, words, strict=True))


@pytest.mark.django_db
def test_the_texts_of_many_pages_are_the_same_in_each_run_and_hold_common_and_rare_words(loaded):
    one, other = Corpus("nl"), Corpus("nl")
    texts = [one.paragraphs() for _ in range(20)]
    assert texts == [other.paragraphs() for _ in range(20)]
    vocabulary = words(" ".join(texts))
    assert "de" in vocabulary and set(vocabulary) & set(one.rare) and set(vocabulary) - set(one.rare)
