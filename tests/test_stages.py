"""What many tests begin with, and in which order tests come."""

import pytest

from tests.building import make_standard
from tests.stages import has_children, order_by_shares


@pytest.mark.parametrize("time", range(2))
def test_what_a_test_does_on_a_stage_is_taken_back(home, time):
    assert not has_children(home)
    make_standard(home)


def test_each_process_begins_with_its_share_of_the_tests_without_a_database():
    assert order_by_shares("abcd", range(8), 2) == ["a", "b", 0, 1, 2, 3, "c", "d", 4, 5, 6, 7]
    assert order_by_shares("abc", range(2), 2) == ["a", 0, "b", "c", 1]
    assert order_by_shares("", range(3), 2) == [0, 1, 2]
    assert order_by_shares("ab", range(2), 1) == ["a", "b", 0, 1]
