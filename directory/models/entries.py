"""Organisations and people: written once, referred to by many pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from directory.models.entry import Entry, picture_field
from languages.codes import LANGUAGES
from languages.language_bar import LanguageBar
from languages.panels import translated_panels
from languages.units import shown_text
from staff_notes.panels import StaffNotesPanel


class Organisation(Entry):
    """An organisation, with its name, address on the web and former names in each language."""

    class Kind(models.TextChoices):
        PUBLIC_SERVICE = "public_service", _("Public employment or training service")
        GOVERNMENT = "government", _("Government or public body")
        EUROPEAN = "european", _("European institution or body")
        INTERNATIONAL = "international", _("International organisation")
        FEDERATION = "federation", _("Federation or association")
        AGENCY = "agency", _("Agency")
        SOCIAL_PARTNER = "social_partner", _("Social partners")
        MEDIA = "media", _("Media")
        OTHER = "other", _("Other")

    name = models.CharField(
        _("name"), max_length=200, blank=True, help_text=_("The name by which the organisation calls itself in this language.")
    )
    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    former_names = models.CharField(_("former names"), max_length=300, blank=True, help_text=_("Separated by semicolons."))
    url = models.URLField(_("website"), max_length=1000, blank=True, help_text=_("Only for the languages the site has."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Two letters, such as BE."))
    logo = picture_field(_("logo"))

    NAME = "name"
    search_fields = [index.AutocompleteField(f"{name}_{code}") for name in ("name", "abbreviation") for code in LANGUAGES]
    language_neutral = (*Entry.language_neutral, "country")
    required_for_publishing = ("name",)
    own_to_each_language = ("abbreviation", "former_names")
    panels = [
        LanguageBar(),
        StaffNotesPanel(),
        *translated_panels("name", "abbreviation", "former_names", "url"),
        FieldPanel("kind"),
        FieldPanel("country"),
        FieldPanel("logo"),
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_nl"]

    def __str__(self):
        return shown_text(self, "name").text


@register_snippet
class Person(Entry):
    """A person. What somebody is or was stands with dates where it matters: in a term of office or a signature."""

    name = models.CharField(_("name"), max_length=120, help_text=_("First name, then surname, as the person writes it."))
    portrait = picture_field(_("portrait"))

    search_fields = [index.AutocompleteField("name")]
    language_neutral = (*Entry.language_neutral, "name")
    panels = [StaffNotesPanel(), FieldPanel("name"), FieldPanel("portrait")]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self):
        return self.name


register_snippet(Organisation, viewset="directory.entry_lists.OrganisationViewSet")
