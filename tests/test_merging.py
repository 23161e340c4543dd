"""Merging two people's edits: what only one side changed is kept, what both changed conflicts, and no text is lost."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from languages.concurrent_edits.merging import merge
from languages.concurrent_edits.snapshots import DELETED, UNKNOWN, acknowledge, snapshot
from tests.edits import SHAPE, content, contents, edits, many, part, section, seen_leaves


def merge_values(opened, mine, theirs):
    return merge(SHAPE, snapshot(SHAPE, opened), mine, theirs)


def ids(values):
    return [item["id"] for item in values["body"]]


def is_covered(conflicts, steps):
    return any(steps[: len(one.steps)] == one.steps for one in conflicts)


# --- Texts and facts


def test_what_only_one_side_changed_is_taken_from_it():
    result = merge_values(content(nl="a", fr="b"), content(nl="A", fr="b"), content(nl="a", fr="B", review_on="2026-01-01"))
    assert result.values == content(nl="A", fr="B", review_on="2026-01-01")
    assert not result.conflicts


def test_two_different_changes_conflict_and_mine_stands_for_the_time_being():
    result = merge_values(content(nl="a"), content(nl="mine"), content(nl="theirs"))
    (conflict,) = result.conflicts
    assert (conflict.address, conflict.language) == ("heading_nl", "nl")
    assert (conflict.mine, conflict.theirs) == ("mine", "theirs")
    assert result.values["heading_nl"] == "mine"


def test_the_same_change_on_both_sides_is_none():
    assert not merge_values(content(nl="a"), content(nl="b "), content(nl="b")).conflicts


def test_a_text_that_one_emptied_and_the_other_changed_conflicts():
    assert merge_values(content(nl="a"), content(nl=""), content(nl="b")).conflicts
    assert merge_values(content(nl="a"), content(nl="b"), content(nl="")).conflicts


def test_how_a_text_is_written_down_is_no_change():
    opened = content(section("1", '<p data-block-key="x">een <strong>twee</strong></p>'))
    typed = content(section("1", '<p data-block-key="y">een <b>twee</b></p>'))
    theirs = content(section("1", "<p>drie</p>"))
    result = merge_values(opened, typed, theirs)
    assert result.values == theirs and not result.conflicts


def test_a_language_of_a_text_is_a_text_of_its_own():
    opened, mine, theirs = (content(section("1", "<p>a</p>")) for _ in range(3))
    mine["body"][0]["value"]["text"]["nl"] = "<p>b</p>"
    theirs["body"][0]["value"]["text"]["fr"] = "<p>c</p>"
    result = merge_values(opened, mine, theirs)
    assert result.values["body"][0]["value"]["text"] == {"nl": "<p>b</p>", "fr": "<p>c</p>", "en": ""}
    assert not result.conflicts


def test_choices_and_dates_conflict_like_texts():
    result = merge_values(
        content(section("1")),
        content(section("1", level="3"), review_on="2026-01-01"),
        content(section("1", level="4"), review_on="2027-01-01"),
    )
    assert {one.address for one in result.conflicts} == {"review_on", "body.1.level"}
    assert {one.language for one in result.conflicts} == {None}


def test_a_choice_that_was_stored_before_it_existed_is_its_default_and_no_change():
    old = content(section("1"))
    del old["body"][0]["value"]["level"]
    theirs = content(section("1", level="3"))
    result = merge_values(old, content(section("1")), theirs)
    assert result.values == theirs and not result.conflicts


def test_a_field_that_did_not_exist_when_the_form_was_opened_keeps_what_the_other_filled_in():
    opened = snapshot(SHAPE, content(nl="a"))
    del opened["heading_fr"]
    result = merge(SHAPE, opened, content(nl="a"), content(nl="a", fr="nouveau"))
    assert result.values["heading_fr"] == "nouveau" and not result.conflicts


# --- Blocks


def test_additions_of_both_sides_stay_each_behind_its_predecessor():
    a, b, mine, theirs = (section(key, f"<p>{key}</p>") for key in ("a", "b", "mine", "theirs"))
    result = merge_values(content(a, b), content(a, mine, b), content(a, b, theirs))
    assert ids(result.values) == ["a", "mine", "b", "theirs"] and not result.conflicts
    assert ids(merge_values(content(a), content(mine, a), content(a, theirs)).values) == ["mine", "a", "theirs"]


def test_a_text_merges_with_a_block_that_the_other_added():
    result = merge_values(
        content(section("a")), content(section("a", "<p>x</p>")), content(section("new", "<p>y</p>"), section("a"))
    )
    assert result.values["body"] == [section("new", "<p>y</p>"), section("a", "<p>x</p>")]


def test_a_deletion_stands_when_the_other_changed_something_else():
    a, b = section("a", "<p>a</p>"), section("b", "<p>b</p>")
    other = section("b", "<p>changed</p>")
    assert merge_values(content(a, b), content(b), content(a, other)).values["body"] == [other]
    assert merge_values(content(a, b), content(a, other), content(b)).values["body"] == [other]


@pytest.mark.parametrize("mine_deletes", [True, False])
def test_a_block_deleted_by_one_and_changed_by_the_other_stays_and_conflicts(mine_deletes):
    changed = content(section("a", "<p>changed</p>"))
    sides = (content(), changed) if mine_deletes else (changed, content())
    result = merge_values(content(section("a", "<p>a</p>")), *sides)
    (conflict,) = result.conflicts
    assert (conflict.address, conflict.language, conflict.kind) == ("body.a", None, "block")
    assert (conflict.mine is DELETED, conflict.theirs is DELETED) == (mine_deletes, not mine_deletes)
    assert result.values == changed


def test_a_change_deep_within_a_deleted_block_counts():
    opened = content(section("a", parts=[part("p", "een")]))
    theirs = content(section("a", parts=[part("p", "twee")]))
    assert merge_values(opened, content(), theirs).conflicts


def test_an_order_is_kept_whoever_changed_it():
    a, b, c, new = (section(key) for key in ("a", "b", "c", "new"))
    assert ids(merge_values(content(a, b, c), content(c, a, b), content(a, b, c)).values) == ["c", "a", "b"]
    assert ids(merge_values(content(a, b, c), content(a, b, c), content(c, a, b)).values) == ["c", "a", "b"]
    assert ids(merge_values(content(a, b, c), content(a, b, c, new), content(c, b, a)).values) == ["c", "new", "b", "a"]
    both = merge_values(content(a, b, c), content(c, b, a), content(b, a, c, new))
    assert ids(both.values) == ["c", "new", "b", "a"] and not both.conflicts


def test_blocks_that_share_an_id_are_all_kept():
    twice = content(section("a", "<p>een</p>"), section("a", "<p>twee</p>"))
    assert merge_values(twice, twice, twice).values == twice
    assert merge_values(content(), twice, content()).values == twice


def test_without_knowing_what_was_opened_all_that_differs_conflicts():
    mine, theirs = content(section("a"), nl="x"), content(section("b"), nl="", fr="y")
    result = merge(SHAPE, UNKNOWN, mine, theirs)
    assert {one.address for one in result.conflicts} == {"heading_nl", "heading_fr", "body.a", "body.b"}


# --- Whatever the content


@some.composite
def two_edits(draw):
    opened = draw(contents())
    return opened, draw(edits(opened, "m")), draw(edits(opened, "t"))


@many
@given(two_edits())
def test_alone_each_side_is_what_it_is(three):
    opened, mine, _theirs = three
    for result, expected in (
        (merge_values(opened, mine, opened), mine),
        (merge_values(opened, opened, mine), mine),
        (merge_values(opened, mine, mine), mine),
    ):
        assert result.values == expected and not result.conflicts


@many
@given(two_edits())
def test_what_one_side_changed_is_there_or_conflicts(three):
    opened, mine, theirs = map(seen_leaves, three)
    result = merge_values(*three)
    digests = seen_leaves(result.values)
    for steps in {*mine, *theirs, *opened}:
        before, own, other = (side.get(steps) for side in (opened, mine, theirs))
        if is_covered(result.conflicts, steps):
            continue
        if own != before:
            assert digests.get(steps) == own, steps
        elif other != before:
            assert digests.get(steps) == other, steps
        else:
            assert digests.get(steps) == before, steps


@pytest.mark.sweep
@many
@given(two_edits())
def test_no_text_that_was_typed_is_gone_even_where_it_conflicts(three):
    opened, mine, theirs = map(seen_leaves, three)
    result = merge_values(*three)
    digests = seen_leaves(result.values)
    for steps, text in mine.items():
        if text and text != opened.get(steps):
            assert digests[steps] == text, steps
    for steps, text in theirs.items():
        if text and text != opened.get(steps):
            assert digests.get(steps) == text or is_covered(result.conflicts, steps), steps


@pytest.mark.sweep
@many
@given(two_edits())
def test_who_comes_first_makes_no_difference_to_texts(three):
    opened, mine, theirs = three
    one, other = merge_values(opened, mine, theirs), merge_values(opened, theirs, mine)
    assert {a.steps for a in one.conflicts} == {b.steps for b in other.conflicts}
    for steps in {*seen_leaves(one.values), *seen_leaves(other.values)}:
        if not is_covered(one.conflicts, steps):
            assert seen_leaves(one.values).get(steps) == seen_leaves(other.values).get(steps)


@pytest.mark.sweep
@many
@given(two_edits())
def test_whoever_has_been_shown_the_conflicts_wins_there_and_nowhere_else(three):
    opened, mine, theirs = three
    first = merge_values(opened, mine, theirs)
    second = merge(SHAPE, acknowledge(snapshot(SHAPE, opened), first.conflicts), mine, theirs)
    assert not second.conflicts
    digests, own, other = seen_leaves(second.values), seen_leaves(mine), seen_leaves(theirs)
    for steps in {*own, *other, *digests}:
        if is_covered(first.conflicts, steps):
            assert digests.get(steps) == own.get(steps), steps
        else:
            assert digests.get(steps) == seen_leaves(first.values).get(steps), steps


# --- Two people at it for a while


class Editor:
    """Somebody with a form open: what it holds, and what that person has seen of the object."""

    def __init__(self, name, current):
        self.name = name
        self.open(current)

    def open(self, current):
        self.typed = deepcopy(current)
        self.opened = snapshot(SHAPE, current)
        self.known = seen_leaves(current)


class Desk(RuleBasedStateMachine):
    """Two editors type and save in any order; nobody's text is replaced by somebody who has not seen it."""

    @initialize(start=contents())
    def begin(self, start):
        self.current = start
        self.editors = [Editor("m", start), Editor("t", start)]

    @rule(who=some.integers(0, 1), data=some.data())
    def type(self, who, data):
        editor = self.editors[who]
        editor.typed = data.draw(edits(editor.typed, editor.name))

    @rule(who=some.integers(0, 1))
    def save(self, who):
        editor = self.editors[who]
        if self.post(editor):
            editor.open(self.current)

    @rule(who=some.integers(0, 1))
    def save_by_itself(self, who):
        editor = self.editors[who]
        if self.post(editor):
            editor.opened, editor.known = snapshot(SHAPE, editor.typed), seen_leaves(editor.typed)

    def post(self, editor):
        """Send what was typed; return whether it was saved. Who is refused has seen the other version then."""
        before, typed = seen_leaves(self.current), seen_leaves(editor.typed)
        result = merge(SHAPE, editor.opened, editor.typed, self.current)
        if result.conflicts:
            editor.opened = acknowledge(editor.opened, result.conflicts)
            shown = {steps: before.get(steps) for steps in {*before, *typed} if is_covered(result.conflicts, steps)}
            editor.known.update(shown)
            return False
        after = seen_leaves(result.values)
        for steps in {*before, *after, *typed, *editor.known}:
            if after.get(steps) != before.get(steps):
                assert editor.known.get(steps) == before.get(steps), f"replaced unseen: {steps}"
                assert after.get(steps) == typed.get(steps), steps
            if typed.get(steps) and typed.get(steps) != editor.known.get(steps):
                assert after.get(steps) == typed.get(steps), f"typed and lost: {steps}"
        self.current = result.values
        return True


@pytest.mark.sweep
def test_any_interleaving_of_two_editors_replaces_nothing_unseen_and_loses_nothing_typed():
    run_state_machine_as_test(Desk, settings=settings(max_examples=120, stateful_step_count=25, deadline=None))
