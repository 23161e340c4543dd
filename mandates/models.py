"""A mandate: what Actiris was asked to do, on what basis, for whom, and what came of it.

One module: its length is that of the fields of a mandate, which are read together.
"""

from babel.units import format_unit
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from directory.fields import PartialDateField
from languages.blocks import TranslatedBlock, TranslatedRichTextBlock, TranslatedTextBlock, TranslatedURLBlock
from languages.codes import current_language
from languages.fields import StreamField
from languages.panels import TranslatedPanel, translated_panels
from mandates.programme import ProgrammeBlock, programme_needs
from pages.blocks import ActBlock, OrganisationItemBlock, PointsBlock, TextItemBlock
from pages.models import IndexPage, TopicPage, topic_panels

FEATURES = TranslatedRichTextBlock.FEATURES


class PriorityBlock(TextItemBlock):
    """A priority, and the groups of people it names."""

    groups = blocks.ListBlock(
        TranslatedBlock(label=_("Group")),
        default=[],
        label=_("Groups named"),
        required=False,
        help_text=_("Groups of people that the priority names."),
    )


class ResultBlock(blocks.StructBlock):
    """What came of a mandate, with the years it is about."""

    text = TranslatedTextBlock(required=True, label=_("Result"))
    from_year = blocks.IntegerBlock(label=_("From the year"), min_value=1900, max_value=2100)
    until_year = blocks.IntegerBlock(label=_("Until the year"), min_value=1900, max_value=2100, required=False)
    source = TranslatedBlock(label=_("Source"))
    source_url = TranslatedURLBlock(label=_("Address of the source"))

    class Meta:
        icon = "tick"
        label = _("Result")


class PartnerBlock(OrganisationItemBlock):
    """A partner, since when, and whether it still is one."""

    joined = blocks.ChoiceBlock(
        choices=[("founding", _("From the start")), ("later", _("Joined later"))], default="founding", label=_("Joined")
    )
    status = blocks.ChoiceBlock(
        choices=[("historic", _("Historic")), ("current", _("Current")), ("to_confirm", _("To be confirmed"))],
        default="to_confirm",
        label=_("Status"),
        help_text=_("Partners to be confirmed are only shown to staff."),
    )


class MandateIndexPage(IndexPage):
    """All mandates."""

    subpage_types = ["mandates.MandatePage"]

    class Meta:
        verbose_name = _("mandates page")


class MandatePage(TopicPage):
    """One mandate."""

    default_illustration = "mandate"
    fact_template = "mandates/fact.html"

    class Role(models.TextChoices):
        NATIONAL_COORDINATOR = "national_coordinator", _("National coordinator")
        MANAGING_AUTHORITY = "managing_authority", _("Representative of the managing authority")
        MEMBER = "member", _("Member")
        JOINT_SERVICE = "joint_service", _("Partner in a joint service")
        NOT_STATED = "not_stated", _("Not stated")

    class Unit(models.TextChoices):
        DAY = "day", _("days")
        WEEK = "week", _("weeks")
        MONTH = "month", _("months")
        YEAR = "year", _("years")

    role = models.CharField(_("role of Actiris"), max_length=20, choices=Role, default=Role.NOT_STATED)
    role_description = RichTextField(
        _("what that role is"), blank=True, features=FEATURES, help_text=_("In a sentence: what Actiris does in that role.")
    )
    legal_basis = StreamField(
        [("act", ActBlock())],
        blank=True,
        verbose_name=_("legal basis"),
        help_text=_("The acts on which the mandate rests, the most important first."),
    )
    start_year = models.PositiveSmallIntegerField(_("start in the Brussels-Capital Region"), null=True, blank=True)
    period_from = PartialDateField(_("period from"), help_text=_("The years of the programme that runs now."))
    period_until = PartialDateField(_("period until"))
    funding = models.CharField(_("source of the funding"), max_length=250, blank=True, help_text=_("Who pays, in a few words."))
    target_group = models.CharField(
        _("target group"), max_length=250, blank=True, help_text=_("For whom it is, in a few words.")
    )
    maximum_age = models.PositiveSmallIntegerField(
        _("maximum age"), null=True, blank=True, help_text=_("The target group is younger than this: 30 reads as ‘under 30’.")
    )
    time_limit = models.PositiveSmallIntegerField(
        _("time limit"),
        null=True,
        blank=True,
        help_text=_("Within how long readers get an answer: a number, and its unit beside it."),
    )
    time_limit_unit = models.CharField(_("unit of the time limit"), max_length=5, choices=Unit, default=Unit.MONTH)
    time_limit_note = models.CharField(
        _("from when it counts"), max_length=200, blank=True, help_text=_("Such as ‘after registration’.")
    )
    solutions = StreamField(
        [("solution", TextItemBlock())],
        blank=True,
        verbose_name=_("kinds of solution"),
        help_text=_("What people are offered, a few words each."),
    )
    tasks = StreamField([("task", PointsBlock())], blank=True, verbose_name=_("tasks, in order"))
    priorities = StreamField([("priority", PriorityBlock())], blank=True, verbose_name=_("priorities, in order"))
    priorities_note = RichTextField(_("note on the priorities"), blank=True, features=FEATURES)
    missions = StreamField([("mission", TextItemBlock())], blank=True, verbose_name=_("missions"))
    results = StreamField(
        [("result", ResultBlock())],
        blank=True,
        verbose_name=_("results"),
        help_text=_("What was achieved, with its years and its source."),
    )
    partners = StreamField(
        [("partner", PartnerBlock())],
        blank=True,
        verbose_name=_("partner organisations"),
        help_text=_("Who carries the mandate out together with Actiris."),
    )
    partners_note = RichTextField(_("note on the partners"), blank=True, features=FEATURES)
    programme = StreamField(
        ProgrammeBlock(),
        blank=True,
        verbose_name=_("programme of the European Union"),
        help_text=_(
            "For a mandate that manages a European programme: its calls, its list of operations and the co-funding"
            " statement. Fill in what is official; nothing is shown while this is empty."
        ),
    )

    needed_to_go_live = programme_needs(role=Role.MANAGING_AUTHORITY)
    parent_page_types = ["mandates.MandateIndexPage"]
    content_panels = topic_panels(
        FieldPanel("solutions"),
        FieldPanel("role"),
        MultiFieldPanel(
            [FieldPanel("start_year"), FieldRowPanel([FieldPanel("period_from"), FieldPanel("period_until")])],
            heading=_("Start and period"),
        ),
        *translated_panels("funding", "target_group"),
        FieldPanel("maximum_age"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("time_limit"), FieldPanel("time_limit_unit")]),
                TranslatedPanel("time_limit_note"),
            ],
            heading=_("Time limit"),
        ),
        TranslatedPanel("role_description"),
        FieldPanel("tasks"),
        TranslatedPanel("priorities_note"),
        FieldPanel("priorities"),
        FieldPanel("missions"),
        FieldPanel("results"),
        FieldPanel("programme"),
        people=(TranslatedPanel("partners_note"), FieldPanel("partners")),
        history=(FieldPanel("legal_basis"),),
    )

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")

    @property
    def time_limit_text(self):
        """The time limit in words of the active language, such as "6 months"; "" when there is none."""
        return quantity(self.time_limit, self.time_limit_unit) if self.time_limit else ""

    @property
    def has_role(self):
        """Say whether there is anything to say about the role, besides its description and who pays."""
        is_stated = self.role != self.Role.NOT_STATED
        return is_stated or any(getattr(self, name) for name in ("start_year", "tasks", "priorities", "missions", "results"))

    @property
    def lead_fact(self):
        """The name of what stands large at the top: a figure, else a field of the mandate that is filled; "" for neither."""
        fields = ("lead_figure", "time_limit", "period_until", "start_year")
        return next((name for name in fields if getattr(self, name)), "")

    @property
    def current_partners(self):
        return self.partners_of("current")

    @property
    def historic_partners(self):
        return self.partners_of("historic")

    def partners_of(self, status):
        """Return the partners of a status, as (heading, organisations) by when they joined."""
        values = [partner.value for partner in self.partners if partner.value["status"] == status]
        groups = [("founding", _("Partners from the start")), ("later", _("Partners who joined later"))]
        grouped = [(heading, [value for value in values if value["joined"] == joined]) for joined, heading in groups]
        return [(heading, values) for heading, values in grouped if values]


def quantity(number, unit):
    """Return a number of days, weeks, months or years in words of the active language (Unicode CLDR)."""
    return format_unit(number, f"duration-{unit}", locale=current_language())
