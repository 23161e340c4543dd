"""The base of every page."""

from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from languages import alignment
from languages.codes import LANGUAGES, OWN_NAMES, current_language
from languages.language_bar import with_language_bar
from languages.models import Aligned
from languages.panels import TranslatedPanel
from languages.parity import require_publishable
from languages.paths import path_of
from languages.texts import text_for_reader
from languages.units import field_texts, translated_fields, units
from pages import address_writer, addresses, history, last_changed, scheduling
from pages.forms import SitePageForm
from pages.models.public_change import PublicChange
from pages.navigation import Navigation
from pages.panels import ReasonPanel
from pages.permissions import SitePagePermissionTester
from pages.prefetching import loaded_for

SLUG = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Use only lowercase letters (without accents), digits and single hyphens.")
)


class SitePageQuerySet(PageQuerySet):
    """Questions that the public site asks."""

    def existing_in(self, language):
        """The pages that readers of `language` can reach, with what links and cards show of them."""
        return self.filter(**{f"address_{language}__isnull": False}).for_links()

    def for_links(self):
        """Fetch only the columns that links and cards need: half of what a page costs is in columns that nobody reads."""
        texts = [f"{name}_{code}" for name in ("heading", "summary", "address") for code in LANGUAGES]
        place = ("path", "depth", "numchild", "slug", "title", "content_type", "show_in_menus", "show_in_footer")
        return self.only(*place, *texts)

    def below(self, parents):
        """The children of several pages, in the order of the tree; of none where there is no parent."""
        found = self.none()
        for parent in parents:
            found = found | self.child_of(parent)
        return found.order_by("path")


class SitePage(Aligned, Page):
    """What every page has: a heading, slug and summary in each language, and an address where it exists.

    Concrete, so that menus, cards, the sitemap and routing read one table. Wagtail's own `title` and `slug` are mirrors that
    nothing public reads: the first heading there is, and a short form of the page's unchanging key.
    """

    heading = models.CharField(_("heading"), max_length=200, blank=True)
    url_slug = models.SlugField(
        _("slug"), max_length=80, blank=True, db_index=False, validators=[SLUG],
        help_text=_("The last part of the page's address. When it changes, the old address keeps leading here."),
    )  # fmt: skip
    address = models.CharField(max_length=addresses.LONGEST, null=True, blank=True, editable=False, default=None)
    summary = models.TextField(
        _("summary"), max_length=500, blank=True,
        help_text=_("One or two sentences: the first thing readers see, here and on cards and in search results."),
    )  # fmt: skip
    meta_title = models.CharField(
        _("title for search engines"), max_length=70, blank=True, help_text=_("Leave empty to use the heading.")
    )
    meta_description = models.CharField(
        _("description for search engines"), max_length=160, blank=True, help_text=_("Leave empty to use the summary.")
    )
    show_in_footer = models.BooleanField(_("in the footer"), default=False)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person responsible"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", help_text=_("Who keeps this page up to date."),
    )  # fmt: skip
    review_on = models.DateField(
        _("review on"), null=True, blank=True, help_text=_("The day on which somebody must look at this page again.")
    )
    change_note = models.TextField(
        _("change note"), max_length=PublicChange.LONGEST_NOTE, blank=True,
        help_text=_(
            "What changed, in a sentence for readers: it is published with this change, on the page and in the feed. "
            "A note that was published before is not repeated."
        ),
    )  # fmt: skip
    changed_at = models.JSONField(default=dict, editable=False)  # language -> ISO time of the last published change

    objects = PageManager.from_queryset(SitePageQuerySet)()

    search_fields = [
        *Page.search_fields,
        *(index.SearchField(f"heading_{code}") for code in LANGUAGES),
        *(index.AutocompleteField(f"heading_{code}") for code in LANGUAGES),
    ]
    base_form_class = SitePageForm
    is_creatable = False
    private_page_options = []
    language_neutral = ()
    required_for_publishing = ("heading", "url_slug", "summary")
    exclude_fields_in_copy = ["change_note", *(f"change_note_{code}" for code in LANGUAGES)]  # a copy has no history
    is_home = False
    explains_terms = True  # texts lead to the glossary's definitions
    schema_type = "WebPage"  # of schema.org

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

    @classmethod
    @cache
    def get_edit_handler(cls):
        """Return Wagtail's tabs, with the languages to show above them all."""
        return with_language_bar(super().get_edit_handler())

    # --- Wagtail's mirrors

    def full_clean(self, *args, **kwargs):
        self.mirror()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        self.mirror()
        super().minimal_clean()

    def validate_constraints(self, exclude=None):
        """Leave the addresses to `address_writer.refresh`: those on this instance may be of before its last publication."""
        super().validate_constraints({*(exclude or ()), *(f"address_{code}" for code in LANGUAGES)})

    def mirror(self):
        """Fill Wagtail's own title and slug from ours; the slug never changes and never collides."""
        headings = field_texts(self, "heading")
        self.title = next((text for text in headings.values() if text), "") or self.title or "–"
        self.draft_title = self.title
        self.slug = self.translation_key.hex[:12]

    def get_admin_display_title(self):
        """Return the heading in the editor's language, or the one that comes nearest to it."""
        own = field_texts(self, "heading")[current_language()]
        is_mirrored = not own or own == self.title
        return (self.draft_title or self.title) if is_mirrored else own

    def __str__(self):
        return text_for_reader(field_texts(self, "heading"), current_language()).text or self.title

    # --- Saving: parity and addresses are kept here, since every way of publishing passes here

    @transaction.atomic
    def save(self, clean=True, user=None, log_action=False, **kwargs):
        """Save; refuse to be live without what the official languages need; keep addresses, redirects and memory true.

        Raises ValidationError, with the reasons, when the page may not be live as it is.
        """
        fields = kwargs.get("update_fields")
        if fields is not None and not self.said_to_readers().intersection(fields):
            return super().save(clean=clean, user=user, log_action=log_action, **kwargs)
        if fields is not None:
            kwargs["update_fields"] = {*fields, "alignment", "changed_at"}
        address_writer.lock()
        self.keep_place()
        self.keep_alignment()
        if self.alias_of_id:
            self.take_free_slugs()
        moment = timezone.now().replace(microsecond=0)
        if self.live:
            require_publishable(self)
            before = last_changed.live_before(self)
            changed = last_changed.seen_anew(self, before)
            self.changed_at = last_changed.noted(self, changed, moment.isoformat())
        result = super().save(clean=clean, user=user, log_action=log_action, **kwargs)
        appeared = address_writer.refresh(self)
        if self.live:
            history.record(self, before, changed, moment)
        history.record_appearances(appeared, moment)
        return result

    @classmethod
    def said_to_readers(cls):
        """Return the names of the columns that readers see, or that decide whether they see the page."""
        texts = {f"{name}_{code}" for name in translated_fields(cls) for code in LANGUAGES}
        return {"live", *texts, *(field.name for field in cls._meta.get_fields() if isinstance(field, StreamField))}

    def keep_place(self):
        """Take addresses and place in the tree from the database: what an instance remembers may be of before a move.

        Raises ValidationError when the page was deleted in the meantime; saving would bring half of it back.
        """
        names = [f"address_{code}" for code in LANGUAGES]
        place = ("path", "depth", "numchild", "url_path")
        own = SitePage.objects.filter(pk=self.pk).values(*names, *place).first() if self.pk else None
        if own is None and self.pk and not self._state.adding:
            raise ValidationError(_("This page was deleted in the meantime."))
        for name, value in (own or dict.fromkeys(names)).items():
            setattr(self, name, value)

    def take_free_slugs(self):
        """Give an alias slugs of its own, the same ones at every update of what it mirrors."""
        before = type(self).objects.filter(pk=self.pk).values(*(f"url_slug_{code}" for code in LANGUAGES)).first()
        free = address_writer.free_slugs(self, self.get_parent())
        for name, slug in free.items():
            setattr(self, name, (before or {}).get(name) or slug)

    def with_content_json(self, content):
        """Take the content of a revision, but not its addresses: those belong to the page's place of today."""
        page = super().with_content_json(content)
        for name in (*(f"address_{code}" for code in LANGUAGES), "changed_at"):
            setattr(page, name, getattr(self, name))
        return page

    def save_revision(self, *args, **kwargs):
        """Save a revision that knows which of its texts are behind, whoever made it."""
        self.keep_alignment()
        return super().save_revision(*args, **kwargs)

    def texts_before(self):
        """Return the texts of the latest draft and of the page as it is, by digest: the draft is what a change is made to."""
        latest = self.latest_revision.as_object() if self.latest_revision else None
        return super().texts_before() | (alignment.texts_by_digest(units(latest), latest.alignment) if latest else {})

    def publish(self, revision, *args, **kwargs):
        """Publish; what has become impossible by the hour of a schedule is logged and reported, and stops no other page."""
        return scheduling.publish(super().publish, self, revision, *args, **kwargs)

    @transaction.atomic
    def add_child(self, *args, **kwargs):
        """Add a page below this one, at a place that nobody else takes at the same moment."""
        address_writer.lock()
        self.refresh_from_db(fields=["path", "depth", "numchild"])
        return super().add_child(*args, **kwargs)

    @transaction.atomic
    def move(self, target, pos=None, user=None):
        """Move; the redirects from all old addresses are written in the same transaction."""
        address_writer.lock()
        super().move(target, pos=pos, user=user)

    @transaction.atomic
    def delete(self, *args, **kwargs):
        """Delete, with all pages below."""
        address_writer.lock()
        return super().delete(*args, **kwargs)

    @transaction.atomic
    def copy(self, recursive=False, to=None, update_attrs=None, **kwargs):
        """Copy, to addresses that nobody has; a refused copy leaves nothing behind."""
        address_writer.lock()
        free = address_writer.free_slugs(self, to or self.get_parent(), also_own=True)
        return super().copy(recursive=recursive, to=to, update_attrs={**free, **(update_attrs or {})}, **kwargs)

    def permissions_for_user(self, user):
        return SitePagePermissionTester(user, self)

    # --- Addresses

    def paths(self):
        """Return the paths of the languages in which this page exists, by language."""
        stored = addresses.stored_addresses(self)
        return {code: path_of(code, address) for code, address in stored.items() if address is not None}

    @cached_property
    def original(self):
        """The page that an alias mirrors, where readers can reach it; any other page itself. What search engines list."""
        source = SitePage.objects.filter(pk=self.alias_of_id).for_links().first() if self.alias_of_id else None
        return source if source and source.paths() else self

    @property
    def neutral_path(self):
        """The address that chooses a language with the reader: one for all languages."""
        return "/" if self.is_home else f"/p/{self.slug}/"

    def path_for(self, language):
        """Return `(path, language)` for a reader of `language`: their own when the page exists in it, else the next."""
        found = self.paths()
        for code in (language, *settings.LANGUAGE_FALLBACKS[language]):
            if code in found:
                return found[code], code
        return None, None

    def get_url_parts(self, request=None):
        """Wagtail's own question for an address, asked by the admin and by redirects."""
        sites = self._get_relevant_site_root_paths(request)
        path, _language = self.path_for(current_language())
        return (sites[0].site_id if sites else 1, settings.SITE_URL if path else None, path)

    # --- Serving

    @property
    def template_name(self):
        return f"{self._meta.app_label}/{self._meta.model_name}.html"

    def get_template(self, request, *args, **kwargs):
        return self.template_name

    def get_context(self, request, *args, **kwargs):
        language = current_language()
        return {
            **super().get_context(request, *args, **kwargs),
            "language": language,
            "navigation": Navigation(language, self, request.GET.urlencode()),
            "updates": history.of(self, language),
        }

    def serve(self, request, *args, **kwargs):
        """Return the page, rendered, in the active language."""
        with loaded_for(self):
            return super().serve(request, *args, **kwargs).render()

    # --- Previews, one for each language

    @property
    def preview_modes(self):
        return [(code, OWN_NAMES[code]) for code in LANGUAGES]

    @property
    def default_preview_mode(self):
        """Begin with the language of whoever looks."""
        return current_language()

    def serve_preview(self, request, mode_name):
        """Render the draft as readers of the language `mode_name` would see it."""
        with translation.override(mode_name if mode_name in LANGUAGES else LANGUAGES[0]), loaded_for(self):
            return super().serve_preview(request, mode_name).render()
