"""Terms of the glossary in strings: where the source names one, a translation is expected to use the house's word for it."""

from django.utils.translation import gettext as _

from directory.glossary.usage import Glossary
from interface_strings.catalogue_files import SOURCE_LANGUAGE
from interface_strings.markup import without_tags
from interface_strings.problems import Kind, Problem
from interface_strings.refusals import source_of


class StringGlossary(Glossary):
    """The glossary, as strings ask it."""

    def hints(self, sources, forms, language):
        """Return a list of `Problem`s for each form: the terms of the source for which it uses no word of the glossary."""
        if language == SOURCE_LANGUAGE:
            return [[] for _form in forms]
        return [[*self.hints_of(source_of(sources, index), form, language)] for index, form in enumerate(forms)]

    def hints_of(self, source, form, language):
        used = self.terms_in(without_tags(source), SOURCE_LANGUAGE)
        for key in sorted(used - self.terms_in(without_tags(form), language) if used else ()):
            words = {"term": self.names[key][SOURCE_LANGUAGE], "word": self.names[key][language]}
            if words["word"] and words["word"].casefold() not in form.casefold():
                yield Problem(Kind.GLOSSARY, _("The glossary says ‘%(word)s’ for ‘%(term)s’.") % words)
