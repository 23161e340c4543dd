"""What comes before and after a string in the list that somebody goes through."""

import pytest

from interface_strings.filters import FINE, TO_DO
from interface_strings.neighbours import neighbours

ROWS = [(1, TO_DO), (2, FINE), (3, TO_DO), (4, FINE)]


@pytest.mark.parametrize(
    ("own", "previous", "following", "previous_to_do", "next_to_do", "number"),
    [
        (1, None, 2, 3, 3, 1),
        (2, 1, 3, 1, 3, 2),
        (3, 2, 4, 1, 1, 3),
        (4, 3, None, 3, 1, 4),
        (9, None, 1, 3, 1, None),  # no longer in the list
    ],
)
def test_the_nearest_that_need_work_are_found_round_the_end_of_the_list(
    own, previous, following, previous_to_do, next_to_do, number
):
    assert neighbours(ROWS, own) == {
        "previous": previous,
        "next": following,
        "previous_to_do": previous_to_do,
        "next_to_do": next_to_do,
        "number": number,
        "total": 4,
    }


@pytest.mark.parametrize("rows", [[], [(1, TO_DO)], [(1, FINE)]])
def test_nothing_else_leads_nowhere(rows):
    around = neighbours(rows, 1)
    assert {around[name] for name in ("previous", "next", "previous_to_do", "next_to_do")} == {None}
