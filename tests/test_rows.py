"""The rows of the whole database, out and in again."""

import pytest
from django.db import connection
from wagtail.models import Page

from tests.building import make_standard
from tests.rows import all_rows, difference, fill, put_back, repeat


@pytest.mark.django_db
def test_what_migrations_made_is_put_back_in_empty_tables(django_db_setup):
    fill(dict.fromkeys(django_db_setup, b""))
    assert not Page.objects.exists()
    fill(django_db_setup)
    assert all_rows() == django_db_setup
    assert Page.get_first_root_node()


@pytest.mark.django_db
def test_what_happened_happens_again(home):
    before = all_rows()
    make_standard(home)
    after = all_rows()
    connection.check_constraints()  # tables with checks that wait for the end of the transaction cannot be emptied
    fill(before)
    repeat(difference(before, after))
    assert in_order(all_rows()) == in_order(after)


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.delete(),
        lambda page: Page.objects.filter(pk=page.pk).update(title="Anders"),
        lambda page: make_standard(page),
    ],
    ids=["deleted", "changed", "made"],
)
def test_what_was_there_is_put_back_whatever_happened(home, change):
    before = all_rows()
    change(make_standard(home))
    put_back(before)
    connection.check_constraints()
    assert in_order(all_rows()) == in_order(before)


def in_order(rows):
    return {table: sorted(data.splitlines()) for table, data in rows.items()}
