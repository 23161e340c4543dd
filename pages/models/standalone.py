"""The pages that are no topics. One module: each is a few fields with their help, and they are compared with one another."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from directory.glossary.sorting import group_by_letter, sort_alphabetically
from directory.models import GlossaryTerm
from languages.blocks import TranslatedRichTextBlock
from languages.codes import LANGUAGES, current_language
from languages.fields import StreamField
from languages.panels import TranslatedPanel, translated_panels
from pages import laws
from pages.blocks import BodyBlock, ChannelBlock, ExceptionBlock, TextItemBlock
from pages.cards import first_cards
from pages.models.site_page import SitePage
from staff_notes.readiness import Requirement

FEATURES = TranslatedRichTextBlock.FEATURES


class HomePage(SitePage):
    """The front door: what the sections are, and a card for every topic."""

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    is_home = True
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    required_for_publishing = ("heading", "summary")
    content_panels = [*SitePage.opening_panels, FieldPanel("body"), *SitePage.closing_panels]
    promote_panels = [TranslatedPanel("meta_title"), TranslatedPanel("meta_description")]
    CARDS_A_SECTION = 24

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        """Add the sections with the topics below them, with one query however many there are."""
        context = super().get_context(request, *args, **kwargs)
        sections = [page for page in context["navigation"].menu if page.numchild]
        below = first_cards(sections, current_language(), self.CARDS_A_SECTION)
        topics = [(section, [page for page in below if page.path.startswith(section.path)]) for section in sections]
        return {**context, "sections": topics}


class StandardPage(SitePage):
    """A page of running text: about us, the legal notice, privacy."""

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]
    content_panels = [*SitePage.opening_panels, FieldPanel("body"), *SitePage.closing_panels]

    class Meta:
        verbose_name = _("standard page")


class GlossaryPage(SitePage):
    """The terms of the directory, in three languages side by side."""

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = []
    explains_terms = False
    content_panels = [*SitePage.opening_panels, FieldPanel("body"), *SitePage.closing_panels]

    class Meta:
        verbose_name = _("glossary")

    def get_context(self, request, *args, **kwargs):
        """Add the terms for readers, and the same by letter."""
        terms = self.terms(current_language())
        return {
            **super().get_context(request, *args, **kwargs),
            "terms": terms,
            "letters": group_by_letter(terms, current_language()),
        }

    @staticmethod
    def terms(language):
        """Return the terms for readers, in the alphabetical order of `language`, with one query."""
        texts = [f"{name}_{code}" for name in ("term", "abbreviation", "synonyms", "definition") for code in LANGUAGES]
        topic = [f"page__sitepage__{name}_{code}" for name in ("heading", "address") for code in LANGUAGES]
        terms = GlossaryTerm.objects.filter(for_staff_only=False).select_related("page__sitepage")
        return sort_alphabetically(terms.only("key", "page", *texts, *topic), language)


class ContactPage(SitePage):
    """How to reach us: the channels here, the address and enterprise number from the settings."""

    channels = StreamField(
        [("channel", ChannelBlock())],
        blank=True,
        verbose_name=_("channels"),
        help_text=_("In the order in which readers see them."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    schema_type = "ContactPage"
    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = []
    content_panels = [*SitePage.opening_panels, FieldPanel("channels"), FieldPanel("body"), *SitePage.closing_panels]

    class Meta:
        verbose_name = _("contact page")


class AccessibilityStatementPage(SitePage):
    """The accessibility statement, by the Belgian model.

    Source: ordinance of the Brussels-Capital Region of 4 October 2018 on the accessibility of websites and mobile applications
    of regional bodies and municipalities, with the model of Implementing Decision (EU) 2018/1523.
    """

    class Conformity(models.TextChoices):
        FULL = "full", _("Fully compliant")
        PARTIAL = "partial", _("Partially compliant")
        NONE = "none", _("Not compliant")

    class Assessor(models.TextChoices):
        SELF = "self", _("We assessed the website ourselves")
        EXTERNAL = "external", _("A third party assessed the website")
        BOTH = "both", _("A third party and we ourselves assessed the website")

    ordinance = models.CharField(_("ordinance"), max_length=400, blank=True)
    ordinance_url = models.URLField(_("address of the ordinance"), max_length=1000, blank=True)
    sites_covered = StreamField(
        [("site", TextItemBlock())],
        blank=True,
        verbose_name=_("sites covered"),
        help_text=_("The address of each site that the statement is about."),
    )
    conformity = models.CharField(
        _("conformity"),
        max_length=10,
        choices=Conformity,
        default=Conformity.PARTIAL,
        help_text=_("What the last assessment found."),
    )
    conformity_note = RichTextField(_("note on conformity"), blank=True, features=FEATURES)
    assessed_how = models.CharField(_("who assessed it"), max_length=10, choices=Assessor, default=Assessor.SELF)
    assessment = RichTextField(
        _("how it was assessed"), blank=True, features=FEATURES, help_text=_("By which method, and which pages were looked at.")
    )
    exceptions = StreamField(
        [("exception", ExceptionBlock())],
        blank=True,
        verbose_name=_("content that is not accessible"),
        help_text=_("One entry for each thing that readers cannot read or use."),
    )
    disproportionate_burden = RichTextField(
        _("disproportionate burden"),
        blank=True,
        features=FEATURES,
        help_text=_("Only where something would cost out of all proportion: say what, and why."),
    )
    contact_first = RichTextField(
        _("first step: tell us"), blank=True, features=FEATURES, help_text=_("How readers report an obstacle to us.")
    )
    contact_unit = models.CharField(
        _("responsible service"),
        max_length=200,
        blank=True,
        help_text=_("The service or function that looks after accessibility and answers reports. Hidden while empty."),
    )
    contact_complaint = RichTextField(
        _("second step: complain"),
        blank=True,
        features=FEATURES,
        help_text=_("The complaints service, with address and time limits. Hidden while empty."),
    )
    contact_ombudsman = RichTextField(
        _("third step: the ombudsman"),
        blank=True,
        features=FEATURES,
        help_text=_("The ombudsman of the Region, with address and a link to the procedure. Hidden while empty."),
    )
    improvement_plan = RichTextField(
        _("improvement plan"), blank=True, features=FEATURES, help_text=_("What will be mended, and by when.")
    )
    prepared_on = models.DateField(_("prepared on"), null=True, blank=True)
    statement_reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    needed_to_go_live = tuple(
        Requirement(name, laws.ACCESSIBILITY)
        for name in ("contact_first", "contact_unit", "contact_complaint", "contact_ombudsman", "prepared_on")
    )
    max_count = 1
    parent_page_types = ["pages.HomePage"]
    subpage_types = []
    content_panels = [
        *SitePage.opening_panels,
        *translated_panels("ordinance", "ordinance_url"),
        FieldPanel("sites_covered"),
        MultiFieldPanel([FieldPanel("conformity"), FieldPanel("assessed_how")], heading=_("Conformity")),
        *translated_panels("conformity_note", "assessment"),
        FieldPanel("exceptions"),
        *translated_panels(
            "disproportionate_burden", "contact_first", "contact_unit", "contact_complaint", "contact_ombudsman"
        ),
        TranslatedPanel("improvement_plan"),
        MultiFieldPanel([FieldPanel("prepared_on"), FieldPanel("statement_reviewed_on")], heading=_("Dates")),
        FieldPanel("body"),
        *SitePage.closing_panels,
    ]

    promote_panels = [  # without the box for the footer, in which it stands whatever anybody ticks
        TranslatedPanel("url_slug", required=True),
        FieldPanel("show_in_menus"),
        TranslatedPanel("meta_title"),
        TranslatedPanel("meta_description"),
    ]

    class Meta:
        verbose_name = _("accessibility statement")

    def mirror(self):
        """Stand in the footer whatever is ticked: the law asks for a link on every page."""
        super().mirror()
        self.show_in_footer = True
