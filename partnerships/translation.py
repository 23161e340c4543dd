from modeltranslation.translator import TranslationOptions, register

from pages.translation import TopicTranslation
from partnerships.models import AgreementIndexPage, AgreementPage


@register(AgreementIndexPage)
class AgreementIndexTranslation(TranslationOptions):
    pass


@register(AgreementPage)
class AgreementTranslation(TopicTranslation):
    fields = ("framework", "framework_url", "nature", "objective", "signed_note", "contribution")
