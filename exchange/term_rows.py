"""What staff see of a file of terms: what it would change, word by word, and what it cannot."""

from collections import Counter
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.models import GlossaryTerm
from exchange.import_rows import Version
from exchange.judging_terms import CHOSEN_BEFOREHAND, TermRow, TermVerdict
from exchange.terms import stored_text, words_in
from languages.codes import LANGUAGES, current_language, language_name
from languages.numbers import format_number
from languages.texts import text_for_reader
from languages.word_diff import mark_changes
from staff_notes.permissions import form_url


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as it is shown: its name, the address of its form, and a `Version` for each field that is new or changed.

    `left` says why it was not taken over, "" where nobody tried.
    """

    row: TermRow
    name: str
    name_language: str
    url: str | None
    versions: list
    forbidden: str
    is_chosen: bool
    left: str

    @property
    def value(self):
        return f"{self.row.place}:{self.row.language}:{self.row.seen}"


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What a file of terms would change, what it cannot, and in words what changes nothing."""

    takeable: list
    others: list
    unchanged: str


def shown_rows(rows, concepts, user, outcome=None):
    """Return what is shown of `TermRow`s; those that change nothing are only counted.

    What is new or changed in the file alone is chosen beforehand; after the `outcome` of taking over, only what waits.
    """
    chosen = {row.key: row.seen for row in rows if row.verdict in CHOSEN_BEFOREHAND} if outcome is None else outcome.waiting
    left = {} if outcome is None else dict(outcome.left)
    number = Counter(row.verdict for row in rows)[TermVerdict.UNCHANGED]
    shown = [
        shown_row(row, concepts[row.place], user, is_chosen=chosen.get(row.key) == row.seen, left=left.get(row.key))
        for row in rows
        if row.verdict != TermVerdict.UNCHANGED
    ]
    text = ngettext("Nothing new: %(number)s text.", "Nothing new: %(number)s texts.", number) % {
        "number": format_number(number)
    }
    return LookedAt(
        [one for one in shown if one.row.may_take], [one for one in shown if not one.row.may_take], text if number else ""
    )


def shown_row(row, concept, user, *, is_chosen, left):
    names = {code: concept.words[code].term if code in concept.words else "" for code in LANGUAGES}
    if row.term:
        names = {code: getattr(row.term, f"term_{code}") or "" for code in LANGUAGES}
    name = text_for_reader(names, current_language())
    codes = row.languages(concept)
    return ShownRow(
        row=row,
        name=name.text,
        name_language=name.language,
        url=form_url(user, GlossaryTerm, row.term.pk) if row.term else None,
        versions=[version for code in codes for version in versions_of(row, concept.words[code], code)],
        forbidden="; ".join(term for code in codes for term in concept.words[code].forbidden),
        is_chosen=is_chosen and row.may_take,
        left=left.label if left else "",
    )


def versions_of(row, words, code):
    """Yield what is said in a language, field by field, marked where it says something else now."""
    now = words_in(row.term, code) if row.term else None
    for name in row.fields:
        if said := stored_text(words, name):
            field = capfirst(GlossaryTerm._meta.get_field(name).verbose_name)
            label = _("%(label)s: %(text)s") % {"label": language_name(code), "text": field}
            yield Version(label, code, mark_changes(stored_text(now, name) if now else said, said))
