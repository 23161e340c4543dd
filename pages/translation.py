from modeltranslation.translator import TranslationOptions, register

from pages.models import (
    AccessibilityStatementPage,
    ContactPage,
    GlossaryPage,
    HomePage,
    SitePage,
    SiteSettings,
    StandardPage,
)


@register(SitePage)
class SitePageTranslation(TranslationOptions):
    fields = ("heading", "url_slug", "address", "summary", "meta_title", "meta_description", "change_note")
    empty_values = {"address": None}


@register([HomePage, StandardPage, GlossaryPage, ContactPage])
class StandalonePageTranslation(TranslationOptions):
    pass


@register(AccessibilityStatementPage)
class AccessibilityStatementTranslation(TranslationOptions):
    fields = (
        "ordinance",
        "ordinance_url",
        "conformity_note",
        "assessment",
        "disproportionate_burden",
        "contact_first",
        "contact_unit",
        "contact_complaint",
        "contact_ombudsman",
        "improvement_plan",
    )


class TopicTranslation(TranslationOptions):
    """What the pages of every topic translate; each kind of topic adds its own fields."""

    fields = ("abbreviation", "full_name", "opening", "audience", "next_step", "next_step_label", "next_step_url")


@register(SiteSettings)
class SiteSettingsTranslation(TranslationOptions):
    fields = (
        "site_name",
        "tagline",
        "organisation_name",
        "street",
        "building",
        "city",
        "telephone_note",
        "hours",
        "transparency_url",
        "transparency_label",
        "regional_signature_note",
    )
