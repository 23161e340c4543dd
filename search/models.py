"""What is searched: a row for each page and language in which readers can reach it, and the words that stand in those rows.

Beside them what staff need: what readers look for, and which page we recommend for it.
"""

import re

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F, Index, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel

from languages.codes import LANGUAGES, current_language
from languages.panels import TranslatedPanel
from languages.texts import text_for_reader
from languages.units import field_texts
from search.words import fold, words

MAX_QUERY_LENGTH = 100  # characters of a question that is counted or answered by us
CODES = [(code, code) for code in LANGUAGES]


class Entry(models.Model):
    """What one page says in one language in which it exists. Written by `search.indexing` and never by hand.

    `passages` are its texts for readers, a line each; `names` the words of what it is called, without accents; `sources` the
    entries of the directory whose words stand in it, such as "glossaryterm:7". `vector` holds the words by weight: A names, B
    the summary and other names of what the page is about, C its texts, D other words for the terms that it uses. `named` holds
    those of A alone: it is short enough to be looked at in thousands of rows. An entry `is_behind` while it waits for
    `rebuild_search --missing`, because a change touched very many pages at once.
    """

    page = models.ForeignKey("pages.SitePage", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=2, choices=CODES)
    section = models.ForeignKey("pages.SitePage", null=True, on_delete=models.CASCADE, related_name="+")
    heading = models.TextField()
    summary = models.TextField()
    passages = models.TextField()
    names = models.TextField()
    words = ArrayField(models.TextField())
    sources = ArrayField(models.TextField())
    changed_at = models.DateTimeField(null=True)
    named = SearchVectorField()
    vector = SearchVectorField()
    is_behind = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["page", "language"], name="one_entry_a_page_and_language")]
        indexes = [
            GinIndex(fields=["sources"], name="search_entry_sources"),
            GinIndex(OpClass(F("names"), "gin_trgm_ops"), name="search_entry_letters"),
            Index(fields=["page"], condition=Q(is_behind=True), name="search_entry_behind"),
            *(
                GinIndex(fields=[name], condition=Q(language=code), name=f"search_entry_{name}_{code}")
                for name in ("vector", "named")
                for code in LANGUAGES
            ),
        ]

    def __str__(self):
        return f"{self.page_id} {self.language}"


class Word(models.Model):
    """A word of the site as it is written there, in small letters, and on how many pages of its language.

    It says which written words a question means, so that they can be marked (`vector` holds the word as the index does), and
    which word somebody may have meant who misspelt it (`folded` is the word without accents).
    """

    language = models.CharField(max_length=2, choices=CODES)
    word = models.TextField()
    folded = models.TextField()
    pages = models.IntegerField(default=1)
    vector = SearchVectorField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="one_word_a_language")]
        indexes = [
            GinIndex(fields=["vector"], name="search_word_vector"),
            GistIndex(OpClass(F("folded"), "gist_trgm_ops"), name="search_word_trigrams"),
            Index(F("language"), OpClass(F("folded"), "text_pattern_ops"), name="search_word_beginnings"),
        ]

    def __str__(self):
        return f"{self.word} ({self.language})"


class SearchCount(models.Model):
    """How often a question was asked in a language, in the week that begins on the Monday `week`. Never less than five times.

    `query` is the question as it is compared (`search.words.fold`); `without_result` says how often nothing was found.
    """

    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    week = models.DateField(pgettext_lazy("calendar", "week"), db_index=True)
    query = models.CharField(pgettext_lazy("search", "question"), max_length=MAX_QUERY_LENGTH)
    searches = models.PositiveBigIntegerField(_("number of searches"))
    without_result = models.PositiveBigIntegerField(_("searches without result"))

    language_neutral = ("language", "query")

    class Meta:
        verbose_name = pgettext_lazy("one", "search count")
        verbose_name_plural = pgettext_lazy("many", "search counts")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["language", "week", "query"], name="one_count_a_language_week_and_question")
        ]

    def __str__(self):
        return f"{self.query}, {self.language}, {self.week}: {self.searches}"


class Promotion(models.Model):
    """A page that we recommend, above what is found, to readers of a language who ask exactly one of some questions.

    `folded` holds the questions as they are compared (`search.words.fold`). A page that is not live, or does not exist in
    the language, is not shown; it is again when it is back.
    """

    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    queries = models.TextField(
        pgettext_lazy("search", "questions"),
        help_text=_(
            "What readers type, one question per line or separated by semicolons. Capitals and accents make no difference."
        ),
    )
    folded = ArrayField(models.TextField(), default=list, editable=False)
    page = models.ForeignKey("pages.SitePage", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(
        pgettext_lazy("recommendation", "reason"),
        max_length=200,
        blank=True,
        help_text=_("One sentence for readers, in that language: why this page answers their question."),
    )

    language_neutral = ("language", "queries", "reason")  # each is for one language
    panels = [FieldPanel("language"), FieldPanel("queries"), FieldPanel("page"), FieldPanel("reason")]

    class Meta:
        verbose_name = _("recommended page")
        verbose_name_plural = _("recommended pages")
        ordering = ["language", "queries"]

    def __str__(self):
        return f"{self.language}: {'; '.join(questions(self.queries))}"

    def save(self, *args, **kwargs):
        self.folded = sorted({fold(query) for query in questions(self.queries) if words(query)})
        super().save(*args, **kwargs)

    def clean(self):
        """A question without a word is never looked for."""
        super().clean()
        if self.queries and not any(words(query) for query in questions(self.queries)):
            raise ValidationError({"queries": _("Give at least one question.")})


class Synonym(models.Model):
    """Words by which readers ask for one thing, in each language, and the page that answers them.

    `keys` holds them as the search finds them: "nl:" and a word as the index has it, or words in their order.
    """

    words = models.TextField(
        pgettext_lazy("search", "words"),
        max_length=500,
        blank=True,
        help_text=_("Words and phrases with the same meaning, separated by semicolons: of readers and of our pages."),
    )
    page = models.ForeignKey(
        "pages.SitePage",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page that answers who asks for one of these words. It comes first, unless another is called so."),
    )
    keys = ArrayField(models.TextField(), default=list, editable=False)

    own_to_each_language = ("words",)
    panels = [TranslatedPanel("words"), FieldPanel("page")]

    class Meta:
        verbose_name = pgettext_lazy("search", "synonyms")
        verbose_name_plural = pgettext_lazy("search", "synonyms")
        ordering = ["words_nl"]

    def __str__(self):
        return text_for_reader(field_texts(self, "words"), current_language()).text

    def save(self, *args, **kwargs):
        self.keys = sorted({key for code, text in field_texts(self, "words").items() for key in synonym_keys(code, text or "")})
        super().save(*args, **kwargs)

    def clean(self):
        """Synonyms without a word are never looked for."""
        super().clean()
        if not any(words(text or "") for text in field_texts(self, "words").values()):
            raise ValidationError(_("Give at least one word."))


def synonym_keys(language, text):
    """Return by which keys the synonyms in a text are found; with one query where there are single words."""
    runs = [words(fold(synonym)) for synonym in text.split(";")]
    single = " ".join(run[0] for run in runs if len(run) == 1)
    keys = [f"{language}:{' '.join(run)}" for run in runs if run]
    if single:
        with connection.cursor() as cursor:
            cursor.execute("SELECT unnest(tsvector_to_array(to_tsvector(%s::regconfig, %s)))", [f"search_{language}", single])
            keys += [f"{language}:{word}" for (word,) in cursor.fetchall()]
    return keys


def questions(text):
    """Return the questions in a text, one a line or separated by semicolons."""
    return [query.strip() for query in re.split("[;\n]", text) if query.strip()]
