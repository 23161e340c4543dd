"""A network: who founded it on what act, who belongs to it, who speaks for Belgium, and who held its offices."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from directory.fields import PartialDateField
from directory.models import Organisation
from directory.references import EntryChooserBlock
from languages.blocks import TranslatedRichTextBlock
from languages.fields import StreamField
from languages.panels import TranslatedPanel
from networks.chairs import chairs_of
from networks.countries import CountriesField
from page_cache.recording import today
from pages.blocks import (
    ActBlock,
    FigureBlock,
    NotedItemBlock,
    NotedOrganisationBlock,
    OrganisationItemBlock,
    TermOfOfficeBlock,
    TextItemBlock,
)
from pages.models import IndexPage, TopicPage, topic_panels

FEATURES = TranslatedRichTextBlock.FEATURES


class RepresentativeBlock(NotedOrganisationBlock):
    """Who represents Belgium, and within what."""

    within = EntryChooserBlock(Organisation, label=_("Within"), required=False)


class NetworkIndexPage(IndexPage):
    """All networks."""

    subpage_types = ["networks.NetworkPage"]

    class Meta:
        verbose_name = _("networks page")


class NetworkPage(TopicPage):
    """One network."""

    default_illustration = "network"
    fact_template = "networks/fact.html"
    lead_figure_streams = ("figures", "membership")

    founded_on = PartialDateField(_("founded on"))
    founding_note = RichTextField(_("note on the founding"), blank=True, features=FEATURES)
    founding_acts = StreamField(
        [("act", ActBlock())],
        blank=True,
        verbose_name=_("founding acts"),
        help_text=_("The acts by which the network was founded, or joined."),
    )
    membership = StreamField(
        [("figure", FigureBlock())],
        blank=True,
        verbose_name=_("number of members"),
        help_text=_("A number with its year and its source."),
    )
    members_description = RichTextField(_("who the members are"), blank=True, features=FEATURES)
    member_countries = CountriesField(verbose_name=_("member countries"), help_text=_("The map shows them."))
    belgian_members = StreamField([("member", OrganisationItemBlock())], blank=True, verbose_name=_("Belgian members"))
    representatives = StreamField(
        [("representative", RepresentativeBlock())],
        blank=True,
        verbose_name=_("who represents Belgium"),
        help_text=_("Who speaks for Belgium there, and for which part of it."),
    )
    observers = StreamField(
        [("observer", NotedOrganisationBlock())],
        blank=True,
        verbose_name=_("observers"),
        help_text=_("Organisations that take part without a vote."),
    )
    terms = StreamField(
        [("term", TermOfOfficeBlock())],
        blank=True,
        verbose_name=_("terms of office"),
        help_text=_("Who held which office, from when to when. Readers see first who holds it now."),
    )
    aims = StreamField([("aim", TextItemBlock())], blank=True, verbose_name=_("aims"))
    activities = StreamField([("activity", NotedItemBlock())], blank=True, verbose_name=_("activities"))
    role_description = RichTextField(
        _("role of Actiris"),
        blank=True,
        features=FEATURES,
        help_text=_("What Actiris does in the network, in a sentence or two."),
    )

    parent_page_types = ["networks.NetworkIndexPage"]
    content_panels = topic_panels(
        TranslatedPanel("role_description"),
        FieldPanel("aims"),
        FieldPanel("activities"),
        people=(
            MultiFieldPanel(
                [
                    FieldPanel("membership"),
                    TranslatedPanel("members_description"),
                    FieldPanel("belgian_members"),
                    FieldPanel("representatives"),
                    FieldPanel("observers"),
                    FieldPanel("member_countries"),
                ],
                heading=_("Members"),
            ),
        ),
        history=(
            FieldPanel("terms"),
            MultiFieldPanel(
                [FieldPanel("founded_on"), TranslatedPanel("founding_note"), FieldPanel("founding_acts")],
                heading=_("Founding"),
            ),
        ),
    )

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")

    @cached_property
    def chairs(self):
        """The `Chairs` of today: what is to be confirmed is shown with a source alone."""
        terms = [term.value for term in self.terms]
        shown = [term for term in terms if not term["to_confirm"] or term["source"].for_reader().text]
        return chairs_of(terms, shown, self.founded_on, today())

    @property
    def lead_figure(self):
        """The figure at the top, unless it says there who chairs the network."""
        return None if self.chairs.now else super().lead_figure

    @property
    def membership_below(self):
        return self.figures_below("membership")
