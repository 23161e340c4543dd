"""The base of every page: its fields, panels and names. `saving` says how it changes, `serving` how readers get it."""

from functools import cache

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager
from wagtail.search import index

from languages.codes import LANGUAGES, current_language
from languages.language_bar import with_language_bar
from languages.models import AlignedModel
from languages.panels import TranslatedPanel
from languages.units import field_texts, shown_text
from pages import addresses
from pages.forms import SitePageForm
from pages.history import PublicChange
from pages.illustrations import ILLUSTRATIONS, illustration_template
from pages.models.querysets import SitePageQuerySet
from pages.models.saving import PageSavingMixin
from pages.models.serving import PageServingMixin
from pages.panels import ReasonPanel, with_panels_of_apps
from pages.permissions import SitePagePermissionTester
from staff_notes.panels import with_notes_panel

SLUG = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Use only lowercase letters (without accents), digits and single hyphens.")
)

SET_BY_CODE = ("path", "locale", "translation_key", "content_type", "latest_revision", "live_revision")


class SitePage(PageSavingMixin, PageServingMixin, AlignedModel, Page):
    """What every page has: a heading, slug and summary in each language, and an address where it exists.

    Concrete, so that menus, cards, the sitemap and routing read one table. Wagtail's own `title` and `slug` are mirrors that
    nothing public reads: the first heading there is, and a short form of the page's unchanging key.
    """

    heading = models.CharField(_("heading"), max_length=200, blank=True)
    url_slug = models.SlugField(
        _("slug"),
        max_length=80,
        blank=True,
        db_index=False,
        validators=[SLUG],
        help_text=_("The last part of the page's address. When it changes, the old address keeps leading here."),
    )
    address = models.CharField(max_length=addresses.MAX_ADDRESS_LENGTH, null=True, blank=True, editable=False, default=None)
    summary = models.TextField(
        _("summary"),
        max_length=500,
        blank=True,
        help_text=_("One or two sentences: the first thing readers see, here and on cards and in search results."),
    )
    meta_title = models.CharField(
        _("title for search engines"), max_length=70, blank=True, help_text=_("Leave empty to use the heading.")
    )
    meta_description = models.CharField(
        _("description for search engines"), max_length=160, blank=True, help_text=_("Leave empty to use the summary.")
    )
    illustration = models.CharField(
        _("drawing"),
        max_length=40,
        blank=True,
        choices=ILLUSTRATIONS.items(),
        help_text=_("Leave empty to use that of its kind."),
    )
    photograph = models.ForeignKey(
        "assets.SiteImage",
        verbose_name=_("photograph"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown in place of the drawing, on the page, on its card and where somebody shares it."),
    )
    show_in_footer = models.BooleanField(_("in the footer"), default=False)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person responsible"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who keeps this page up to date."),
    )
    review_on = models.DateField(
        _("review on"), null=True, blank=True, help_text=_("The day on which somebody must look at this page again.")
    )
    stays_in_house = models.BooleanField(
        _("keep from the translation service"),
        default=False,
        help_text=_("No text of this page leaves the house to be drafted by a machine."),
    )
    change_note = models.TextField(
        _("change note"),
        max_length=PublicChange.MAX_NOTE_LENGTH,
        blank=True,
        help_text=_(
            "What changed, in a sentence for readers: it is published with this change, on the page and in the feed. "
            "A note that was published before is not repeated."
        ),
    )
    changed_at = models.JSONField(default=dict, editable=False)  # language -> ISO time of the last published change

    objects = PageManager.from_queryset(SitePageQuerySet)()

    search_fields = [
        *Page.search_fields,
        *(index.SearchField(f"heading_{code}") for code in LANGUAGES),
        *(index.AutocompleteField(f"heading_{code}") for code in LANGUAGES),
    ]
    base_form_class = SitePageForm
    reason_field = "publishing_reason"
    is_creatable = False
    private_page_options = []
    language_neutral = ()
    never_sent = ()  # the names of fields of which nothing is sent to a translation service
    required_for_publishing = ("heading", "url_slug", "summary")
    exclude_fields_in_copy = ["change_note", *(f"change_note_{code}" for code in LANGUAGES)]  # a copy has no history
    lead_field = "summary"  # what stands below the heading
    naming_fields = ("heading",)  # what the subject of the page is called
    is_home = False
    is_list = False  # of the pages below it, in parts where there are many
    explains_terms = True  # texts lead to the glossary's definitions
    schema_type = "WebPage"  # of schema.org
    illustration_template = property(illustration_template)

    opening_panels = [TranslatedPanel("heading", required=True), TranslatedPanel("summary", required=True)]
    closing_panels = [TranslatedPanel("change_note"), ReasonPanel()]  # the last things above the button that publishes
    content_panels = [*opening_panels, *closing_panels]
    promote_panels = [
        TranslatedPanel("url_slug", required=True),
        MultiFieldPanel([FieldPanel("show_in_menus"), FieldPanel("show_in_footer")], heading=_("In menus")),
        TranslatedPanel("meta_title"),
        TranslatedPanel("meta_description"),
    ]
    settings_panels = [
        MultiFieldPanel([FieldPanel("responsible"), FieldPanel("review_on")], heading=_("Upkeep")),
        FieldPanel("stays_in_house"),  # where there is such a service (`pages.forms.SENDS_TEXTS`)
        *Page.settings_panels,
    ]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [
            models.UniqueConstraint(
                fields=[f"address_{code}"], name=f"one_page_per_address_{code}", deferrable=models.Deferrable.IMMEDIATE
            )
            for code in LANGUAGES
        ]
        indexes = [models.Index(fields=["page_ptr"], condition=Q(show_in_footer=True), name="pages_in_the_footer")]

    @classmethod
    @cache
    def get_edit_handler(cls):
        """Return Wagtail's tabs, with the languages to show, the notes for staff, and what apps add, above them all."""
        return with_panels_of_apps(with_notes_panel(with_language_bar(super().get_edit_handler())))

    # --- Wagtail's mirrors

    def full_clean(self, exclude=None, **kwargs):
        """Check all but what nobody types, which the database checks: it would be asked for each twice a publication."""
        self.mirror()
        super().full_clean(exclude={*(exclude or ()), *SET_BY_CODE}, **kwargs)

    def minimal_clean(self):
        self.mirror()
        super().minimal_clean()

    def mirror(self):
        """Fill Wagtail's own title and slug from ours; the slug never changes and never clashes."""
        headings = field_texts(self, "heading")
        self.title = next((text for text in headings.values() if text), "") or self.title or "–"
        self.draft_title = self.title
        self.slug = self.translation_key.hex[:12]

    def get_admin_display_title(self):
        """Return the heading in the editor's language, or the one that comes nearest to it."""
        if deferred := self.get_deferred_fields().intersection(f"heading_{code}" for code in LANGUAGES):
            self.refresh_from_db(fields=deferred)  # together: Wagtail's log names pages of which nothing was read
        own = field_texts(self, "heading")[current_language()]
        is_mirrored = not own or own == self.title
        return (self.draft_title or self.title) if is_mirrored else own

    def __str__(self):
        return shown_text(self, "heading").text or self.title

    def permissions_for_user(self, user):
        return SitePagePermissionTester(user, self)
