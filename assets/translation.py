from modeltranslation.translator import TranslationOptions, register

from assets.models import SiteDocument, SiteImage


@register(SiteImage)
class ImageTranslation(TranslationOptions):
    fields = ("alternative",)


@register(SiteDocument)
class DocumentTranslation(TranslationOptions):
    fields = ("heading", "edition")
