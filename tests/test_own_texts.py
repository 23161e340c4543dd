"""What of a posted form is somebody's own: whatever is posted, texts of their languages arrive, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from languages.codes import LANGUAGES
from languages.concurrent_edits.merging import merge
from languages.concurrent_edits.own_texts import keep_own
from languages.concurrent_edits.snapshots import DELETED, UNKNOWN, snapshot
from tests.edits import SHAPE, content, contents, edits, many, part, section, seen_leaves


def keep(opened, mine, theirs, *languages):
    return keep_own(SHAPE, snapshot(SHAPE, opened), mine, theirs, set(languages))


def named_refusals(result):
    return [(".".join(one.steps), one.language, one.kind) for one in result.refusals]


def with_text(item, **texts):
    return {**item, "value": {**item["value"], "text": {**item["value"]["text"], **texts}}}


# --- Texts and facts


def test_texts_of_other_languages_and_facts_stay_as_they_are_stored_and_are_named():
    stored = content(nl="a", fr="b", review_on="2026-01-01")
    result = keep(stored, content(nl="A", fr="B", review_on=None), stored, "fr")
    assert result.values == content(nl="a", fr="B", review_on="2026-01-01")
    assert named_refusals(result) == [("heading_nl", "nl", "plain"), ("review_on", None, "fact")]


def test_texts_within_blocks_are_kept_language_by_language():
    stored = section("1", "<p>a</p>", parts=[part("p", "een")])
    mine = with_text(section("1", "<p>A</p>", level="3", parts=[part("p", "EEN")]), fr="<p>B</p>")
    result = keep(content(stored), content(mine), content(stored), "fr")
    assert result.values == content(with_text(stored, fr="<p>B</p>"))
    assert named_refusals(result) == [
        ("body.1.text.nl", "nl", "rich"),
        ("body.1.level", None, "fact"),
        ("body.1.parts.p.title.nl", "nl", "plain"),
    ]


def test_whoever_has_no_language_changes_nothing():
    stored = content(section("1", "<p>a</p>"), nl="a", fr="b")
    result = keep(stored, content(nl="A", fr="B"), stored)
    assert result.values == stored and len(result.refusals) == 3


def test_how_an_editor_writes_a_text_down_is_no_change_and_what_is_stored_stays_to_the_letter():
    stored = content(section("1", '<p data-block-key="x">een <strong>twee</strong></p>'))
    result = keep(stored, content(section("1", "<p>een <b>twee</b></p>")), stored, "fr")
    assert result.values == stored and not result.refusals


def test_what_somebody_else_changed_meanwhile_is_not_laid_to_who_did_not():
    opened, theirs = (
        content(section("1"), section("2"), nl="a"),
        content(section("2"), section("3"), nl="b", review_on="2027-01-01"),
    )
    result = keep(opened, opened | {"heading_fr": "B"}, theirs, "fr")
    assert result.values == theirs | {"heading_fr": "B"} and not result.refusals and not result.orphans


def test_what_was_refused_is_not_said_again_by_a_form_that_goes_on_showing_it():
    stored, typed = content(nl="a"), content(nl="A", fr="b")
    assert named_refusals(keep(stored, typed, stored, "fr")) == [("heading_nl", "nl", "plain")]
    assert not named_refusals(keep(typed, typed, stored, "fr"))


# --- Blocks


@pytest.mark.parametrize(
    "mine",
    [
        content(section("a"), section("b"), section("new")),
        content(section("a")),
        content(section("b"), section("a")),
        content({**part("a"), "type": "part"}, section("b")),
    ],
    ids=["added", "deleted", "moved", "of another kind"],
)
def test_which_blocks_there_are_and_their_order_stays(mine):
    stored = content(section("a"), section("b"))
    result = keep(stored, mine, stored, "fr")
    assert result.values == stored and named_refusals(result) == [("body", None, "block")]


def test_blocks_within_blocks_stay_too():
    stored = content(section("a", parts=[part("p"), part("q")]))
    result = keep(stored, content(section("a", parts=[part("q")])), stored, "fr")
    assert result.values == stored and named_refusals(result) == [("body.a.parts", None, "block")]


def test_a_text_in_a_block_that_somebody_deleted_meanwhile_is_a_conflict():
    opened = content(section("a", parts=[part("p", "een")]), section("b"))
    mine = content(with_text(section("a", parts=[part("p", "een")]), fr="<p>le mien</p>"), section("b"))
    result = keep(opened, mine, content(section("b")), "fr")
    (orphan,) = result.orphans
    assert (orphan.address, orphan.kind, orphan.theirs, orphan.saved) == ("body.a", "block", DELETED, DELETED)
    assert not keep(opened, opened, content(section("b")), "fr").orphans, "Nothing was typed there."
    assert not keep(opened, mine, content(section("b")), "nl").orphans, "It is not their language."


def test_without_knowing_what_was_opened_all_that_differs_is_named():
    stored = content(section("a"), nl="a", fr="b")
    result = keep_own(SHAPE, UNKNOWN, content(nl="A", fr="B"), stored, {"fr"})
    assert result.values == stored | {"heading_fr": "B"} and named_refusals(result) == [("heading_nl", "nl", "plain")]


# --- Whatever the content

own = some.sets(some.sampled_from(LANGUAGES))


@some.composite
def three(draw):
    """Return what was opened, what was posted in its place, which may be anything, and what somebody else saved meanwhile."""
    opened = draw(contents())
    return opened, draw(some.one_of(edits(opened, "m"), contents())), draw(edits(opened, "t"))


def language_of(steps):
    """Return the language of a leaf of a snapshot, None for a fact or a block without anything."""
    last = steps[-1].removeprefix("heading_")
    return last if last in LANGUAGES else None


@many
@given(three(), own)
def test_whatever_is_posted_only_texts_of_ones_own_languages_differ_from_what_is_stored(versions, languages):
    opened, mine, theirs = versions
    values = keep(opened, mine, theirs, *languages).values
    before, after = seen_leaves(theirs), seen_leaves(values)
    assert list(before) == list(after), "The same places, in the same order."
    changed = [steps for steps in after if after[steps] != before[steps]]
    assert {language_of(steps) for steps in changed} <= languages
    assert structure(values["body"]) == structure(theirs["body"])


def structure(items):
    """Return the ids and kinds of blocks, in their order, down to the last."""
    return [(item["id"], item["type"], structure(item["value"].get("parts", ()))) for item in items]


@pytest.mark.sweep
@many
@given(three(), own)
def test_ones_own_texts_arrive_wherever_there_is_still_a_place_for_them(versions, languages):
    opened, mine, theirs = versions
    result = keep(opened, mine, theirs, *languages)
    typed, after = seen_leaves(mine), seen_leaves(result.values)
    for steps in typed:
        if language_of(steps) in languages and steps in after:
            assert after[steps] == typed[steps], steps


@pytest.mark.sweep
@many
@given(three(), own)
def test_merged_with_what_somebody_else_saved_nothing_else_changes_either(versions, languages):
    opened, mine, theirs = versions
    result = keep(opened, mine, theirs, *languages)
    merged = merge(SHAPE, snapshot(SHAPE, opened), result.values, theirs)
    assert {conflict.language for conflict in merged.conflicts} <= languages
    before, after, typed = seen_leaves(theirs), seen_leaves(merged.values), seen_leaves(mine)
    assert list(before) == list(after)
    for steps in after:
        if after[steps] != before[steps]:
            assert language_of(steps) in languages and after[steps] == typed[steps], steps


@many
@given(three(), own)
def test_it_is_said_of_all_that_was_typed_and_kept_out_and_of_nothing_else(versions, languages):
    opened, mine, theirs = versions
    steps_said = {one.steps for one in keep(opened, mine, theirs, *languages).refusals}
    places = seen_leaves(opened), seen_leaves(mine), seen_leaves(theirs)
    for steps in set(places[1]) & set(places[2]):
        before, typed, stored = (place.get(steps, "") for place in places)
        is_own = language_of(steps) in languages
        assert (steps in steps_said) == (not is_own and typed not in (before, stored)), steps
