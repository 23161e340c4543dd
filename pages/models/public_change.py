"""What readers of a language were told about a page: the record behind its history and the feeds."""

from django.db import models

from languages.codes import LANGUAGES


class PublicChange(models.Model):
    """A moment at which readers of one language got to see something else on a page than before.

    Written by `pages.history` and never by hand. An alias has none: it tells the history of the page that it mirrors.
    """

    LONGEST_NOTE = 300

    page = models.ForeignKey("pages.SitePage", on_delete=models.CASCADE, related_name="public_changes")
    language = models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES])
    moment = models.DateTimeField()
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    is_first = models.BooleanField(default=False)

    class Meta:
        ordering = ["-moment", "-pk"]
        indexes = [models.Index(fields=["language", "page", "-moment"], name="public_changes_of_a_language")]

    def __str__(self):
        return f"{self.page_id} {self.language} {self.moment:%Y-%m-%d} {self.note}".strip()
