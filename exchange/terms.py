"""The glossary as concepts of a file, and what a file of terms says otherwise: judged against what the glossary says now."""

import re
from collections import defaultdict
from copy import copy
from dataclasses import dataclass, replace

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.permissions import ModelPermissionPolicy

from directory.models import GlossaryTerm, lookup_form
from exchange.formats.markup import clean
from exchange.formats.tbx import SAID, SEPARATOR, Concept, Words, split_list
from languages.codes import LANGUAGES
from languages.normalising import digest, normalise
from languages.parity import gaps
from languages.rights import languages_to_write, writes_all
from languages.units import units

KEY = re.compile(r"actiris\.([\w-]{1,80})\.([0-9a-f]{0,16})-([0-9a-f]{0,16})-([0-9a-f]{0,16})", re.ASCII)
LISTS = ("synonyms", "inflections")
RIGHTS = ModelPermissionPolicy(GlossaryTerm)


class Verdict(models.TextChoices):
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


TAKEABLE = (Verdict.READY, Verdict.NEW, Verdict.CONFLICT)
CHOSEN = (Verdict.READY, Verdict.NEW)


@dataclass(frozen=True, slots=True)
class Row:
    """What a file says of a concept, at a place in the file, in a language; of a new one in all, with `language` "".

    `term` is the entry of the glossary, `fields` which of its fields say something else. `seen` stands for what the entry says
    now: a row with another one is another.
    """

    place: int
    language: str
    verdict: Verdict
    term: GlossaryTerm | None
    fields: tuple = ()
    seen: str = ""

    @property
    def may_take(self):
        return self.verdict in TAKEABLE

    @property
    def key(self):
        return self.place, self.language

    def languages(self, concept):
        """Return in which languages it says something of its concept."""
        return [self.language] if self.language else list(concept.words)


def may_exchange(user):
    """Say whether somebody may take the glossary out as a file, and bring one in: whoever may change terms."""
    return RIGHTS.user_has_permission(user, "change")


def concept_of(term):
    """Return an entry of the glossary as a concept. Its id says what each language said, by which changes are told later."""
    words = {code: words_in(term, code) for code in LANGUAGES}
    marks = "-".join(mark_of(words[code]) for code in LANGUAGES)
    return Concept(f"actiris.{term.anchor}.{marks}", words)


def words_in(term, code):
    """Return the `Words` of an entry in a language, as a file holds them."""
    said = {name: " ".join(clean(getattr(term, f"{name}_{code}") or "").split()) for name in SAID}
    return Words(**said | {name: split_list(said[name]) for name in LISTS})


def stored_text(words, name):
    """Return what one of the fields of `Words` is in the glossary."""
    said = getattr(words, name)
    return f"{SEPARATOR} ".join(said) if name in LISTS else said


def mark_of(words):
    """Return what stands for `Words`, "" where they say nothing."""
    return (
        digest("\n".join(f"{name}={stored_text(words, name)}" for name in SAID))
        if any(stored_text(words, one) for one in SAID)
        else ""
    )


def fields_changed(now, said):
    """Return in which fields a file says something else; what it does not say stays."""
    return tuple(
        name
        for name in SAID
        if stored_text(said, name) and normalise(stored_text(said, name)) != normalise(stored_text(now, name))
    )


class Glossary:
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


def judge(concepts, glossary, user):
    """Return the `Row`s of the concepts of a file, for `user`. Of two that would give the same name, the first may."""
    rows, met, given = [], set(), set()
    for place, concept in enumerate(concepts):
        match = KEY.fullmatch(concept.key)
        anchors = {match[1]} if match else glossary.called(concept.words)
        if len(anchors) > 1:
            judged = [Row(place, "", Verdict.SEVERAL, None)]
        elif anchors & met:
            judged = [Row(place, "", Verdict.TWICE, None)]
        elif not anchors:
            judged = [Row(place, "", verdict_of_new(concept, user), None, tuple(SAID), "new")]
        elif term := glossary.by_anchor.get(*anchors):
            marks = dict(zip(LANGUAGES, match.groups()[1:], strict=True)) if match else {}
            judged = [
                row_of(place, term, code, (words, marks.get(code)), glossary, user) for code, words in concept.words.items()
            ]
        else:
            judged = [Row(place, "", Verdict.GONE, None)]
        met |= anchors
        for row in with_what_lacks(judged, concept):
            names = names_given(row, concept)
            rows.append(replace(row, verdict=Verdict.TWICE) if names & given else row)
            given |= names
    return rows


def with_what_lacks(rows, concept):
    """Return rows of a concept, INCOMPLETE where the entry would lack Dutch or French of what they say, with all of them."""
    term = copy(next((row.term for row in rows if row.term), GlossaryTerm()))
    takeable = [row for row in rows if row.may_take]
    for row in takeable:
        fill(term, row, concept)
    lacking = {unit.address for unit, _language in gaps(units(term))} if takeable else set()
    return [replace(row, verdict=Verdict.INCOMPLETE) if row.may_take and lacking & {*row.fields} else row for row in rows]


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
    if not (writes_all(user) and RIGHTS.user_has_permission(user, "add")):
        return Verdict.FORBIDDEN
    if any(is_too_long(words, SAID) for words in concept.words.values()):
        return Verdict.TOO_LONG
    return Verdict.NEW


def row_of(place, term, code, said, glossary, user):
    """Return the row of an entry in a language; `said` are the `Words` of a file, and the mark of those that it was made of."""
    words, mark = said
    now = words_in(term, code)
    fields = fields_changed(now, words)
    others = glossary.called({code: words}) - {term.anchor} if "term" in fields else ()
    if not fields or (mark and mark_of(words) == mark):
        verdict = Verdict.UNCHANGED
    elif code not in languages_to_write(user):
        verdict = Verdict.FORBIDDEN
    elif is_too_long(words, fields):
        verdict = Verdict.TOO_LONG
    elif others:
        verdict = Verdict.TWICE
    else:
        verdict = Verdict.READY if mark == mark_of(now) else Verdict.CONFLICT
    return Row(place, code, verdict, term, fields, mark_of(now) or "nothing")


def is_too_long(words, fields):
    """Say whether one of the fields of a file is longer than the glossary has room for."""
    limits = {name: GlossaryTerm._meta.get_field(name).max_length for name in fields}
    return any(limit and len(stored_text(words, name)) > limit for name, limit in limits.items())
