"""What a file of terms says otherwise than the glossary: judged against what that says now."""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass, replace

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.models import GlossaryTerm, lookup_form
from exchange.formats.tbx import SAID
from exchange.terms import KEY, RIGHTS, mark_of, stored_text, words_in
from languages.codes import LANGUAGES
from languages.normalising import normalise
from languages.parity import gaps
from languages.rights import languages_to_write, writes_all
from languages.units import units


class TermVerdict(models.TextChoices):
    """What becomes of what a file says of a term, in the order in which it is listed."""

    READY = "ready", pgettext_lazy("term from a file", "Changed in the file")
    NEW = "new", pgettext_lazy("term from a file", "New")
    CONFLICT = "conflict", _("Perhaps changed here meanwhile")
    TWICE = "twice", _("There already, or twice in the file")
    SEVERAL = "several", _("May be any of several terms")
    TOO_LONG = "too_long", _("Too long")
    INCOMPLETE = "incomplete", _("Dutch or French is missing")
    GONE = "gone", _("No longer there")
    FORBIDDEN = "forbidden", _("Not yours to change")
    UNCHANGED = "unchanged", _("Nothing new")


CHOSEN_BEFOREHAND = (TermVerdict.READY, TermVerdict.NEW)


@dataclass(frozen=True, slots=True)
class TermRow:
    """What a file says of a concept, at a place in the file, in a language; of a new one in all, with `language` "".

    `term` is the entry of the glossary, `fields` which of its fields say something else. `seen` stands for what the entry says
    now: a row with another one is another.
    """

    place: int
    language: str
    verdict: TermVerdict
    term: GlossaryTerm | None
    fields: tuple = ()
    seen: str = ""

    @property
    def may_take(self):
        return self.verdict in (*CHOSEN_BEFOREHAND, TermVerdict.CONFLICT)

    @property
    def key(self):
        return self.place, self.language

    def languages(self, concept):
        """Return in which languages it says something of its concept."""
        return [self.language] if self.language else list(concept.words)


def fields_changed(now, said):
    """Return in which fields a file says something else; what it does not say stays."""
    return tuple(
        name
        for name in SAID
        if stored_text(said, name) and normalise(stored_text(said, name)) != normalise(stored_text(now, name))
    )


class NamedTerms:
    """Entries by their anchors, and by what they are called: all that there are now, or `terms`. One query."""

    def __init__(self, terms=None):
        self.by_anchor, self.named = {}, defaultdict(set)
        for term in GlossaryTerm.objects.all() if terms is None else terms:
            self.by_anchor[term.anchor] = term
            for code in LANGUAGES:
                self.named[code, lookup_form(getattr(term, f"term_{code}"), code)].add(term.anchor)

    def called(self, words):
        """Return the anchors of the entries that have one of the terms of `{language: Words}`."""
        named = ((code, lookup_form(one.term, code)) for code, one in words.items() if one.term)
        return {anchor for name in named for anchor in self.named.get(name, ())}


def judge_terms(concepts, glossary, user):
    """Return the `TermRow`s of the concepts of a file, for `user`. Of two that would give the same name, the first may."""
    rows, met, given = [], set(), set()
    for place, concept in enumerate(concepts):
        match = KEY.fullmatch(concept.key)
        anchors = {match[1]} if match else glossary.called(concept.words)
        if len(anchors) > 1:
            judged = [TermRow(place, "", TermVerdict.SEVERAL, None)]
        elif anchors & met:
            judged = [TermRow(place, "", TermVerdict.TWICE, None)]
        elif not anchors:
            judged = [TermRow(place, "", verdict_of_new(concept, user), None, tuple(SAID), "new")]
        elif term := glossary.by_anchor.get(*anchors):
            marks = dict(zip(LANGUAGES, match.groups()[1:], strict=True)) if match else {}
            judged = [
                row_of(place, term, code, (words, marks.get(code)), glossary, user) for code, words in concept.words.items()
            ]
        else:
            judged = [TermRow(place, "", TermVerdict.GONE, None)]
        met |= anchors
        for row in with_what_lacks(judged, concept):
            names = names_given(row, concept)
            rows.append(replace(row, verdict=TermVerdict.TWICE) if names & given else row)
            given |= names
    return rows


def with_what_lacks(rows, concept):
    """Return rows of a concept, INCOMPLETE where the entry would lack Dutch or French of what they say, with all of them."""
    term = copy(next((row.term for row in rows if row.term), GlossaryTerm()))
    takeable = [row for row in rows if row.may_take]
    for row in takeable:
        fill(term, row, concept)
    lacking = {unit.address for unit, _language in gaps(units(term))} if takeable else set()
    return [replace(row, verdict=TermVerdict.INCOMPLETE) if row.may_take and lacking & {*row.fields} else row for row in rows]


def fill(term, row, concept):
    """Let an entry say what a row says."""
    for code in row.languages(concept):
        for name in row.fields:
            setattr(term, f"{name}_{code}", stored_text(concept.words[code], name))


def names_given(row, concept):
    """Return the terms, as they are looked up in a language, that an entry gets if a row is taken over."""
    gives = row.may_take and "term" in row.fields
    return {(code, lookup_form(term, code)) for code in row.languages(concept) if gives and (term := concept.words[code].term)}


def verdict_of_new(concept, user):
    """Return the verdict on a concept that the glossary does not have."""
    if not may_add_terms(user):
        return TermVerdict.FORBIDDEN
    if any(is_too_long(words, SAID) for words in concept.words.values()):
        return TermVerdict.TOO_LONG
    return TermVerdict.NEW


def may_add_terms(user):
    """Say whether somebody may make new terms by a file."""
    return writes_all(user) and RIGHTS.user_has_permission(user, "add")


def row_of(place, term, code, said, glossary, user):
    """Return the row of an entry in a language; `said` are the `Words` of a file, and the mark of those that it was made of."""
    words, mark = said
    now = words_in(term, code)
    fields = fields_changed(now, words)
    others = glossary.called({code: words}) - {term.anchor} if "term" in fields else ()
    if not fields or (mark and mark_of(words) == mark):
        verdict = TermVerdict.UNCHANGED
    elif code not in languages_to_write(user):
        verdict = TermVerdict.FORBIDDEN
    elif is_too_long(words, fields):
        verdict = TermVerdict.TOO_LONG
    elif others:
        verdict = TermVerdict.TWICE
    else:
        verdict = TermVerdict.READY if mark == mark_of(now) else TermVerdict.CONFLICT
    return TermRow(place, code, verdict, term, fields, mark_of(now) or "nothing")


def is_too_long(words, fields):
    """Say whether one of the fields of a file is longer than the glossary has room for."""
    limits = {name: GlossaryTerm._meta.get_field(name).max_length for name in fields}
    return any(limit and len(stored_text(words, name)) > limit for name, limit in limits.items())
