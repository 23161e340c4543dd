"""Dates of which only the year or the month is known."""

import pytest
from django.core.exceptions import ValidationError

from directory.fields import clean_partial_date


@pytest.mark.parametrize("typed", ["5/0", "0/5", "5/0/2023", "0/2023", "0000", "2023-00", "2023-05-00", "--00-05", "--05-00"])
def test_a_zero_in_a_date_is_refused_and_not_taken_for_unknown(typed):
    with pytest.raises(ValidationError):
        clean_partial_date(typed)
