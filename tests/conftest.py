"""Fixtures that many tests share."""

import pytest

from tests.building import make_home, make_mandate, make_section


@pytest.fixture
def home(db):
    return make_home()


@pytest.fixture
def section(home):
    return make_section(home)


@pytest.fixture
def mandate(section):
    return make_mandate(section)
