"""Answers that are kept, and whether they are still true."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils import timezone

from monitoring import counts
from page_cache import store
from page_cache.changes import watcher
from page_cache.memory import memory
from page_cache.recording import AWAY, record, states
from page_cache.replica import known_replica, reading_from_replica

logger = logging.getLogger(__name__)
DAY = timedelta(days=1)  # for which what was true last is served while the database is away
AHEAD = timedelta(minutes=1)  # by which clocks of several hosts may differ


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered (`content`, whatever its maker keeps), and what it was made of.

    It is true while the `stamps` of its tables are those of today, or its questions bring the rows that they brought; and until
    it `turns_at` a moment (None: never by itself).
    """

    content: object
    questions: tuple
    stamps: dict  # of each table in the questions, as it was before they were asked; None where it never changed
    states: dict
    turns_at: datetime | None
    confirmed_at: datetime  # when it was made, or all its questions last brought the same

    def changed_tables(self, known):
        """Return the tables that changed since, as far as is known."""
        return {table for table, stamp in self.stamps.items() if known.stamps.get(table) != stamp}

    def is_true(self, known):
        """Say whether it is true without asking: no table, no state of the process and no hour changed, as far as is known."""
        return not (known.is_cut_off or self.changed_tables(known) or self.has_turned() or self.states != states())

    def is_as_known(self):
        """Say whether it is true for sure where it was so for what is known now: in between only the clock and states go on."""
        return (self.turns_at is None or not self.has_turned()) and self.states == states()

    def has_turned(self):
        """Say whether the clock has made it another; one of the future was made by a clock that was ahead."""
        now = timezone.now()
        return self.confirmed_at > now + AHEAD or (self.turns_at is not None and now >= self.turns_at)

    def shown_until(self, known):
        """Return until when it is shown without a database: for a day after it was still true, as far as is known."""
        last = self.confirmed_at if self.changed_tables(known) else known.moment
        return last and last + DAY


def answer(key, make, is_keepable):
    """Return `(content, turns_at, shown_until)`: what is kept under a key while it is true, else what `make()` returns.

    That is kept in its turn if `is_keepable(content)`, and if it can be; else nothing is kept any more. While the database does
    not answer, what was true last is returned for a day, with the moment at which that is over, which is None else.
    """
    known, recent = watcher.look(), memory.get(key)
    if recent and recent.is_true(known):
        counts.kept_hits.inc()
        return recent.content, recent.turns_at, None
    kept = store.read(key)
    kept = kept if isinstance(kept, Answer) else None
    with reading_from_replica(known.is_replica_level):
        try:
            return answer_from_database(key, make, is_keepable, known, kept)
        except AWAY as error:
            if not known.is_replica_level:
                raise
            known_replica.note_failure(error)
    return answer_from_database(key, make, is_keepable, replace(known, is_replica_level=False), kept)


def answer_from_database(key, make, is_keepable, known, kept):
    """Return what `answer` does, where this process does not remember it."""
    try:
        if known.is_cut_off and (stale := stale_answer(kept, known)):
            return stale
        if kept and not known.is_cut_off and confirm(key, kept, known):
            return kept.content, kept.turns_at, None
        content, turns_at = make_anew(key, make, is_keepable, known, kept)
        counts.kept_answers.labels("made").inc()
        return content, turns_at, None
    except AWAY as error:
        stale = None if known.is_replica_level else stale_answer(kept, known)
        if stale is None:
            raise
        logger.warning("The database went away; a page is served as it was last.", exc_info=error)
        return stale


def stale_answer(kept, known):
    """Return what `answer` does of an answer that was true less than a day ago, None where there is none."""
    until = kept and kept.shown_until(known)
    if not until or timezone.now() >= until:
        return None
    counts.kept_answers.labels("stale").inc()
    return kept.content, kept.turns_at, until


def make_anew(key, make, is_keepable, known, kept):
    """Return `(content, turns_at)` of an answer made now, and keep it, in the place of what was `kept` until now."""
    before, answer, recorder = states(), None, None
    try:
        with record() as recorder:
            content = make()
        if is_keepable(content) and recorder.is_keepable and states() == before:
            stamps = {table: known.stamps.get(table) for table in recorder.tables}
            questions = tuple(recorder.questions.values())
            answer = Answer(content, questions, stamps, before, recorder.turns_at, timezone.now())
    except AWAY:
        answer = kept  # which is still what was true last
        raise
    finally:
        if answer is None and kept is not None:
            forget(key)
        elif answer is not kept:
            keep(key, answer)
    return content, recorder.turns_at


def confirm(key, kept, known):
    """Say whether a kept answer is true. Where tables changed, the questions about them are asked again.

    `known` is from before they are asked, so a change in between is seen the next time.
    """
    if kept.has_turned() or kept.states != states():
        return False
    changed = kept.changed_tables(known)
    if not changed:
        memory.put(key, kept)
        counts.kept_hits.inc()
        return True
    asked = (question for question in kept.questions if question.tables & changed)
    if not all(question.brings_the_same() for question in asked):
        return False
    stamps = {table: known.stamps.get(table) for table in kept.stamps}
    keep(key, replace(kept, stamps=stamps, confirmed_at=timezone.now()))
    counts.kept_answers.labels("confirmed").inc()
    return True


def keep(key, answer):
    """Keep an answer for all processes, and in this one."""
    store.write(key, answer)
    memory.put(key, answer)


def forget(key):
    """Keep nothing under a key; another process may give its answer while that is true."""
    store.forget(key)
    memory.forget(key)
