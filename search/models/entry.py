"""What is searched: a row for each page and language in which readers can reach it, and the words that stand in those rows."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import TransactionNow
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Index, Q

from languages.codes import LANGUAGES

CODES = [(code, code) for code in LANGUAGES]


class Entry(models.Model):
    """What one page says in one language in which it exists. Written by `search.indexing` and never by hand.

    `passages` are its texts for readers, a line each; `names` the words of what it is called, without accents; `sources` the
    entries of the directory whose words stand in it, such as "glossaryterm:7". `vector` holds the words by weight: A names, B
    the summary and other names of what the page is about, C its texts, D other words for the terms that it uses. `named` holds
    those of A alone: it is short enough to be looked at in thousands of rows. A page that moved with very many others keeps
    its old `section` for some minutes, and has none if that is deleted meanwhile.
    """

    page = models.ForeignKey("pages.SitePage", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=2, choices=CODES)
    section = models.ForeignKey("pages.SitePage", null=True, on_delete=models.SET_NULL, related_name="+")
    heading = models.TextField()
    summary = models.TextField()
    passages = models.TextField()
    names = models.TextField()
    words = ArrayField(models.TextField())
    sources = ArrayField(models.TextField())
    changed_at = models.DateTimeField(null=True)
    named = SearchVectorField()
    vector = SearchVectorField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["page", "language"], name="one_entry_a_page_and_language")]
        indexes = [
            GinIndex(fields=["sources"], name="search_entry_sources"),
            GinIndex(OpClass(F("names"), "gin_trgm_ops"), name="search_entry_letters"),
            *(
                GinIndex(fields=[name], condition=Q(language=code), name=f"search_entry_{name}_{code}")
                for name in ("vector", "named")
                for code in LANGUAGES
            ),
        ]

    def __str__(self):
        return f"{self.page_id} {self.language}"


class PageBehind(models.Model):
    """A page whose entries wait for `rebuild_search --missing`, because a change touched very many pages at once.

    `since` is the moment at which the last such transaction began: it knows its own pages by that.
    """

    page = models.OneToOneField("pages.SitePage", on_delete=models.CASCADE, primary_key=True, related_name="+")
    since = models.DateTimeField(db_default=TransactionNow())

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.page_id)


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
