"""Whatever is asked gets an answer, comes back escaped, and is marked in what was found."""

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from search.question import MAX_LENGTH
from tests.building import make_standard
from tests.searching import HOSTILE, page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.sampled(6)
def test_whatever_is_asked_gets_an_answer_and_comes_back_escaped(home, query):
    make_standard(home, summary_nl="Werk <script>alert(1)</script> a & b 'x' 1=1 日本語 word.")
    response = Client().get("/nl/zoeken/?q=" + quote(query, errors="surrogatepass"))
    assert response.status_code == 200
    content = response.content.decode()
    shown = BeautifulSoup(content, "html.parser")
    assert "<script>alert" not in content
    assert not shown.select("[onfocus]")
    assert len(shown.select("h1")) == 1


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=%00", 400),
        ("q=a%00b", 400),
        ("q=%ff%fe", 200),
        ("q=%c3", 200),
        ("q=%2500", 200),
        ("q", 200),
        ("&&=&", 200),
        ("q=a&q=b", 200),
        ("q=werk&section=%27%3B--", 200),
        ("q=werk&section=" + "9" * 5_000, 200),
        ("q=werk&page=%00", 400),
        ("q[]=1", 200),
        ("q=%ed%a0%80", 200),
    ],
)
@pytest.mark.sampled(4)
def test_broken_requests_get_a_clear_answer(home, query, status):
    assert Client().get(f"/nl/zoeken/?{query}").status_code == status


def test_other_encodings_change_nothing(home):
    assert Client().get("/nl/zoeken/?q=werk", CONTENT_TYPE="text/html; charset=utf-16").status_code == 200


def test_a_question_that_is_too_long_is_cut_with_a_word_to_the_reader(home):
    make_standard(home, summary_nl="Werk.")
    _response, shown = page("nl", q="werk " * 500)
    assert str(MAX_LENGTH) in shown.select_one(".notice").get_text()
    assert len(shown.select_one("input[name=q]")["value"]) <= MAX_LENGTH
    assert shown.select("ol.link-list > li")


def test_marks_are_put_around_words_and_never_trusted(home):
    make_standard(home, summary_nl="Het <b>werk</b> & <mark>meer</mark> werken.")
    response, shown = page("nl", q="werk")
    assert [mark.get_text() for mark in shown.select("mark")] == ["werk", "werken"]
    assert "Het &lt;b&gt;<mark>werk</mark>&lt;/b&gt; &amp; &lt;mark&gt;meer&lt;/mark&gt; <mark>werken</mark>." in (
        response.content.decode()
    )


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("asked", "marked"),
    [
        ("eulidstaten", ["EU-lidstaten"]),
        ("asbl", ["a.s.b.l"]),
        ("eulidstaten lidstaten", ["EU-lidstaten"]),
        ("jongeren-garantie", ["Jongerengarantie"]),
        ("regioelan", ["régio-élan"]),
    ],
)
def test_what_is_written_in_parts_on_one_side_only_is_marked_whole(asked, marked, home):
    make_standard(home, summary_nl="De EU-lidstaten, de Jongerengarantie, een a.s.b.l. en de régio-élan.")
    _response, shown = page("nl", q=asked)
    assert [mark.get_text() for mark in shown.select("mark")] == marked
