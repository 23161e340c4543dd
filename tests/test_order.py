"""Topics in the order of need: the one fact at the top, who chairs a network today, and few headings."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from languages.codes import LANGUAGES
from networks.chairs import chairs_of, first_day, last_day
from pages.date_phrases import term_period
from pages.models import TopicPage
from tests.content import KEYS, page_of

TODAY = date(2026, 11, 28)
MOST_HEADINGS = 8  # of the first rank
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
def test_the_list_of_chairs_has_no_hole_from_the_day_that_it_names(everybody, hidden, today):
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
        ("fr", "de juillet 2025 à juin 2027"),
        ("en", "since July 2025; the term runs until June 2027"),
    ],
)
def test_a_term_that_runs_says_since_when_and_until_when(language, words):
    with translation.override(language):
        assert term_period("2025-07", "2027-06") == words
    with translation.override("fr"):
        assert term_period("2025-10", "2027-04-01") == "d’octobre 2025 au 1er avril 2027"


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("key", KEYS)
def test_a_page_has_few_headings_of_the_first_rank_and_says_nothing_twice_at_its_top(rendered, key):
    for language in LANGUAGES:
        main = rendered[key, language].main
        headings = [heading.get_text(" ", strip=True) for heading in main.find_all("h2")]
        if isinstance(page_of(key).specific, TopicPage):
            assert len(headings) <= MOST_HEADINGS, headings
            assert main.select_one(".column > .lead") and not main.select(".opening .lead")
            assert main.select_one(".next-step").find_previous("h2") is None, "the action is the first section"
        assert len(set(headings)) == len(headings), headings


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
def test_the_first_lines_say_who_chairs_the_network(rendered):
    for language, words in (("nl", "Voorzitter"), ("fr", "Président"), ("en", "Chair")):
        fact = rendered["pes-network", language].select_one(".fact").get_text(" ", strip=True)
        assert fact.startswith(words) and "Protopsaltis" in fact and "2027" in fact
