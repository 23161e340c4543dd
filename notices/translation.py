from modeltranslation.translator import TranslationOptions, register

from notices.models import Notice


@register(Notice)
class NoticeTranslation(TranslationOptions):
    fields = ("text", "link_url", "link_label")
