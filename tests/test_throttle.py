"""The counter of attempts: each somebody has a count of its own, which a new window begins anew."""

from datetime import UTC, datetime, timedelta

import pytest

from delivery.throttle import AttemptCounter

BEGIN = datetime(2030, 1, 1, tzinfo=UTC)  # of a window, however many minutes it has


@pytest.mark.parametrize("seconds", [60, 3600])
def test_a_window_begins_anew_after_its_seconds_and_says_how_many_are_left(seconds):
    counter = AttemptCounter("test", seconds)
    moments = [BEGIN, BEGIN + timedelta(seconds=seconds - 1), BEGIN + timedelta(seconds=seconds)]
    assert [counter.add("somebody", moment) for moment in moments] == [1, 2, 1]
    assert [counter.seconds_left(moment) for moment in moments] == [seconds, 1, seconds]


def test_kinds_and_people_are_counted_apart_and_reading_adds_nothing():
    counter, other = AttemptCounter("test", 10**9), AttemptCounter("another", 10**9)  # windows that end in no test
    assert counter.add("somebody") == other.add("somebody") == counter.add("else") == 1
    assert counter.count("somebody") == counter.count("somebody") == 1 and counter.count("nobody") == 0


def test_a_key_names_nobody_and_is_another_in_the_next_window():
    counter = AttemptCounter("test", 60)
    assert "10.0.0.1" not in counter.key("10.0.0.1", 1) != counter.key("10.0.0.1", 2)
