"""What readers look for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MAX_QUERY_LENGTH = 100  # characters of a question that is counted or answered by us


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


class SearchShare(models.Model):
    """What one process, the `source`, has counted of a question this week or last week; shares add up to a `SearchCount`."""

    source = models.CharField(max_length=32)
    language = models.CharField(max_length=5)
    week = models.DateField()
    query = models.CharField(max_length=MAX_QUERY_LENGTH)
    searches = models.PositiveBigIntegerField()
    without_result = models.PositiveBigIntegerField()

    language_neutral = ("source", "language", "query")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["source", "language", "week", "query"], name="one_share_a_source_and_question")
        ]

    def __str__(self):
        return f"{self.source}: {self.query}, {self.language}, {self.week}: {self.searches}"
