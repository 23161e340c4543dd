"""Which texts are in translation: from the first letter until somebody says that they are done. The memory on its own."""

import json
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from languages import alignment
from languages.codes import LANGUAGES
from languages.concurrent_edits import rebasing
from languages.lags import lags, official_lags
from languages.normalising import digest
from languages.open_texts import IMPORTED, MACHINE, TYPED, Author, open_texts, records_after, seen_places, unexcused_open_texts
from languages.standing_values import begun_texts, work_by_language
from languages.states import text_states
from languages.units import Unit

ADDRESS = "summary"
AGREED = {"nl": "een", "fr": "un", "en": "one"}
ANN, BO = 1, 2


def unit(address=ADDRESS, **texts):
    return Unit(address, {"nl": "", "fr": "", "en": "", **texts}, "text")


def places(*codes):
    return frozenset(f"{ADDRESS}:{code}" for code in codes)


def save_texts(
    memory, *texts, by=ANN, at="2026-11-29T10:00:00+00:00", done=(), finishes=False, opened=None, confirmed=(), kind=TYPED
):
    """Return the memory after somebody's form saved `texts`; it was opened with `opened`, or with what is there now."""
    author = Author(by, at, places(*done), finishes, kind)
    before = memory if opened is None else opened
    known = alignment.texts_by_digest(texts, memory)
    return rebasing.advance_form(before, None, memory, list(texts), author, confirmed, known)


def in_translation(memory):
    return {(text.address, text.language): text.by for text in open_texts(memory)}


def behind(memory):
    return {lag.language for lag in lags(memory)}


BEGUN = alignment.advance({}, [unit(**AGREED)])


def test_a_text_is_open_from_its_first_letter_and_neither_it_nor_its_twins_are_behind():
    memory = save_texts(BEGUN, unit(**AGREED | {"fr": "u"}))
    assert in_translation(memory) == {(ADDRESS, "fr"): ANN} and behind(memory) == set()
    assert memory["open"][ADDRESS]["fr"] == {
        "kind": "typed",
        "by": ANN,
        "since": "2026-11-29T10:00:00+00:00",
        "from": digest("un"),
    }


def test_once_it_is_done_its_twins_are_behind_it():
    memory = save_texts(BEGUN, unit(**AGREED | {"fr": "deux"}))
    memory = save_texts(memory, unit(**AGREED | {"fr": "deux"}), done=["fr"])
    assert in_translation(memory) == {} and "open" not in memory
    assert behind(memory) == {"nl", "en"}


def test_a_text_that_is_behind_stays_behind_until_its_translation_is_done_whoever_begins_it():
    moved = alignment.advance(BEGUN, [unit(**AGREED | {"nl": "twee"})])
    half = save_texts(moved, unit(nl="twee", fr="deu", en="one"))
    assert behind(half) == {"en"} and in_translation(half) == {(ADDRESS, "fr"): ANN}
    whole = save_texts(half, unit(nl="twee", fr="deux", en="one"), by=BO, done=["fr"])
    assert behind(whole) == {"en"} and in_translation(whole) == {}


@pytest.mark.parametrize("by", [ANN, BO])
def test_what_is_changed_back_is_open_no_more_and_stands_where_it_stood(by):
    moved = alignment.advance(BEGUN, [unit(**AGREED | {"nl": "twee"})])
    half = save_texts(moved, unit(nl="twee", fr="deu", en="one"))
    back = save_texts(half, unit(nl="twee", fr=" un ", en="one"), by=by)
    assert in_translation(back) == {} and behind(back) == behind(moved) == {"fr", "en"}
    assert back["since"] == moved["since"]


def test_who_changes_what_somebody_else_has_open_takes_it_over_and_who_goes_on_keeps_it_since_the_beginning():
    memory = save_texts(BEGUN, unit(**AGREED | {"fr": "d"}), at="1")
    memory = save_texts(memory, unit(**AGREED | {"fr": "de"}), at="2")
    assert memory["open"][ADDRESS]["fr"]["since"] == "1"
    memory = save_texts(memory, unit(**AGREED | {"fr": "deu"}), at="3", by=BO)
    record = memory["open"][ADDRESS]["fr"]
    assert (record["by"], record["since"], record["from"]) == (BO, "3", digest("un"))


def test_who_publishes_finishes_what_is_theirs_and_nothing_of_others():
    memory = save_texts(BEGUN, unit(**AGREED | {"fr": "deux"}))
    memory = save_texts(memory, unit(nl="twee", fr="deux", en="one"), by=BO, finishes=True)
    assert in_translation(memory) == {(ADDRESS, "fr"): ANN} and behind(memory) == {"en"}
    memory = save_texts(memory, unit(nl="twee", fr="deux", en="one"), finishes=True)
    assert in_translation(memory) == {} and behind(memory) == {"en"}


def test_anybody_may_say_that_what_another_has_open_is_done():
    memory = save_texts(BEGUN, unit(**AGREED | {"fr": "deux"}))
    assert in_translation(save_texts(memory, unit(**AGREED | {"fr": "deux"}), by=BO, done=["fr"])) == {}


def test_what_code_or_a_content_file_writes_is_done_and_the_rest_as_open_as_it_was():
    memory = save_texts(BEGUN, unit(**AGREED | {"fr": "deux"}))
    memory = alignment.advance(memory, [unit(nl="twee", fr="deux", en="one")])
    assert in_translation(memory) == {(ADDRESS, "fr"): ANN} and behind(memory) == {"en"}
    memory = alignment.advance(memory, [unit(nl="twee", fr="autre", en="one")])
    assert in_translation(memory) == {}


def test_the_first_text_there_is_has_no_twin_to_be_a_translation_of():
    memory = save_texts({}, unit(nl="een half"))
    assert in_translation(memory) == {}
    assert in_translation(save_texts(memory, unit(nl="een half", fr="un"))) == {(ADDRESS, "fr"): ANN}


def test_a_first_translation_that_is_open_agrees_with_nothing_until_it_is_done():
    begun = alignment.advance({}, [unit(nl="een")])
    memory = save_texts(begun, unit(nl="een", fr="u"))
    memory = save_texts(memory, unit(nl="een", fr="un de"))
    assert behind(memory) == set()
    memory = save_texts(memory, unit(nl="een", fr="un deux"), done=["fr"])
    assert behind(memory) == set() and memory["since"] == {}
    assert behind(save_texts(memory, unit(nl="twee", fr="un deux"), done=["nl"])) == {"fr"}


def test_what_is_emptied_is_missing_and_comes_back_as_it_stood():
    emptied = save_texts(BEGUN, unit(nl="een", en="one"))
    assert in_translation(emptied) == {}
    assert in_translation(save_texts(emptied, unit(**AGREED))) == {}
    assert in_translation(save_texts(emptied, unit(nl="een", fr="u", en="one"))) == {(ADDRESS, "fr"): ANN}


def test_a_block_that_is_gone_is_in_translation_no_more():
    memory = save_texts(
        alignment.advance({}, [unit(**AGREED), unit("b", **AGREED)]), unit(**AGREED), unit("b", nl="een", fr="u")
    )
    assert save_texts(memory, unit(**AGREED)).get("open") is None


def test_a_copy_of_a_block_is_as_far_as_the_first_one():
    half = unit(**AGREED | {"fr": "u"})
    memory = save_texts(BEGUN, half)
    copied = save_texts(memory, half, unit("copy", **half.texts), by=BO)
    assert in_translation(copied) == {(ADDRESS, "fr"): ANN, ("copy", "fr"): ANN}
    fine = save_texts(BEGUN, unit(**AGREED), unit("copy", **AGREED), by=BO)
    assert in_translation(fine) == {}


def test_a_text_that_is_limited_to_some_languages_for_a_while_is_as_open_as_before():
    memory = save_texts(BEGUN, unit(**AGREED | {"fr": "u"}))
    limited = Unit(ADDRESS, {"nl": "een", "fr": "u", "en": "one"}, "text", languages=("nl", "en"))
    hidden = save_texts(memory, limited, by=BO, finishes=True)
    assert in_translation(hidden) == {} and unexcused_open_texts(hidden) == []
    assert in_translation(save_texts(hidden, unit(**AGREED | {"fr": "u"}), by=BO)) == {(ADDRESS, "fr"): ANN}


@pytest.mark.parametrize("kind", alignment.UNCOMPARED_KINDS)
def test_addresses_slugs_and_own_words_are_never_open(kind):
    first = save_texts({}, Unit("a", {"nl": "x", "fr": "y", "en": ""}, "", kind))
    assert save_texts(first, Unit("a", {"nl": "z", "fr": "y", "en": ""}, "", kind)).get("open") is None


def test_a_reason_holds_for_what_is_open_until_that_text_changes_again():
    memory = save_texts(BEGUN, unit(**AGREED | {"fr": "de"}))
    assert len(unexcused_open_texts(memory)) == 1 and official_lags(memory) == []
    memory = alignment.excuse(memory, "The press waits.")
    assert unexcused_open_texts(memory) == []
    assert unexcused_open_texts(save_texts(memory, unit(**AGREED | {"fr": "de"}), by=BO)) == []
    assert len(unexcused_open_texts(save_texts(memory, unit(**AGREED | {"fr": "deux"})))) == 1
    assert "excused" not in save_texts(memory, unit(**AGREED))


def test_english_in_translation_holds_nothing_up():
    memory = save_texts(BEGUN, unit(**AGREED | {"en": "tw"}))
    assert in_translation(memory) == {(ADDRESS, "en"): ANN} and unexcused_open_texts(memory) == []


def test_nobody_finishes_what_they_do_not_see():
    now = {ADDRESS: {"nl": "1", "fr": "2"}}
    shown = {ADDRESS: {"nl": "1", "fr": "older"}}
    forged = ["", "summary", "gone:fr", "summary:xx", "summary:fr"]
    assert seen_places([*forged, "summary:nl"], shown, now) >= places("nl")
    assert not seen_places(forged, shown, now) & places("fr")


def test_its_state_says_by_whom_since_when_and_what_its_twins_changed_meanwhile():
    moved = alignment.advance(BEGUN, [unit(**AGREED | {"nl": "twee"})], known_texts=alignment.texts_by_digest([unit(**AGREED)]))
    memory = save_texts(moved, half := unit(nl="twee", fr="deu", en="one"), at="2026-11-29T10:00:00+00:00")
    states = {state.language: state for state in text_states([half], memory)}
    assert (states["fr"].state, states["fr"].by, states["fr"].since) == ("open", ANN, "2026-11-29T10:00:00+00:00")
    assert [(twin.language, twin.key) for twin in states["fr"].twins] == [("nl", "")] and "twee" in states["fr"].twins[
        0
    ].difference
    assert (states["nl"].state, states["en"].state) == ("fine", "behind")


def test_it_is_counted_with_the_words_of_the_twin_that_it_follows_until_it_is_done():
    moved = alignment.advance(BEGUN, [unit(**AGREED | {"nl": "nu drie woorden"})])
    half = unit(nl="nu drie woorden", fr="tr", en="one")
    work = work_by_language([half], save_texts(moved, half))
    assert (work["fr"]["open"], work["fr"]["behind"], work["fr"]["words"], work["fr"]["first"]) == (1, 0, 3, ADDRESS)
    first = unit(nl="een half woord", fr="un", en="one")
    work = work_by_language([first], save_texts(BEGUN, first))
    assert (work["nl"]["open"], work["nl"]["words"]) == (1, 0), "Who moves first has nothing to translate."
    translated = unit(nl="een twee", fr="u")
    work = work_by_language([translated], save_texts(alignment.advance({}, [unit(nl="een twee")]), translated))
    assert (work["fr"]["open"], work["fr"]["words"]) == (1, 2)


some_texts = some.fixed_dictionaries(dict.fromkeys(LANGUAGES, some.sampled_from(["", "a", "b", "c"])))


@given(some.lists(some.tuples(some_texts, some.sampled_from([ANN, BO]), some.sets(some.sampled_from(LANGUAGES)))), some_texts)
def test_whatever_happened_a_text_changed_and_changed_back_is_where_it_was(steps, typed):
    memory, texts = BEGUN, AGREED
    for texts, by, done in steps:
        memory = save_texts(memory, unit(**texts), by=by, done=done)
    filled = {code for code in LANGUAGES if texts[code]}
    away = save_texts(memory, unit(**typed), by=BO)
    back = save_texts(away, unit(**texts), by=BO)
    assert in_translation(back).keys() <= in_translation(memory).keys()
    assert behind(back) >= behind(memory)
    if len(filled) > 1 and all(typed.values()):
        assert {(lag.language, lag.twins) for lag in lags(back)} >= {(lag.language, lag.twins) for lag in lags(memory)}
    assert json.loads(json.dumps(back)) == back


class Desk:
    """What somebody has before them: what their form was opened with, what it shows, and what they say is done."""

    def __init__(self, person, site):
        self.person = person
        self.open(site)

    def open(self, site):
        self.opened, self.shown, self.version = site.memory, dict(site.texts), site.version
        self.typed, self.done = dict(site.texts), set()


class TwoPeople(RuleBasedStateMachine):
    """Two people at one text in three languages, who save, let the form save itself, say "done", confirm and publish in any
    order; beside it a plain account of who said of which words that they are done, and of who saw what when they said it."""

    @initialize()
    def begin(self):
        self.memory, self.texts, self.version, self.count, self.writer = BEGUN, dict(AGREED), 0, 0, {}
        self.said = {code: {AGREED[code]} for code in LANGUAGES}  # words that somebody called done, or that came first
        self.saw = {}  # language -> all texts as whoever called it done last saw them
        self.desks = [Desk(ANN, self), Desk(BO, self)]

    def save(self, desk, finishes=False, confirmed=()):
        merged = {}
        for code in LANGUAGES:
            mine, base, theirs = desk.typed[code], desk.shown[code], self.texts[code]
            if mine not in (base, theirs) and theirs != base:
                return desk.open(self)  # a conflict: they look at what the other wrote, and begin anew
            merged[code] = theirs if mine == base else mine
        now = alignment.digests_of([unit(**merged)])
        visible = seen_places(places(*desk.done), alignment.digests_of([unit(**desk.typed)]), now)
        options = {"confirmed": confirmed, "others_saved": desk.version != self.version}
        shown = alignment.digests_of([unit(**desk.shown)])
        # As the column of the database gives it back: in another order.
        latest = json.loads(json.dumps(self.memory, sort_keys=True))
        before = rebasing.advance_form(desk.opened, shown, latest, [unit(**merged)], Author(desk.person, "then"), **options)
        memory = rebasing.advance_form(
            desk.opened, shown, latest, [unit(**merged)], Author(desk.person, "then", visible, finishes), **options
        )
        for (_address, code), by in in_translation(before).items():
            is_back = now[ADDRESS][code] == desk.opened["now"][ADDRESS][code]  # it stands where it stood, by whomever
            if self.texts[code] != merged[code] and not is_back:
                assert by == desk.person, "Whoever changed it has it open."
            if f"{ADDRESS}:{code}" in visible or (finishes and by == desk.person):
                self.said[code].add(merged[code])
                self.saw[code] = {**desk.typed, code: merged[code]}
        for code in LANGUAGES:
            twins = [twin for twin in LANGUAGES if twin != code]
            if merged[code] != self.texts[code] and not any(merged[twin] or self.texts[twin] for twin in twins):
                self.said[code].add(merged[code])
        self.memory, self.texts = memory, merged
        self.version += 1
        desk.shown, desk.version = dict(desk.typed), self.version
        return None

    @rule(who=some.sampled_from([0, 1]), code=some.sampled_from(LANGUAGES), how=some.sampled_from(["new", "back", "empty"]))
    def type_and_let_it_save_itself(self, who, code, how):
        desk = self.desks[who]
        self.count += 1
        opened = desk.opened["now"][ADDRESS][code]
        before = next((words for words in sorted(self.said[code]) if digest(words) == opened), desk.typed[code])
        desk.typed[code] = {"new": f"words {self.count}", "back": before, "empty": ""}[how]
        desk.done.discard(code)
        self.save(desk)

    @rule(who=some.sampled_from([0, 1]), code=some.sampled_from(LANGUAGES))
    def say_that_it_is_done(self, who, code):
        self.desks[who].done.add(code)
        self.save(self.desks[who])

    @rule(who=some.sampled_from([0, 1]))
    def save_as_a_draft_and_go_on(self, who):
        self.save(self.desks[who])
        self.desks[who].open(self)

    @rule(who=some.sampled_from([0, 1]))
    def publish(self, who):
        self.save(self.desks[who], finishes=True)
        self.desks[who].open(self)

    @rule(who=some.sampled_from([0, 1]), code=some.sampled_from(LANGUAGES))
    def find_still_correct(self, who, code):
        self.save(self.desks[who], confirmed=[key for lag in lags(self.memory) if lag.language == code for key in lag.keys])
        self.desks[who].open(self)

    @invariant()
    def a_text_is_fine_only_if_somebody_said_so(self):
        unfinished = {code for _address, code in in_translation(self.memory)}
        for code in LANGUAGES:
            if self.texts[code] and code not in unfinished:
                assert self.texts[code] in self.said[code]

    @invariant()
    def nothing_in_translation_is_behind_or_calls_anybody(self):
        unfinished = {code for _address, code in in_translation(self.memory)}
        for lag in lags(self.memory):
            assert not unfinished & {lag.language, *(twin for twin, _then, _now in lag.twins)}

    @invariant()
    def two_that_were_done_by_people_who_saw_the_other_as_it_is_agree(self):
        unfinished = {code for _address, code in in_translation(self.memory)}
        behind_twins = {(lag.language, twin) for lag in lags(self.memory) for twin, _then, _now in lag.twins}
        for one, other in permutations(LANGUAGES, 2):
            pair = {code: self.texts[code] for code in (one, other)}
            are_seen = all({code: self.saw.get(by, {}).get(code) for code in pair} == pair for by in pair)
            if are_seen and all(pair.values()) and not unfinished & pair.keys():
                assert (one, other) not in behind_twins

    @invariant()
    def the_memory_is_plain_json(self):
        assert json.loads(json.dumps(self.memory)) == self.memory


@pytest.mark.sweep
def test_whatever_two_people_do_a_text_is_fine_only_if_somebody_said_so():
    run_state_machine_as_test(TwoPeople, settings=settings(max_examples=300, stateful_step_count=25, deadline=None))


@given(some_texts, some_texts, some_texts)
def test_a_memory_from_before_there_were_open_texts_is_as_good_as_it_was(one, two, three):
    memory = {}
    for texts in (one, two, three):
        memory = alignment.advance(memory, [unit(**texts)])
        assert "open" not in memory and records_after(memory["now"], memory, memory) == {}


@pytest.mark.parametrize("kind", [IMPORTED, MACHINE])
def test_what_no_person_wrote_is_confirmed_by_itself_and_waits_for_everybody_of_its_language(kind):
    memory = save_texts(BEGUN, unit(**AGREED | {"fr": "deux"}), kind=kind)
    published = save_texts(memory, unit(**AGREED | {"fr": "deux"}), finishes=True)
    assert in_translation(published) == {(ADDRESS, "fr"): ANN} and unexcused_open_texts(published)
    assert work_by_language([unit(**AGREED | {"fr": "deux"})], published)["fr"]["unconfirmed"] == 1
    assert begun_texts(published) == []
    confirmed = save_texts(published, unit(**AGREED | {"fr": "deux"}), by=BO, done=["fr"])
    assert in_translation(confirmed) == {} and behind(confirmed) == {"nl", "en"}


def test_whoever_writes_over_what_came_from_a_file_has_it_in_translation():
    memory = save_texts(BEGUN, unit(**AGREED | {"fr": "deux"}), kind=IMPORTED)
    memory = save_texts(memory, unit(**AGREED | {"fr": "trois"}))
    [text] = open_texts(memory)
    assert (text.kind, text.before) == (TYPED, digest("un"))
    assert in_translation(save_texts(memory, unit(**AGREED | {"fr": "trois"}), finishes=True)) == {}
