"""What mandates, networks and cooperation agreements share, as abstract models: nothing here makes a table."""

from django.apps import apps
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from languages.blocks import TranslatedRichTextBlock
from languages.codes import LANGUAGES, current_language
from languages.fields import StreamField
from languages.panels import TranslatedPanel
from pages.blocks import BodyBlock, DocumentItemBlock, FigureBlock, LinkBlock, MilestoneBlock, RelatedPageBlock
from pages.cards import cards_below, numbers_below
from pages.list_parts import PARAMETER, ListPart, count_parts, number_of, part_path
from pages.models.site_page import SitePage

FEATURES = TranslatedRichTextBlock.FEATURES


class TopicPage(SitePage):
    """A page about one mandate, network or agreement, in the order of need.

    First what it is, the one fact that matters most and what the reader can do; then what Actiris does in it and for whom it
    is; then more about it; law, history and sources last.
    """

    abbreviation = models.CharField(
        _("abbreviation"), max_length=40, blank=True, help_text=_("As readers know it. Leave empty where nobody uses one.")
    )
    full_name = models.CharField(
        _("full name"), max_length=250, blank=True, help_text=_("The official name, where the heading is a shorter one.")
    )
    opening = models.TextField(
        _("opening"),
        max_length=500,
        blank=True,
        help_text=_("What it is, in three short sentences that everybody understands. It stands at the top of the page."),
    )
    audience = RichTextField(
        _("who is this for"), blank=True, features=FEATURES, help_text=_("In one sentence: it stands below what Actiris does.")
    )
    next_step = RichTextField(
        _("next step"),
        blank=True,
        features=FEATURES,
        help_text=_("What readers can do now, where, in their language. One step only."),
    )
    next_step_label = models.CharField(
        _("text of the link"), max_length=120, blank=True, help_text=_("Words that say what readers do there.")
    )
    next_step_url = models.URLField(
        _("address of the link"), max_length=1000, blank=True, help_text=_("The page on which readers do it, in each language.")
    )
    figures = StreamField(
        [("figure", FigureBlock())],
        blank=True,
        verbose_name=_("key figures"),
        help_text=_("The first one stands large at the top of the page."),
    )
    milestones = StreamField(
        [("milestone", MilestoneBlock())],
        blank=True,
        verbose_name=_("milestones"),
        help_text=_("What happened when. A year is enough where the day is not known."),
    )
    external_links = StreamField(
        [("link", LinkBlock())],
        blank=True,
        verbose_name=_("links to other sites"),
        help_text=_("Pages of others in which readers find more, in their language."),
    )
    documents = StreamField(
        [("document", DocumentItemBlock())],
        blank=True,
        verbose_name=_("documents"),
        help_text=_("From the library; new ones are uploaded while you choose."),
    )
    related_pages = StreamField(
        [("page", RelatedPageBlock())],
        blank=True,
        verbose_name=_("related pages"),
        help_text=_("Pages of this site that readers of this one may want."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    lead_field = "opening"
    naming_fields = ("heading", "full_name", "abbreviation")
    fact_template = "includes/fact.html"  # the one fact at the top
    lead_figure_streams = ("figures",)  # where to look for a figure that stands there, first in the first
    subpage_types = []
    required_for_publishing = (*SitePage.required_for_publishing, "opening", "audience", "next_step")

    class Meta:
        abstract = True

    @property
    def lead_figure(self):
        """The figure that stands large at the top of the page, None without one."""
        return next((stream[0] for name in self.lead_figure_streams if (stream := getattr(self, name))), None)

    def figures_below(self, name):
        """Return the figures of a stream but for the one at the top, unless there is more of it: what it was before."""
        lead = self.lead_figure
        return [figure for figure in getattr(self, name) if figure is not lead or figure.value["earlier"]]

    @property
    def key_figures(self):
        return self.figures_below("figures")


def topic_panels(*role, people=(), history=()):
    """Return the content panels of a topic in the order of its page; what its kind has of its own stands among them.

    `role` is what Actiris does in it, `people` is who takes part, `history` is law, founding and signing.
    """
    return [
        *SitePage.opening_panels,
        TranslatedPanel("abbreviation"),
        TranslatedPanel("full_name"),
        MultiFieldPanel([FieldPanel("illustration"), FieldPanel("photograph")], heading=_("Picture")),
        TranslatedPanel("opening", required=True),
        FieldPanel("figures"),
        MultiFieldPanel(
            [
                TranslatedPanel("next_step", required=True),
                TranslatedPanel("next_step_label"),
                TranslatedPanel("next_step_url"),
            ],
            heading=_("Next step for the reader"),
        ),
        *role,
        TranslatedPanel("audience", required=True),
        *people,
        FieldPanel("body"),
        *history,
        FieldPanel("milestones"),
        FieldPanel("documents"),
        FieldPanel("external_links"),
        FieldPanel("related_pages"),
        *SitePage.closing_panels,
    ]


class IndexPage(SitePage):
    """The page of a section: an introduction, and a card for every page below it, in parts where there are many."""

    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    parent_page_types = ["pages.HomePage"]
    max_count = 1
    content_panels = [*SitePage.opening_panels, FieldPanel("body"), *SitePage.closing_panels]
    schema_type = "CollectionPage"
    is_list = True
    CARDS_A_PAGE = 60

    class Meta:
        abstract = True

    def get_context(self, request, *args, part=1, **kwargs):
        """Add the pages of a part that exist in the reader's language. Raises Http404 where there is no such part.

        `neighbours` are the parts beside it, as `("prev" or "next", path)`. Those of a draft are asked for by a parameter, and
        whatever lies beyond the last one leads to it.
        """
        context, language = super().get_context(request, *args, **kwargs), current_language()
        is_draft = getattr(request, "is_preview", False)
        number = (number_of(request.GET.get(PARAMETER, "")) or 1) if is_draft else part
        if number > count_parts(self.numchild, self.CARDS_A_PAGE) and not is_draft:
            raise Http404
        cards, totals = self.part(language, number)
        total = totals[language]
        if number > total and not is_draft:
            raise Http404
        if number > total:
            number = total
            cards, totals = self.part(language, number)
        context["navigation"].part = ListPart(number, totals)
        beside = [(name, one) for name, one in (("prev", number - 1), ("next", number + 1)) if 1 <= one <= total]
        neighbours = [(name, self.path_of_part(request, language, one)) for name, one in beside]
        return {**context, "cards": cards, "number": number, "total": total, "neighbours": neighbours}

    def part(self, language, number):
        """Return the cards of a part in a language, and how many parts there are in each language, with one query."""
        cards, numbers = cards_below(self, language, (number - 1) * self.CARDS_A_PAGE, self.CARDS_A_PAGE)
        return cards, self.totals(numbers)

    def totals(self, numbers=None):
        """Return how many parts there are in each language, given how many pages below exist in it, or with one query."""
        numbers = numbers or numbers_below(self)
        return {code: count_parts(numbers[code], self.CARDS_A_PAGE) for code in LANGUAGES}

    def path_of_part(self, request, language, number):
        """Return the path of a part, of a draft as it is shown."""
        if not getattr(request, "is_preview", False):
            return part_path(language, self.paths()[language], number)
        query = request.GET.copy()
        query[PARAMETER] = number
        return f"?{query.urlencode()}"

    def further_paths(self):
        """Return the paths of all parts but the first, in each language in which the page exists, with one query."""
        totals, paths = self.totals(), self.paths()
        return [part_path(code, paths[code], number) for code in paths for number in range(2, totals[code] + 1)]


def list_models():
    """Return the types of pages that are lists."""
    return [model for model in apps.get_models() if issubclass(model, IndexPage)]
