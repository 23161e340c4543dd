"""Bars over time: the geometry of the chart of visits."""

from datetime import date, timedelta

import pytest

from drawings.bars import FLOOR, LABELS, TOP, WIDTH, bars, scale_step


def test_bars_stand_on_zero_are_to_scale_and_stay_within_the_drawing():
    drawn = bars([("a", [10, 0, 30]), ("b", [0, 0, 0]), ("c", [20, 0, 0])])
    first, second, third = drawn.parts
    assert (first.kind, second.kind, third.kind) == (1, 3, 1)
    assert second.height == pytest.approx(3 * first.height) and third.height == pytest.approx(2 * first.height)
    assert first.y + first.height == pytest.approx(FLOOR) and second.y + second.height == pytest.approx(first.y)
    assert all(part.y >= TOP and part.x + part.width <= WIDTH for part in drawn.parts)
    assert [label.text for label in drawn.scale] == [0, 10, 20, 30, 40]


def test_there_are_never_too_many_labels_and_an_empty_period_is_drawn():
    rows = [(str(date(2026, 1, 1) + timedelta(days=number)), [0, 0, 0]) for number in range(30)]
    assert 0 < len(bars(rows).names) <= LABELS and bars(rows).parts == []
    assert bars([]).parts == []


@pytest.mark.parametrize("highest", [0, 1, 3, 4, 5, 17, 99, 100, 101, 12_345_678])
def test_the_scale_reaches_the_highest_bar_and_not_far_above_it(highest):
    step = scale_step(highest)
    assert isinstance(step, int) and 4 * step >= highest
    assert highest < 4 or step < highest
