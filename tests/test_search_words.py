"""Words, questions and passages, as plain texts: no database is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.passages import LONGEST as LONGEST_PASSAGE
from search.passages import passage
from search.question import LONGEST, MOST, Term, asked, replaced
from search.tsquery import spellings
from search.vocabulary import distance
from search.words import compounds, seen, tokens, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L’emploi et l'emploi", ["emploi", "et", "emploi"]),
        ("Europe’s, ODA’s", ["europe", "oda"]),
        ("aujourd’hui, puisqu’il", ["aujourd", "hui", "il"]),
        ("15-29", ["15", "29"]),
        ("1 600, 1.600 en 1,600", ["1600", "1600", "en", "1600"]),
        ("in 2020 178 keer", ["in", "2020", "178", "keer"]),
        ("2.500,5", ["2500", "5"]),
        ("12,500.50 en 12.500.50", ["12500", "50", "en", "12", "500", "50"]),
        ("view.brussels FSE+", ["view", "brussels", "fse"]),
        ("so\u00adcieux", ["socieux"]),
        ("e\u0301ducation", ["éducation"]),
        ("x" * 500, []),
        ("_a_b_", ["a", "b"]),
    ],
)
def test_words_are_what_readers_take_for_words(text, found):
    assert list(words(text)) == found


@given(st.text())
def test_words_hold_nothing_but_letters_and_digits_and_stand_where_they_are_said_to(text):
    text = seen(text)
    for token in tokens(text):
        assert text[token.start : token.end]
        assert not {"'", "\\", " ", "&", "|", "!", ":", "*", "<", "("} & set(token.word)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("de EU-lidstaten", ["eulidstaten"]),
        ("jusqu’aujourd’hui", ["aujourdhui"]),
        ("l’emploi, Europe’s", []),
        ("15-29, 12.500,50 en 2014–2020", []),
        ("view.brussels. Daarna", ["viewbrussels"]),
    ],
)
def test_what_is_written_in_parts_is_a_word_too(text, found):
    assert list(compounds(text)) == found


@given(st.lists(st.text("abcdé", min_size=2, max_size=9), min_size=2, max_size=4), st.sampled_from("-‑–’."))
def test_a_question_knows_the_whole_of_what_it_is_given_in_parts(parts, joiner):
    (term,) = asked(joiner.join(parts)).wanted
    assert (term.words, term.whole) == (tuple(parts), "".join(parts))
    assert asked("".join(parts)).wanted[0].words == (term.whole,)


def test_few_spellings_are_tried():
    assert spellings(asked("Saint-Gilles*").wanted[0]) == [("saint", "gilles"), ("st", "gilles"), ("saintgilles",)]
    assert spellings(asked("st*").wanted[0]) == [("st",)]
    assert len(spellings(asked("-".join(["st"] * 20)).wanted[0])) == 2


@given(st.text())
def test_any_text_is_a_question(text):
    question = asked(text)
    assert len(question.text) <= LONGEST
    assert len(question.wanted) <= MOST
    assert replaced(question, {}) == question.text


def test_a_question_is_taken_apart():
    question = asked("jonger* -werk “zoek de” 15-29")
    assert [(term.words, term.is_beginning) for term in question.wanted] == [
        (("jonger",), True), (("zoek", "de"), False), (("15", "29"), False),
    ]  # fmt: skip
    assert [term.words for term in question.unwanted] == [("werk",)]


@pytest.mark.parametrize("text", ["", " ", "-", "*", '""', "« »", "- *", "&|!()", "-werk", "\0", "…"])
def test_a_question_without_a_word_wants_nothing(text):
    assert asked(text).wanted == ()


def test_a_long_question_is_cut_between_words():
    question = asked("woord " * 100)
    assert question.was_cut
    assert question.text.endswith("woord")
    assert not asked("woord").was_cut


def test_words_of_a_question_are_replaced_where_they_stand():
    question = asked('de Brusel -brusel "in brusel" brusels')
    assert replaced(question, {"brusel": "brussel"}) == 'de brussel -brusel "in brussel" brusels'


def test_a_passage_is_the_one_that_says_most():
    text = "Een regel over niets.\nWerk zoeken.\nWerk zoeken in Brussel.\nBrussel."
    assert passage(text, {"werk", "brussel"}) == (("Werk", True), (" zoeken in ", False), ("Brussel", True), (".", False))
    assert passage(text, set()) == (("Een regel over niets.", False),)
    assert passage("", {"werk"}) == ()


@given(st.text(alphabet="ab\n <>&é’-", max_size=900), st.sets(st.sampled_from(["a", "b", "ab", "é"])))
def test_a_passage_is_made_of_one_line_of_the_text_and_stays_short(text, marks):
    pieces = passage(text, marks)
    shown = "".join(piece for piece, _is_marked in pieces)
    assert len(shown) <= LONGEST_PASSAGE + 4
    assert shown.removeprefix("… ").removesuffix(" …") in seen(text)
    assert all(words(piece) and words(piece)[0] in marks for piece, is_marked in pieces if is_marked)


def test_the_beginning_of_a_long_line_is_left_out_at_a_space():
    line = "ver " * 200 + "doel " + "weg " * 200
    shown = "".join(piece for piece, _is_marked in passage(line, {"doel"}))
    assert shown.startswith("… ver ")
    assert shown.endswith(" …")
    assert "doel" in shown


@pytest.mark.parametrize(
    ("one", "other", "steps"), [("wapes", "waeps", 1), ("werk", "werk", 0), ("", "abc", 3), ("kitten", "sitting", 3)]
)
def test_the_distance_of_two_words_is_the_number_of_slips(one, other, steps):
    assert distance(one, other) == distance(other, one) == steps


def test_a_term_is_a_value():
    assert Term(("a",)) == Term(("a",))
