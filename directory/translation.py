from modeltranslation.translator import TranslationOptions, register

from directory.models import GlossaryTerm, Organisation


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "abbreviation", "former_names", "url")


@register(GlossaryTerm)
class GlossaryTermTranslation(TranslationOptions):
    fields = ("term", "abbreviation", "synonyms", "inflections", "definition")
