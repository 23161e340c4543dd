"""The limit of the month, asked for by several people at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from machine_drafts.use import LimitReached, reserve, used_characters

PEOPLE = 6


@pytest.mark.sweep
@pytest.mark.django_db(transaction=True)
def test_people_at_the_same_moment_do_not_pass_the_limit_together(settings):
    settings.MACHINE_DRAFTS_MONTHLY_CHARACTERS = 100
    together, outcomes = Barrier(PEOPLE), []

    def ask():
        try:
            together.wait(timeout=20)
            reserve(40)
            outcomes.append("counted")
        except LimitReached:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=ask) for _person in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == ["counted"] * 2 + ["refused"] * (PEOPLE - 2)
    assert used_characters() == 80
