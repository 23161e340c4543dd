"""Who chairs a network: the list of chairs has no break, and says who is in the chair and for how long."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from networks.chairs import chairs_of, first_day, last_day
from pages.date_phrases import term_period

TODAY = date(2026, 11, 28)
days = st.dates(date(2010, 1, 1), date(2030, 1, 1))


def term(start, end, **more):
    return {"from_date": start, "until": end, "person": f"{start} {end}", **more}


@st.composite
def partial_dates(draw):
    return draw(days).isoformat()[: draw(st.sampled_from((4, 7, 10)))]


@st.composite
def terms(draw):
    pairs = draw(st.lists(st.tuples(partial_dates(), partial_dates()), max_size=7))
    return [term(*sorted(pair)) if draw(st.booleans()) else term(min(pair), "") for pair in pairs]


@given(terms(), st.integers(0, 3), days)
def test_the_list_of_chairs_has_no_break_from_the_day_that_it_names(everybody, hidden, today):
    chairs = chairs_of(everybody, everybody[hidden:], "", today)
    assert {one["person"] for one in chairs.listed + chairs.earlier} == {one["person"] for one in everybody[hidden:]}
    if not chairs.listed:
        return
    spans = [(first_day(one), last_day(one) or date.max) for one in chairs.listed]
    day, end = min(first for first, _last in spans), max(last for _first, last in spans)
    if chairs.since:
        assert first_day({"from_date": chairs.since}) == day
    else:
        assert len(chairs.listed) == len(everybody)
    while day <= min(end, today):
        reach = max((last for first, last in spans if first <= day <= last), default=None)
        assert reach, f"{day} is without a chair"
        day = min(reach, date.max - timedelta(days=1)) + timedelta(days=1)


def test_a_hole_makes_the_list_say_from_when_on_it_is_whole():
    oldest, hidden = term("2014", "2016-06"), term("2016-06", "2018-12")
    last, now = term("2023-07", "2025-06"), term("2025-07", "2027-06")
    chairs = chairs_of([oldest, hidden, last, now], [oldest, last, now], "2014", TODAY)
    assert (chairs.now, chairs.listed, chairs.earlier) == ([now], [now, last], [oldest])
    assert (chairs.since, chairs.until) == ("2023-07", "")
    assert chairs_of([last, now], [last, now], "2023", TODAY).since == ""
    assert chairs_of([last, now], [last, now], "2014", TODAY).since == "2023-07", "the network is older than its list"


def test_nobody_is_said_to_be_in_the_chair_when_the_last_term_is_over():
    chairs = chairs_of([term("2023-07", "2025-06")], [term("2023-07", "2025-06")], "2023", TODAY)
    assert (chairs.now, chairs.until) == ([], "2025-06")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "sinds juli 2025; de ambtstermijn loopt tot en met juni 2027"),
        ("fr", "depuis juillet 2025\u00a0; le mandat dure jusqu’en juin 2027"),
        ("en", "since July 2025; the term runs until June 2027"),
    ],
)
def test_a_term_that_runs_says_since_when_and_until_when(language, words):
    with translation.override(language):
        assert term_period("2025-07", "2027-06") == words
    with translation.override("fr"):
        assert term_period("2025-10", "2027-04-01") == "depuis octobre 2025\u00a0; le mandat dure jusqu’au 1er avril 2027"
