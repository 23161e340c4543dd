"""Words and questions of staff that are too long for the search: the message says so, and how long they may be."""

import pytest
from django.core.exceptions import ValidationError

from search.models import Promotion, Synonym
from search.question import MAX_LENGTH as LONGEST_QUESTION
from search.word_lengths import overlong_word
from search.words import MAX_LENGTH


def test_a_word_is_too_long_where_the_search_takes_it_for_none():
    assert overlong_word("werk " + "a" * MAX_LENGTH) == ""
    assert overlong_word("werk " + "a" * (MAX_LENGTH + 1)) == "a" * (MAX_LENGTH + 1)


@pytest.mark.parametrize(
    ("item", "field", "longest"),
    [
        (Promotion(language="nl", queries="werk\n" + "a" * 100), "queries", MAX_LENGTH),
        (Promotion(language="nl", queries="werk " * 1000), "queries", LONGEST_QUESTION),
        (Promotion(language="nl", queries="a" * 5000), "queries", LONGEST_QUESTION),
        (Synonym(words_nl="werk", words_fr="a" * 499), "words_fr", MAX_LENGTH),
    ],
)
def test_what_is_too_long_is_said_at_its_field(item, field, longest, db):
    with pytest.raises(ValidationError) as raised:
        item.clean()
    ((name, (message,)),) = raised.value.message_dict.items()
    assert name == field and str(longest) in message and len(message) < 200


def test_a_page_is_recommended_for_a_question_once_in_a_language(home):
    Promotion.objects.create(language="nl", queries="Werk; opleiding", page=home)
    again = Promotion(language="nl", queries="stage\nOPLEIDING", page=home)
    with pytest.raises(ValidationError) as raised:
        again.clean()
    assert "OPLEIDING" in raised.value.message_dict["queries"][0]
    for other in (
        Promotion(language="fr", queries="opleiding", page=home),
        Promotion(language="nl", queries="stage", page=home),
    ):
        other.clean()
    Promotion.objects.get().clean()
