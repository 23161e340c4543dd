"""The words by which readers ask for one thing."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel

from languages.concurrent_edits.stale_forms import StaleSafeForm
from languages.panels import TranslatedPanel
from languages.units import field_texts, shown_text
from search.word_lengths import LONG_WORD, overlong_word, require_shorter
from search.words import MAX_LENGTH, fold, words


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
    is_for_main_site = models.BooleanField(
        _("answered on the Actiris website"),
        default=False,
        help_text=_(
            "For what this website is not about, such as vacancies: above the results, readers are shown the Actiris website "
            "and our telephone number."
        ),
    )
    keys = ArrayField(models.TextField(), default=list, editable=False)

    own_to_each_language = ("words",)
    base_form_class = StaleSafeForm
    panels = [TranslatedPanel("words"), FieldPanel("page"), FieldPanel("is_for_main_site")]

    class Meta:
        verbose_name = pgettext_lazy("search", "synonyms")
        verbose_name_plural = pgettext_lazy("search", "synonyms")
        ordering = ["words_nl"]

    def __str__(self):
        return shown_text(self, "words").text

    def save(self, *args, **kwargs):
        self.keys = sorted({key for code, text in field_texts(self, "words").items() for key in synonym_keys(code, text or "")})
        super().save(*args, **kwargs)

    def clean(self):
        """Synonyms without a word are never looked for."""
        super().clean()
        for code, text in field_texts(self, "words").items():
            if too_long := overlong_word(text or ""):
                require_shorter(f"words_{code}", LONG_WORD, too_long, MAX_LENGTH)
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
