"""Organisations, people and glossary terms: written once, referred to by many pages."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from languages.codes import LANGUAGES, current_language
from languages.forms import AlignedForm
from languages.language_bar import LanguageBar
from languages.models import Aligned
from languages.normalising import normalise
from languages.panels import translated_panels
from languages.parity import require_parity
from languages.slugs import slug_of
from languages.texts import text_for_reader
from languages.units import field_texts
from staff_notes.panels import StaffNotesPanel


class Entry(index.Indexed, Aligned):
    """What all entries of the directory share: a stable key, by which content files name them."""

    key = models.SlugField(_("key"), max_length=80, unique=True, null=True, blank=True, editable=False)

    language_neutral = ("key",)
    base_form_class = AlignedForm

    class Meta:
        abstract = True

    def clean(self):
        """An entry is public as soon as it is saved, so parity is asked for at once."""
        super().clean()
        require_parity(self)


def entry_anchor(key, pk):
    """Return the unchanging anchor of an entry: its key, or one made of its primary key where staff added it."""
    return key or f"entry-{pk}"


def picture_field(name):
    """Return the field for the picture of an entry, described in each language where pictures are kept."""
    return models.ForeignKey(
        "assets.SiteImage",
        verbose_name=name,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown small, with the alternative text that the picture has in each language."),
    )


@register_snippet
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

    name = models.CharField(_("name"), max_length=200, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    former_names = models.CharField(_("former names"), max_length=300, blank=True, help_text=_("Separated by semicolons."))
    url = models.URLField(_("website"), max_length=1000, blank=True, help_text=_("Only for the languages the site has."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Two letters, such as BE."))
    logo = picture_field(_("logo"))

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
        return text_for_reader(field_texts(self, "name"), current_language()).text


@register_snippet
class Person(Entry):
    """A person. What somebody is or was stands with dates where it matters: in a term of office or a signature."""

    name = models.CharField(_("name"), max_length=120)
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


class GlossaryTermForm(AlignedForm):
    """Refuses a term that the glossary has already in that language, where it is new or changed."""

    def clean(self):
        cleaned = super().clean()
        others = GlossaryTerm.objects.exclude(pk=self.instance.pk)
        for code in LANGUAGES:
            name = f"term_{code}"
            term = lookup_form(cleaned.get(name), code) if name in self.changed_data else ""
            if term and any(lookup_form(other, code) == term for other in others.values_list(name, flat=True)):
                self.add_error(name, _("The glossary has this term already: change that entry, or say here what differs."))
        return cleaned


PLAIN_WORDS = re.compile(r"[\w\s'’‑-]+")


def lookup_form(term, language):
    """Return a term as people look it up: without capitals, accents, hyphens and the form of its apostrophes.

    Other signs count: C is not C++.
    """
    is_of_words = PLAIN_WORDS.fullmatch(term or "")
    return (is_of_words and slug_of(term, language, longest=None)) or normalise(term).casefold()


@register_snippet
class GlossaryTerm(Entry):
    """A term of the house in three languages: the translators' reference, and the readers' glossary."""

    term = models.CharField(_("term"), max_length=200, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    synonyms = models.CharField(_("other words for it"), max_length=300, blank=True, help_text=_("Separated by semicolons."))
    inflections = models.CharField(
        _("other forms in texts"),
        max_length=300,
        blank=True,
        help_text=_(
            "Plurals and the like, separated by semicolons. Readers do not see them: they are used to find the term in texts."
        ),
    )
    definition = models.TextField(_("definition"), blank=True, help_text=_("One or two plain sentences for readers."))
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page about it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where the site has a page about this: the explanation of the word leads there."),
    )
    for_staff_only = models.BooleanField(
        _("for staff only"), default=False, help_text=_("A reference for translators; readers do not see it in the glossary.")
    )
    is_everyday = models.BooleanField(
        _("everyday word"), default=False, help_text=_("Appears in the glossary, but is not explained where texts use it.")
    )

    search_fields = [index.AutocompleteField(f"{name}_{code}") for name in ("term", "abbreviation") for code in LANGUAGES]
    base_form_class = GlossaryTermForm
    required_for_publishing = ("term",)
    own_to_each_language = ("abbreviation", "synonyms", "inflections")
    panels = [
        LanguageBar(),
        StaffNotesPanel(),
        *translated_panels("term", "abbreviation", "synonyms", "inflections", "definition"),
        FieldPanel("page"),
        MultiFieldPanel([FieldPanel("for_staff_only"), FieldPanel("is_everyday")], heading=_("For readers")),
    ]

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["term_nl"]

    def __str__(self):
        return text_for_reader(field_texts(self, "term"), current_language()).text

    @property
    def topic(self):
        """The page about it as a page of the site, None without one."""
        return getattr(self.page, "sitepage", None)

    @property
    def anchor(self):
        """The anchor of its entry in the glossary, which never changes."""
        return entry_anchor(self.key, self.pk)
