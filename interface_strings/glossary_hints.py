"""Terms of the glossary in strings: where the source names one, a translation is expected to use the house's word for it."""

from django.utils.translation import gettext as _

from directory.glossary.linking import Term, index_forms, matches
from directory.models import GlossaryTerm
from interface_strings.catalogue_files import SOURCE_LANGUAGE
from interface_strings.markup import without_tags
from interface_strings.problems import Kind, Problem
from interface_strings.refusals import source_of
from languages.codes import LANGUAGES


class Glossary:
    """The terms of the glossary in every language, read with one query."""

    def __init__(self):
        terms = list(GlossaryTerm.objects.all())
        self.names = {str(term.pk): {code: getattr(term, f"term_{code}") or "" for code in LANGUAGES} for term in terms}
        self.forms = {code: index_forms(tuple(of_language(term, code) for term in terms)) for code in LANGUAGES}

    def terms_in(self, text, language):
        """Return the keys of the terms that a text uses."""
        return {form.term.anchor for form, _span in matches(self.forms[language], without_tags(text))}

    def hints(self, sources, forms, language):
        """Return a list of `Problem`s for each form: the terms of the source for which it uses no word of the glossary."""
        if language == SOURCE_LANGUAGE:
            return [[] for _form in forms]
        return [[*self.hints_of(source_of(sources, index), form, language)] for index, form in enumerate(forms)]

    def hints_of(self, source, form, language):
        used = self.terms_in(source, SOURCE_LANGUAGE)
        for key in sorted(used - self.terms_in(form, language) if used else ()):
            words = {"term": self.names[key][SOURCE_LANGUAGE], "word": self.names[key][language]}
            if words["word"] and words["word"].casefold() not in form.casefold():
                yield Problem(Kind.GLOSSARY, _("The glossary says ‘%(word)s’ for ‘%(term)s’.") % words)


def of_language(term, code):
    """Return an entry of the glossary as a `Term` of one language."""
    value = {name: getattr(term, f"{name}_{code}") or "" for name in ("term", "synonyms", "inflections", "abbreviation")}
    forms = (value["term"], *value["synonyms"].split(";"), *value["inflections"].split(";"))
    return Term(str(term.pk), forms, (value["abbreviation"],))
