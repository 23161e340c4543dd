"""What is published at the same moment, and the translation memory: written when its transaction has ended, in one order."""

from threading import Barrier

import pytest
from django.db import transaction

from directory.models import GlossaryTerm
from tests.building import make_home, make_standard
from tests.racing import outcomes
from tests.remembered import SENTENCES, make_page, remembered_texts, summaries
from translation_memory.signals import remember_entry

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_a_transaction_publishes_is_remembered_when_it_has_ended_well():
    home = make_home()
    with transaction.atomic():
        make_page(home, "one")
        assert SENTENCES["nl"] not in remembered_texts()
    assert SENTENCES["nl"] in remembered_texts()
    other = "Een tekst die niemand ooit zag."
    with transaction.atomic():
        make_standard(home, "two", **summaries(nl=other))
        transaction.set_rollback(True)
    assert other not in remembered_texts()


def test_two_who_publish_the_same_texts_in_another_order_wait_for_no_circle():
    both_have_begun = Barrier(2)
    texts = [{"definition_nl": f"Over {name}.", "definition_fr": f"À propos de {name}."} for name in ("een", "twee")]

    def publish(first, second):
        with transaction.atomic():
            remember_entry(GlossaryTerm, GlossaryTerm(pk=1, **first))
            both_have_begun.wait(timeout=30)
            remember_entry(GlossaryTerm, GlossaryTerm(pk=2, **second))

    assert outcomes(lambda: publish(*texts), lambda: publish(*texts[::-1])) == [None, None]
    assert remembered_texts() >= {"Over een.", "Over twee."}
