"""The settings of the site that staff keep."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from languages.forms import AlignedForm
from languages.language_bar import LanguageBar
from languages.models import AlignedModel
from languages.panels import TranslatedPanel
from languages.parity import require_parity
from pages import laws
from staff_notes.panels import StaffNotesPanel
from staff_notes.readiness import Requirement


@register_setting(icon="cog")
class SiteSettings(AlignedModel, BaseGenericSetting):
    """Who we are and where: shown in the footer and on the contact page."""

    site_name = models.CharField(_("name of the site"), max_length=120, blank=True)
    tagline = models.CharField(
        _("what the site is, in a line"),
        max_length=200,
        blank=True,
        help_text=_("Stands at the foot of every page."),
    )
    organisation_name = models.CharField(_("organisation"), max_length=120, blank=True)
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    building = models.CharField(_("building"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("municipality"), max_length=120, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True, help_text=_("As readers dial it."))
    telephone_note = models.CharField(
        _("note on the telephone"), max_length=200, blank=True, help_text=_("Such as ‘free of charge’.")
    )
    hours = models.CharField(
        _("opening hours"), max_length=300, blank=True, help_text=_("Confirm them first: nothing is shown while this is empty.")
    )
    enterprise_number = models.CharField(_("enterprise number"), max_length=20, blank=True)
    contact_email = models.EmailField(
        _("mailbox for messages"),
        blank=True,
        help_text=_(
            "What readers write to us arrives here. While this is empty, there is no contact form and nothing leads to it."
        ),
    )
    publisher = models.CharField(
        _("responsible publisher"),
        max_length=120,
        blank=True,
        help_text=_("Who answers for what is published here. Stands among our details; nothing is shown while this is empty."),
    )
    data_protection_email = models.EmailField(
        _("data protection officer"),
        blank=True,
        help_text=_("The e-mail address at which readers ask about their personal data."),
    )
    privacy_page = models.ForeignKey(
        "pages.SitePage",
        verbose_name=_("privacy page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page that forms link to, which explains what happens to people’s data."),
    )
    transparency_url = models.URLField(
        _("transparency page"),
        max_length=1000,
        blank=True,
        help_text=_(
            "The page on which Actiris publishes what the rules on open government require. The footer links to it; nothing is"
            " shown while this is empty."
        ),
    )
    transparency_label = models.CharField(
        _("text of the link to it"), max_length=80, blank=True, help_text=_("Leave empty to use ‘Transparency’.")
    )
    regional_signature = models.ForeignKey(
        "assets.SiteImage",
        verbose_name=_("signature of the Region"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The common top signature of Brussels bodies. Nothing is shown while this is empty."),
    )
    regional_signature_note = models.CharField(_("text of the signature"), max_length=200, blank=True)

    language_neutral = (
        "postal_code",
        "telephone",
        "enterprise_number",
        "contact_email",
        "publisher",
        "data_protection_email",
    )
    required_for_publishing = ("site_name", "organisation_name")
    needed_to_go_live = (
        Requirement("contact_email", laws.ACCESSIBILITY),
        Requirement("transparency_url", laws.OPEN_GOVERNMENT),
        Requirement("publisher", laws.PRESS),
        Requirement("data_protection_email", laws.DATA_PROTECTION),
        Requirement("privacy_page", laws.DATA_PROTECTION),
        Requirement("hours"),
        Requirement("regional_signature"),
    )
    base_form_class = AlignedForm
    panels = [
        LanguageBar(),
        StaffNotesPanel(),
        TranslatedPanel("site_name", required=True),
        TranslatedPanel("tagline"),
        TranslatedPanel("organisation_name", required=True),
        MultiFieldPanel(
            [
                TranslatedPanel("street"),
                TranslatedPanel("building"),
                FieldPanel("postal_code"),
                TranslatedPanel("city"),
            ],
            heading=_("Address"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("telephone"),
                TranslatedPanel("telephone_note"),
                TranslatedPanel("hours"),
                FieldPanel("enterprise_number"),
                FieldPanel("contact_email"),
                FieldPanel("publisher"),
                FieldPanel("data_protection_email"),
                FieldPanel("privacy_page"),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [TranslatedPanel("transparency_url"), TranslatedPanel("transparency_label")], heading=_("Transparency")
        ),
        MultiFieldPanel([FieldPanel("regional_signature"), TranslatedPanel("regional_signature_note")], heading=_("Region")),
    ]

    class Meta:
        verbose_name = _("site settings")

    @classmethod
    def current(cls, request=None):
        """Return the settings, fetched once a request; where there are none yet, empty ones, unstored."""
        site = getattr(request, "fetched_site_settings", None)
        if site is None:
            site = cls.objects.select_related("regional_signature").first() or cls()
            if request is not None:
                request.fetched_site_settings = site
        return site

    def clean(self):
        """Settings are public as soon as they are saved, so parity is asked for at once."""
        super().clean()
        require_parity(self)
