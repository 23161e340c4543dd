from modeltranslation.translator import TranslationOptions, register

from mandates.models import MandateIndexPage, MandatePage
from pages.translation import TopicTranslation


@register(MandateIndexPage)
class MandateIndexTranslation(TranslationOptions):
    pass


@register(MandatePage)
class MandateTranslation(TopicTranslation):
    fields = ("role_description", "funding", "target_group", "time_limit_note", "priorities_note", "partners_note")
