"""Which texts have fallen behind: the memory on its own."""

import json
from itertools import permutations

import pytest
from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from languages import alignment
from languages.codes import LANGUAGES
from languages.lags import lags, official_lags, unexcused_lags
from languages.states import text_states
from languages.units import Unit
from tests.memories import advance, behind, keys, unit


@pytest.mark.parametrize(("moving", "twin", "third"), list(permutations(LANGUAGES)))
def test_whichever_language_moves_first_the_others_are_behind(moving, twin, third):
    memory = advance({}, unit(nl="een", fr="un", en="one"), unit("heading", nl="a", fr="b"))
    assert behind(memory) == set()
    memory = advance(memory, unit(**{**{"nl": "een", "fr": "un", "en": "one"}, moving: "1"}), unit("heading", nl="a", fr="b"))
    assert behind(memory) == {("body.1", twin), ("body.1", third)}


def test_the_first_text_there_is_makes_nobody_lag_and_a_missing_one_is_not_behind():
    memory = advance({}, unit(nl="een"))
    memory = advance(memory, unit(nl="twee"))
    assert behind(memory) == set()
    memory = advance(memory, unit(nl="twee", fr="deux"))
    assert behind(memory) == set()


def test_whoever_follows_agrees_and_the_first_is_not_behind_in_turn():
    memory = advance({}, unit(nl="een", fr="un"))
    memory = advance(memory, unit(nl="twee", fr="un"))
    memory = advance(memory, unit(nl="twee", fr="deux"))
    assert behind(memory) == set() and memory["since"] == {} and memory["was"] == {}


def test_two_languages_changed_together_agree_and_the_third_is_behind_both():
    memory = advance(advance({}, unit(nl="een", fr="un", en="one")), unit(nl="twee", fr="deux", en="one"))
    (lag,) = lags(memory)
    assert lag.language == "en" and [twin[0] for twin in lag.twins] == ["nl", "fr"]


def test_a_change_taken_back_leaves_nothing_behind():
    memory = advance(advance({}, unit(nl="een", fr="un")), unit(nl="twee", fr="un"))
    assert behind(advance(memory, unit(nl=" een ", fr="un"))) == set()


def test_an_emptied_text_comes_back_as_it_was_or_behind_what_changed_meanwhile():
    start = advance({}, unit(nl="een", fr="un"))
    emptied = advance(start, unit(nl="een"))
    assert behind(emptied) == set()
    assert behind(advance(emptied, unit(nl="een", fr="un"))) == set()
    assert behind(advance(advance(emptied, unit(nl="twee")), unit(nl="twee", fr="un"))) == {("body.1", "fr")}


def test_what_is_still_correct_is_behind_again_after_the_next_change():
    memory = advance(advance({}, unit(nl="een", fr="un")), unit(nl="één", fr="un"))
    memory = advance(memory, unit(nl="één", fr="un"), confirmed=keys(memory))
    assert behind(memory) == set()
    assert behind(advance(memory, unit(nl="twee", fr="un"))) == {("body.1", "fr")}


def test_what_was_found_correct_beside_another_text_is_not_confirmed_beside_this_one():
    opened = advance({}, unit(nl="een", fr="un"))
    seen = keys(advance(opened, unit(nl="één", fr="un")))
    assert behind(advance(opened, unit(nl="één", fr="un"), confirmed=seen)) == set()
    assert behind(advance(opened, unit(nl="twee", fr="un"), confirmed=seen)) == {("body.1", "fr")}


def test_of_three_languages_one_can_be_found_correct_and_another_stay_behind():
    memory = advance(advance({}, unit(nl="een", fr="un", en="one")), unit(nl="één", fr="un", en="one"))
    memory = advance(memory, unit(nl="één", fr="un", en="one"), confirmed=keys(memory, "fr"))
    assert behind(memory) == {("body.1", "en")}


def test_what_the_twin_said_when_they_agreed_is_kept_until_they_agree_again():
    memory = advance({}, unit(nl="een", fr="un"))
    before = [unit(nl="een", fr="un")]
    memory = alignment.advance(memory, [unit(nl="twee", fr="un")], known_texts=alignment.texts_by_digest(before))
    (lag,) = lags(memory)
    (twin,) = lag.twins
    assert (twin[0], memory["was"][twin[1]]) == ("nl", "een")
    memory = alignment.advance(
        memory, [unit(nl="drie", fr="un")], known_texts=alignment.texts_by_digest([unit(nl="twee", fr="un")])
    )
    (lag,) = lags(memory)
    assert memory["was"][lag.twins[0][1]] == "een"


def test_addresses_slugs_and_own_words_have_no_twin_to_fall_behind():
    for kind in alignment.UNCOMPARED_KINDS:
        first = alignment.advance({}, [Unit("a", {"nl": "x", "fr": "y", "en": ""}, "", kind)])
        assert behind(alignment.advance(first, [Unit("a", {"nl": "z", "fr": "y", "en": ""}, "", kind)])) == set()


def test_a_block_limited_to_one_language_has_no_twin():
    only = Unit("a", {"nl": "x", "fr": "y", "en": ""}, "", languages=("nl",))
    changed = Unit("a", {"nl": "z", "fr": "y", "en": ""}, "", languages=("nl",))
    assert behind(advance(advance({}, only), changed)) == set()


@pytest.mark.parametrize("shown_in", [("nl",), ("fr",), ("nl", "en")])
def test_a_block_that_was_limited_for_a_while_is_as_far_behind_as_before(shown_in):
    memory = advance(advance({}, unit(nl="een", fr="un", en="one")), unit(nl="twee", fr="un", en="one"))
    was = behind(memory)
    limited_unit = Unit("body.1", {"nl": "twee", "fr": "un", "en": "one"}, "text", languages=shown_in)
    memory = advance(advance(memory, limited_unit), unit(nl="twee", fr="un", en="one"))
    assert behind(memory) == was and ("body.1", "fr") in was


def test_what_changed_while_a_block_was_limited_is_noticed_when_it_is_not():
    def limited_unit(nl):
        return Unit("body.1", {"nl": nl, "fr": "un", "en": ""}, "text", languages=("nl",))

    memory = advance(advance(advance({}, unit(nl="een", fr="un")), limited_unit("een")), limited_unit("twee"))
    assert behind(memory) == set()
    assert behind(advance(memory, unit(nl="twee", fr="un"))) == {("body.1", "fr")}


def test_a_copy_of_a_block_is_as_far_behind_as_the_first_one_also_when_that_is_deleted():
    memory = advance(advance({}, unit(nl="een", fr="un")), unit(nl="twee", fr="un"))
    copied = advance(memory, unit(nl="twee", fr="un"), unit("body.2", nl="twee", fr="un"))
    assert behind(copied) == {("body.1", "fr"), ("body.2", "fr")}
    assert behind(advance(memory, unit("body.2", nl="twee", fr="un"))) == {("body.2", "fr")}
    assert behind(advance(memory, unit("body.2", nl="twee", fr="deux"))) == set()


def test_english_never_holds_up_publication():
    memory = advance(advance({}, unit(nl="een", fr="un", en="one")), unit(nl="een", fr="un", en="two"))
    assert behind(memory) == {("body.1", "nl"), ("body.1", "fr")} and official_lags(memory) == []
    memory = advance(advance({}, unit(nl="een", fr="un", en="one")), unit(nl="twee", fr="un", en="one"))
    assert [(lag.language, lag.twins[0][0]) for lag in official_lags(memory)] == [("fr", "nl")]


def test_a_reason_holds_until_the_text_changes_again():
    memory = advance(advance({}, unit(nl="een", fr="un")), unit(nl="twee", fr="un"))
    assert len(unexcused_lags(memory)) == 1
    memory = alignment.excuse(memory, "The translation comes tomorrow.")
    assert unexcused_lags(memory) == []
    assert unexcused_lags(advance(memory, unit(nl="twee", fr="un"))) == []
    assert len(unexcused_lags(advance(memory, unit(nl="drie", fr="un")))) == 1


def test_a_reason_holds_for_the_texts_for_which_it_is_given_and_stays_with_who_gave_it():
    memory = advance({}, unit(nl="een", fr="un"), unit("body.2", nl="drie", fr="trois"))
    first = alignment.excuse(advance(memory, unit(nl="twee", fr="un"), unit("body.2", nl="drie", fr="trois")), "Why.", 1)
    memory = advance(first, unit(nl="twee", fr="un"), unit("body.2", nl="vier", fr="trois"))
    same = alignment.excuse(memory, "Why.", 2, first["excused"]["texts"])
    assert [lag.address for lag in unexcused_lags(same)] == ["body.2"] and same["excused"]["by"] == 1
    assert alignment.excuse(memory, "Why.", 2, [])["excused"] == first["excused"]
    more = alignment.excuse(memory, "Why.", 2)
    assert unexcused_lags(more) == [] and more["excused"]["by"] == 2


def test_the_memory_is_plain_json_and_small_while_all_agree():
    texts = [unit(f"body.{number}", nl="een", fr="un", en="one") for number in range(80)]
    memory = advance({}, *texts)
    assert json.loads(json.dumps(memory)) == memory and len(json.dumps(memory)) < 10_000


class Life(RuleBasedStateMachine):
    """Any sequence of edits, saves, reverts, copies and confirmations, beside a plain account of the same: for each pair of
    languages, the two texts with which they last agreed."""

    @initialize()
    def begin(self):
        self.texts = dict.fromkeys(LANGUAGES, "")
        self.memory, self.agreed = {}, {}
        self.versions = []
        self.save([])

    def save(self, confirmed):
        self.memory = advance(self.memory, unit(**self.texts), confirmed=keys(self.memory, *confirmed) if confirmed else [])
        for pair in permutations(LANGUAGES, 2):
            now = tuple(self.texts[code].strip() for code in pair)
            then = self.agreed.get(pair)
            if not all(now):
                continue
            together = then is None or all(a != b for a, b in zip(then, now, strict=True))
            # Somebody finds the one that stayed as it was still correct beside the one that changed.
            stayed = then is not None and [code for code, a, b in zip(pair, then, now, strict=True) if a == b]
            if together or (len(stayed) == 1 and stayed[0] in confirmed):
                self.agreed[pair] = now
        self.versions.append((dict(self.texts), self.memory, dict(self.agreed)))

    @rule(changes=some.dictionaries(some.sampled_from(LANGUAGES), some.sampled_from(["", "a", "b", "c", " a "])))
    def edit_and_save(self, changes):
        self.texts.update(changes)
        self.save([])

    @rule(code=some.sampled_from(LANGUAGES))
    def still_correct(self, code):
        self.save([code])

    @rule(number=some.integers(0, 30))
    def revert_or_copy(self, number):
        texts, self.memory, agreed = self.versions[number % len(self.versions)]
        self.texts, self.agreed = dict(texts), dict(agreed)
        self.save([])

    @rule(steps=some.lists(some.dictionaries(some.sampled_from(LANGUAGES), some.sampled_from(["a", "b", "c", ""])), min_size=1))
    def save_by_itself_while_typing(self, steps):
        opened = self.memory
        for step in steps:
            self.texts.update(step)
            self.memory = advance(opened, unit(**self.texts))
        self.memory = opened
        self.save([])

    @invariant()
    def behind_if_and_only_if_a_twin_changed_since_they_agreed(self):
        expected = set()
        for (code, twin), (own, then) in self.agreed.items():
            text, other = self.texts[code].strip(), self.texts[twin].strip()
            if text and other and text == own and other != then:
                expected.add(("body.1", code))
        assert behind(self.memory) == expected


@pytest.mark.sweep
def test_any_sequence_of_saves_keeps_a_text_behind_if_and_only_if_its_twin_changed():
    run_state_machine_as_test(Life, settings=settings(max_examples=300, stateful_step_count=20, deadline=None))


def test_each_text_says_how_it_stands_in_each_language():
    texts = [unit("a", nl="x"), unit("b", nl="x", fr="y"), unit("c"), Unit("d", {"nl": "x", "fr": "", "en": ""}, "", "own")]
    memory = alignment.refresh(advance({}, unit("b", nl="x", fr="z"), unit("b2")), [unit("b", nl="x", fr="y")])
    states = {(one.address, one.language): one for one in text_states(texts, memory)}
    assert states["a", "nl"].state == "fine" and states["a", "fr"].state == "missing"
    assert (states["a", "en"].state, states["a", "en"].shows) == ("fallback", "nl")
    assert states["b", "nl"].state == "behind" and states["b", "nl"].twins[0].language == "fr"
    assert not [place for place in states if place[0] == "c"], "What nobody has and nobody needs is not spoken of."
    assert [place for place in states if place[0] == "d"] == [("d", "nl")]


def test_twins_stand_in_the_order_of_the_languages_whatever_the_order_of_the_memory():
    """A column of JSON comes back in another order than it was written in."""
    since = {"nl-fr": ["a", "b"], "nl-en": ["a", "c"], "fr-en": ["b", "c"]}
    memory = {"now": {"heading": {"nl": "A", "fr": "B", "en": "c"}}}
    for pairs in (since, dict(reversed(since.items()))):
        (lag,) = (lag for lag in lags(memory | {"since": {"heading": pairs}}) if lag.language == "en")
        assert lag.twins == (("nl", "a", "A"), ("fr", "b", "B"))
