"""A cooperation agreement: with whom, paid by whom, to what end, and who signed it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from directory.fields import PartialDateField
from languages.blocks import TranslatedRichTextBlock
from languages.fields import StreamField
from languages.panels import TranslatedPanel, translated_panels
from pages.blocks import FigureBlock, OrganisationItemBlock, SignatoryBlock
from pages.models import IndexPage, TopicPage, topic_panels

FEATURES = TranslatedRichTextBlock.FEATURES


class ConsortiumMemberBlock(OrganisationItemBlock):
    """A member of the consortium that carries out the work."""

    lead = blocks.BooleanBlock(label=_("Leads the consortium"), required=False)


class AgreementIndexPage(IndexPage):
    """All cooperation agreements."""

    subpage_types = ["partnerships.AgreementPage"]

    class Meta:
        verbose_name = _("cooperation agreements page")


class AgreementPage(TopicPage):
    """One cooperation agreement."""

    default_illustration = "agreement"
    fact_template = "partnerships/fact.html"
    lead_figure_streams = ("figures", "reach")

    partner = models.ForeignKey(
        "directory.Organisation",
        verbose_name=_("partner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("With whom the agreement was made."),
    )
    funders = StreamField([("funder", OrganisationItemBlock())], blank=True, verbose_name=_("funders"))
    consortium = StreamField([("member", ConsortiumMemberBlock())], blank=True, verbose_name=_("consortium"))
    framework = models.CharField(
        _("framework"), max_length=250, blank=True, help_text=_("What it is part of, such as the 2030 Agenda.")
    )
    framework_url = models.URLField(_("address of the framework"), max_length=1000, blank=True)
    nature = models.CharField(
        _("nature"), max_length=250, blank=True, help_text=_("What kind of cooperation it is, in a few words.")
    )
    objective = RichTextField(
        _("objective"), blank=True, features=FEATURES, help_text=_("What the agreement is to achieve, in a sentence or two.")
    )
    reach = StreamField(
        [("figure", FigureBlock())],
        blank=True,
        verbose_name=_("reach"),
        help_text=_("Numbers that show how far it goes, with their year and source."),
    )
    since = PartialDateField(
        _("programme running since"),
        help_text=_("When the programme began that the agreement is about. The day of signing has a field of its own."),
    )
    signed_on = PartialDateField(_("signed on"), help_text=_("A year is enough where the day is not known."))
    signed_note = models.CharField(_("note on the signing"), max_length=300, blank=True)
    signatories = StreamField(
        [("signatory", SignatoryBlock())],
        blank=True,
        verbose_name=_("signatories"),
        help_text=_("Who signed, with the post held at that time."),
    )
    contribution = RichTextField(
        _("contribution of Actiris"),
        blank=True,
        features=FEATURES,
        help_text=_("What Actiris brings in, in a sentence or two."),
    )

    parent_page_types = ["partnerships.AgreementIndexPage"]
    content_panels = topic_panels(
        FieldPanel("partner"),
        FieldPanel("since"),
        *translated_panels("nature", "framework", "framework_url", "objective", "contribution"),
        FieldPanel("reach"),
        people=(FieldPanel("funders"), FieldPanel("consortium")),
        history=(
            MultiFieldPanel(
                [
                    FieldPanel("signed_on"),
                    TranslatedPanel("signed_note"),
                    FieldPanel("signatories"),
                ],
                heading=_("Signing"),
            ),
        ),
    )

    class Meta:
        verbose_name = _("cooperation agreement")
        verbose_name_plural = _("cooperation agreements")

    @property
    def reach_below(self):
        return self.figures_below("reach")

    @property
    def lead_fact(self):
        """The name of what stands large at the top: a figure, else a day of the agreement; "" for neither."""
        fields = ("lead_figure", "since", "signed_on")
        return next((name for name in fields if getattr(self, name)), "")
