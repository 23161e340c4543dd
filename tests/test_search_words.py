"""Words, questions and passages, as plain texts: no database is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.passages import MAX_LENGTH as MAX_PASSAGE_LENGTH
from search.passages import passage
from search.question import MAX_LENGTH, MAX_TERMS, QueryTerm, parse_question, replace_words
from search.tsquery import spellings
from search.vocabulary import distance
from search.words import compounds, tokens, visible_text, words


@pytest.mark.parametrize(
    ("text", "expected"),
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
def test_words_are_what_readers_take_for_words(text, expected):
    assert list(words(text)) == expected


@given(st.text())
def test_words_hold_nothing_but_letters_and_digits_and_stand_where_they_are_said_to(text):
    text = visible_text(text)
    for token in tokens(text):
        assert text[token.start : token.end]
        assert not {"'", "\\", " ", "&", "|", "!", ":", "*", "<", "("} & set(token.word)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("de EU-lidstaten", ["eulidstaten"]),
        ("jusqu’aujourd’hui", ["aujourdhui"]),
        ("l’emploi, Europe’s", []),
        ("15-29, 12.500,50 en 2014–2020", []),
        ("view.brussels. Daarna", ["viewbrussels"]),
    ],
)
def test_what_is_written_in_parts_is_a_word_too(text, expected):
    assert list(compounds(text)) == expected


@given(st.lists(st.text("abcdé", min_size=2, max_size=9), min_size=2, max_size=4), st.sampled_from("-‑–’."))
def test_a_question_knows_the_whole_of_what_it_is_given_in_parts(parts, joiner):
    (term,) = parse_question(joiner.join(parts)).terms
    assert (term.words, term.compound) == (tuple(parts), "".join(parts))
    assert parse_question("".join(parts)).terms[0].words == (term.compound,)


def test_few_spellings_are_tried():
    assert spellings(parse_question("Saint-Gilles*").terms[0]) == [("saint", "gilles"), ("st", "gilles"), ("saintgilles",)]
    assert spellings(parse_question("st*").terms[0]) == [("st",)]
    assert len(spellings(parse_question("-".join(["st"] * 20)).terms[0])) == 2


@given(st.text())
def test_any_text_is_a_question(text):
    question = parse_question(text)
    assert len(question.text) <= MAX_LENGTH
    assert len(question.terms) <= MAX_TERMS
    assert replace_words(question, {}) == question.text


def test_a_question_is_taken_apart():
    question = parse_question("jonger* -werk “zoek de” 15-29")
    assert [(term.words, term.is_beginning) for term in question.terms] == [
        (("jonger",), True),
        (("zoek", "de"), False),
        (("15", "29"), False),
    ]
    assert [term.words for term in question.excluded] == [("werk",)]


@pytest.mark.parametrize("text", ["", " ", "-", "*", '""', "« »", "- *", "&|!()", "-werk", "\0", "…"])
def test_a_question_without_a_word_wants_nothing(text):
    assert parse_question(text).terms == ()


def test_a_long_question_is_cut_between_words():
    question = parse_question("woord " * 100)
    assert question.was_cut
    assert question.text.endswith("woord")
    assert not parse_question("woord").was_cut


def test_words_of_a_question_are_replaced_where_they_stand():
    question = parse_question('de Brusel -brusel "in brusel" brusels')
    assert replace_words(question, {"brusel": "brussel"}) == 'de brussel -brusel "in brussel" brusels'


def test_a_passage_is_the_one_that_says_most():
    text = "Een regel over niets.\nWerk zoeken.\nWerk zoeken in Brussel.\nBrussel."
    assert passage(text, {"werk", "brussel"}) == (("Werk", True), (" zoeken in ", False), ("Brussel", True), (".", False))
    assert passage(text, set()) == (("Een regel over niets.", False),)
    assert passage("", {"werk"}) == ()


def test_what_the_heading_says_already_chooses_no_passage():
    text = "Het netwerk van diensten.\nZij zat het netwerk voor.\nVoor 2 jaar, zegt het netwerk."
    marks, said = {"netwerk", "voor"}, {"netwerk"}
    assert "".join(piece for piece, _is_marked in passage(text, marks, said=said)) == "Zij zat het netwerk voor."
    assert ("netwerk", True) in passage(text, marks, said=said)  # it is marked all the same
    assert "".join(piece for piece, _is_marked in passage(text, said, said=said)) == "Het netwerk van diensten."


@given(st.text(alphabet="ab\n <>&é’-", max_size=900), st.sets(st.sampled_from(["a", "b", "ab", "é"])))
def test_a_passage_is_made_of_one_line_of_the_text_and_stays_short(text, marks):
    pieces = passage(text, marks)
    shown = "".join(piece for piece, _is_marked in pieces)
    assert len(shown) <= MAX_PASSAGE_LENGTH + 4
    assert shown.removeprefix("… ").removesuffix(" …") in visible_text(text)
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
    assert QueryTerm(("a",)) == QueryTerm(("a",))
