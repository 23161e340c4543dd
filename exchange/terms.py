"""The glossary as concepts of a file of terms, and who may take it out and bring it in."""

import re

from wagtail.permissions import ModelPermissionPolicy

from directory.models import GlossaryTerm
from exchange.formats.markup import clean
from exchange.formats.tbx import SAID, SEPARATOR, Concept, Words, split_list
from languages.codes import LANGUAGES
from languages.normalising import digest

KEY = re.compile(r"actiris\.([\w-]{1,80})\.([0-9a-f]{0,16})-([0-9a-f]{0,16})-([0-9a-f]{0,16})", re.ASCII)
LISTS = ("synonyms", "inflections")
RIGHTS = ModelPermissionPolicy(GlossaryTerm)


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
