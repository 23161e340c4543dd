from directory.models.entries import Organisation, Person
from directory.models.entry import entry_anchor
from directory.models.glossary_term import GlossaryTerm, lookup_form

__all__ = ["GlossaryTerm", "Organisation", "Person", "entry_anchor", "lookup_form"]
