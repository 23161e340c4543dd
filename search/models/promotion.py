"""The pages that staff recommend for a question."""

import re

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from languages.concurrent_edits.stale_forms import StaleSafeForm
from search.question import MAX_LENGTH
from search.word_lengths import LONG_WORD, overlong_word, require_shorter
from search.words import MAX_LENGTH as MAX_WORD_LENGTH
from search.words import fold, words


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
    base_form_class = StaleSafeForm
    panels = [FieldPanel("language"), FieldPanel("queries"), FieldPanel("page"), FieldPanel("reason")]

    class Meta:
        verbose_name = _("recommended page")
        verbose_name_plural = _("recommended pages")
        ordering = ["language", "queries"]

    def __str__(self):
        return gettext("%(label)s: %(text)s") % {"label": self.language, "text": "; ".join(questions(self.queries))}

    def save(self, *args, **kwargs):
        self.folded = sorted({fold(query) for query in questions(self.queries) if words(query)})
        super().save(*args, **kwargs)

    def clean(self):
        """Refuse what is never looked for, and what says the same as another recommendation."""
        super().clean()
        asked = questions(self.queries or "")
        if too_long := next((query for query in asked if len(query) > MAX_LENGTH), None):
            require_shorter("queries", _("A question may have %(longest)s characters at most: %(text)s"), too_long, MAX_LENGTH)
        if too_long := next((word for query in asked if (word := overlong_word(query))), None):
            require_shorter("queries", LONG_WORD, too_long, MAX_WORD_LENGTH)
        if self.queries and not any(words(query) for query in asked):
            raise ValidationError({"queries": _("Give at least one question.")})
        self.refuse_repetition({fold(query): query for query in asked if words(query)})

    def refuse_repetition(self, asked):
        """Raise ValidationError where the page is recommended for one of the questions already, given as {folded: as typed}."""
        same = Promotion.objects.filter(language=self.language, page=self.page_id, folded__overlap=list(asked))
        repeated = {query for folded in same.exclude(pk=self.pk).values_list("folded", flat=True) for query in folded}
        if names := [typed for folded, typed in asked.items() if folded in repeated]:
            text = _("This page is recommended for this already: %(questions)s")
            raise ValidationError({"queries": text % {"questions": "; ".join(names)}})


def questions(text):
    """Return the questions in a text, one a line or separated by semicolons."""
    return [query.strip() for query in re.split("[;\n]", text) if query.strip()]
