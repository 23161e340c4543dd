"""Answers that are kept, and whether they are still true."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import Error
from django.utils import timezone

from page_cache import store
from page_cache.changes import DAY, watcher
from page_cache.recording import record, states


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

    def changed_tables(self, known):
        """Return the tables that changed since, as far as is known."""
        return {table for table, stamp in self.stamps.items() if known.stamps.get(table) != stamp}

    def has_turned(self):
        return self.turns_at is not None and timezone.now() >= self.turns_at


def answer(key, make, is_keepable):
    """Return `(content, turns_at)`: what is kept under a key while it is true, else what `make()` returns.

    That is kept in its turn if `is_keepable(content)`, and if nothing was written and no state changed while it was made. While
    the database does not answer, what was true last is returned for a day.
    """
    known, kept = watcher.look(), store.read(key)
    try:
        if kept is not None and not known.is_cut_off and confirm(key, kept, known):
            return kept.content, kept.turns_at
        if kept is None or not (known.is_cut_off and known.is_within(DAY)):
            return make_anew(key, make, is_keepable, known)
    except Error:
        if kept is None or not known.is_within(DAY):
            raise
    return kept.content, kept.turns_at


def make_anew(key, make, is_keepable, known):
    """Return `(content, turns_at)` of an answer made now, and keep it."""
    before = states()
    with record() as recorder:
        content = make()
    if is_keepable(content) and recorder.reads_only and states() == before:
        stamps = {table: known.stamps.get(table) for table in recorder.tables}
        store.write(key, Answer(content, tuple(recorder.questions.values()), stamps, before, recorder.turns_at))
    return content, recorder.turns_at


def confirm(key, kept, known):
    """Say whether a kept answer is true. Where tables changed, the questions about them are asked again.

    `known` is from before they are asked, so a change in between is seen the next time.
    """
    if kept.has_turned() or kept.states != states():
        return False
    changed = kept.changed_tables(known)
    if not changed:
        return True
    asked = (question for question in kept.questions if question.tables & changed)
    if not all(question.digest and question.ask() == question.digest for question in asked):
        return False
    store.write(key, replace(kept, stamps={table: known.stamps.get(table) for table in kept.stamps}))
    return True
