"""The memory where a form was open while somebody else saved."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from languages import alignment
from languages.codes import LANGUAGES
from languages.concurrent_edits import rebasing
from languages.lags import lags
from tests.memories import AGREED, advance, behind, keys, unit


def together(opened, theirs, mine):
    """Return the memory after somebody who opened `opened` saves `mine` on top of what another made of it, `theirs`.

    All three are texts of one unit by language; `mine` holds only what was typed.
    """
    start = advance({}, unit(**opened))
    latest = advance(start, unit(**(opened | theirs)))
    merged = unit(**(opened | theirs | mine))
    memory = rebasing.rebase(start, start["now"], latest, alignment.digests_of([merged]))
    known = alignment.texts_by_digest([unit(**opened)], latest)
    return alignment.advance(memory, [merged], known_texts=known)


def test_two_people_who_each_change_one_language_have_not_seen_each_other():
    assert behind(together(AGREED, {"nl": "twee"}, {"fr": "deux"})) == {("body.1", "fr"), ("body.1", "en")}
    assert behind(together(AGREED, {"fr": "deux"}, {"nl": "twee"})) == {("body.1", "nl"), ("body.1", "en")}


def test_what_one_person_changed_together_stays_together():
    both = {"nl": "twee", "fr": "deux", "en": "two"}
    assert behind(together(AGREED, both, {})) == behind(together(AGREED, {}, both)) == set()
    assert behind(together(AGREED, {"en": "two"}, {"nl": "twee", "fr": "deux"})) == {("body.1", "nl"), ("body.1", "fr")}


def test_whoever_did_not_touch_a_text_finds_it_as_the_other_left_it():
    assert behind(together(AGREED, {"nl": "twee"}, {})) == {("body.1", "fr"), ("body.1", "en")}


def test_a_save_that_comes_late_forgets_nothing_that_was_confirmed_after_it_was_sent():
    start, after = advance({}, unit(**AGREED)), unit(**(AGREED | {"nl": "twee"}))
    sent = alignment.advance(start, [after])
    confirmed = alignment.advance(start, [after], keys(sent, "fr"))
    late = alignment.advance(rebasing.rebase(start, sent["now"], confirmed, alignment.digests_of([after])), [after])
    assert behind(sent) == {("body.1", "fr"), ("body.1", "en")} and behind(late) == behind(confirmed) == {("body.1", "en")}


@pytest.mark.parametrize("theirs", [{}, {"en": "two"}])
@pytest.mark.parametrize("mine", [{}, {"en": "three"}])
def test_what_was_confirmed_meanwhile_stays_whatever_is_typed_in_a_third_language(theirs, mine):
    text = AGREED | {"nl": "twee"}
    opened = advance(advance({}, unit(**AGREED)), unit(**text))
    latest = advance(opened, unit(**(text | theirs)), confirmed=[key for key in keys(opened, "fr") if ":nl=" in key])
    merged = unit(**(text | theirs | mine))
    memory = rebasing.rebase(opened, opened["now"], latest, alignment.digests_of([merged]))
    behind_dutch = {
        lag.language for lag in lags(alignment.advance(memory, [merged])) if "nl" in [twin for twin, _then, _now in lag.twins]
    }
    assert "fr" not in behind_dutch


changes = some.dictionaries(some.sampled_from(LANGUAGES), some.sampled_from(["x", "y"]))


@given(changes, changes)
def test_nothing_is_in_step_with_a_text_that_its_author_never_saw(theirs, mine):
    theirs = {code: text for code, text in theirs.items() if code not in mine}  # the same text at once is a conflict
    memory = together(AGREED, theirs, {code: f"{text} mine" for code, text in mine.items()})
    for code in mine:
        twins = {twin[0] for lag in lags(memory) if lag.language == code for twin in lag.twins}
        assert twins == set(theirs)


@given(changes)
def test_without_anybody_else_it_is_the_same_as_ever(mine):
    start = advance({}, unit(**AGREED))
    after = unit(**(AGREED | mine))
    alone = alignment.advance(start, [after])
    memory = rebasing.rebase(start, start["now"], start, alignment.digests_of([after]))
    assert lags(alignment.advance(memory, [after])) == lags(alone)
