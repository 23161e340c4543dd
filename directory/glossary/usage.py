"""Which terms of the glossary a text uses, in whichever language: for checks of texts and of strings."""

from functools import cached_property
from hashlib import blake2s

from directory.glossary.linking import Term, index_forms, matches
from directory.models import GlossaryTerm
from languages.codes import LANGUAGES

COLUMNS = ("term", "abbreviation", "synonyms", "inflections")


class Glossary:
    """The terms of the glossary in every language, read with one query: all but `without`, with `columns` of each."""

    def __init__(self, columns=COLUMNS, without=None):
        names = [f"{name}_{code}" for name in columns for code in LANGUAGES]
        rows = GlossaryTerm.objects.exclude(pk=without).order_by("pk").values("pk", "is_everyday", "for_staff_only", *names)
        self.rows = {str(row["pk"]): row for row in rows}
        self.names = {key: {code: row[f"term_{code}"] or "" for code in LANGUAGES} for key, row in self.rows.items()}

    @cached_property
    def terms(self):
        return {code: {key: term_of(key, row, code) for key, row in self.rows.items()} for code in LANGUAGES}

    @cached_property
    def forms(self):
        return {code: index_forms(tuple(terms.values())) for code, terms in self.terms.items()}

    def terms_in(self, text, language):
        """Return the keys of the terms that a text without tags uses."""
        return {form.term.anchor for form, _span in matches(self.forms[language], text)}

    def is_of_the_trade(self, key):
        """Say whether a term is to be the same in all texts, and no word of everyday or of the screens."""
        row = self.rows[key]
        is_one_word = all(" " not in name for name in self.names[key].values())  # such as "employment", which has many others
        return not (row["is_everyday"] or row["for_staff_only"] or is_one_word)

    def forms_of(self, key, language):
        """Return all that a term is called in a language: by its name first."""
        term = self.terms[language][key]
        return [form for form in map(str.strip, (*term.forms, *term.abbreviations)) if form]

    @cached_property
    def digest(self):
        """What stands for the glossary as it is."""
        return blake2s(repr(self.rows).encode(), digest_size=8).hexdigest()

    def __eq__(self, other):
        """Two glossaries that say the same are one: what was found with the one need not be looked for with the other."""
        return isinstance(other, Glossary) and self.digest == other.digest

    def __hash__(self):
        return hash(self.digest)


def term_of(key, row, code):
    """Return a row of the glossary as a `Term` of one language."""
    text = {name: row[f"{name}_{code}"] or "" for name in COLUMNS}
    return Term(key, (text["term"], *text["synonyms"].split(";"), *text["inflections"].split(";")), (text["abbreviation"],))
