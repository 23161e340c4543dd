"""The terms of the glossary, and their form."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from directory.models.entry import Entry, entry_anchor
from languages.codes import LANGUAGES
from languages.forms import AlignedForm
from languages.language_bar import LanguageBar
from languages.normalising import normalise
from languages.panels import translated_panels
from languages.slugs import slug_of
from languages.units import shown_text
from monitoring.advisory_locks import AdvisoryLock
from staff_notes.panels import StaffNotesPanel

NOT_TWICE = _("The glossary has this term already: change that entry, or say here what differs.")
TERMS = [f"term_{code}" for code in LANGUAGES]
PLAIN_WORDS = re.compile(r"[\w\s'’‑-]+")


class GlossaryTermForm(AlignedForm):
    """Refuses a term that the glossary has already in that language, where it is new or changed."""

    def clean(self):
        cleaned = super().clean()
        if set(TERMS) & set(self.changed_data):
            lock_names()
        typed = GlossaryTerm(pk=self.instance.pk, **{name: cleaned.get(name) for name in TERMS})
        for name in typed.names_taken(self.changed_data):
            self.add_error(name, NOT_TWICE)
        return cleaned


def lock_names():
    """Let nobody else name an entry until the end of the transaction: neither would see the other's. Rows are locked before."""
    AdvisoryLock.TERM_NAMES.wait()


def lookup_form(term, language):
    """Return a term as people look it up: without capitals, accents, hyphens and the form of its apostrophes.

    Other signs count: C is not C++.
    """
    is_of_words = PLAIN_WORDS.fullmatch(term or "")
    return (is_of_words and slug_of(term, language, longest=None)) or normalise(term).casefold()


class GlossaryTerm(Entry):
    """A term of the house in three languages: the translators' reference, and the readers' glossary."""

    term = models.CharField(
        _("term"), max_length=200, blank=True, help_text=_("As in a dictionary: singular, without an article.")
    )
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

    NAME = "term"
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
        return shown_text(self, "term").text

    def names_taken(self, names):
        """Return those of the columns `names`, such as "term_nl", whose term another entry has in that language already."""
        others = GlossaryTerm.objects.exclude(pk=self.pk)
        taken = []
        for name in (name for name in TERMS if name in names):
            language = name.removeprefix("term_")
            term = lookup_form(getattr(self, name), language)
            if term and any(lookup_form(other, language) == term for other in others.values_list(name, flat=True)):
                taken.append(name)
        return taken

    @property
    def topic(self):
        """The page about it as a page of the site, None without one."""
        return getattr(self.page, "sitepage", None)

    @property
    def anchor(self):
        """The anchor of its entry in the glossary, which never changes."""
        return entry_anchor(self.key, self.pk)


register_snippet(GlossaryTerm, viewset="directory.entry_lists.TermViewSet")
