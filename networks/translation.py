from modeltranslation.translator import TranslationOptions, register

from networks.models import NetworkIndexPage, NetworkPage
from pages.translation import TopicTranslation


@register(NetworkIndexPage)
class NetworkIndexTranslation(TranslationOptions):
    pass


@register(NetworkPage)
class NetworkTranslation(TopicTranslation):
    fields = ("founding_note", "members_description", "role_description")
