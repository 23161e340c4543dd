"""What models keep for the languages: what those of a text said when they last agreed, and which staff see and write."""

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models

from languages import alignment
from languages.open_texts import records_after
from languages.standing import Standing
from languages.units import units

__all__ = ["AlignedModel", "ColumnsOfLanguages", "Standing", "WritingLanguages"]  # Django finds an app's models here


class ColumnsOfLanguages(models.Model):
    """What the user model of a site keeps for the editor: which languages somebody wants to see side by side."""

    # Empty until somebody chooses, and then all are shown.
    columns_shown = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        abstract = True


class WritingLanguages(models.Model):
    """In which languages somebody writes who may not write in all of them (`languages.rights`): translators and reviewers."""

    languages = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True


class AlignedModel(models.Model):
    """A page, snippet or setting whose texts know which of their twins have moved on (`languages.alignment`).

    The memory is a column like any other, so every revision carries its own: what is published, reverted, copied or scheduled
    keeps it. Saves that no form prepared bring it up to date themselves; `update_fields` (but where a page overrides
    `save()`), `QuerySet.update()` and `QuerySet.bulk_create()` do not.
    """

    alignment = models.JSONField(default=dict, editable=False)

    reason_field = NON_FIELD_ERRORS  # of its form: where somebody says why it is published although a text is behind

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if kwargs.get("update_fields") is None:
            self.refresh_alignment()
        super().save(*args, **kwargs)

    def refresh_alignment(self):
        """Bring the memory up to date with the texts, in case nobody has. Queries only where a text has changed."""
        texts = list(units(self))
        if self.alignment.get("now") != alignment.digests_of(texts):
            self.alignment = alignment.advance(self.alignment, texts, known_texts=self.stored_texts())

    def stored_texts(self):
        """Return `{digest: text}` of the texts that are in the database now."""
        before = type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None
        return alignment.texts_by_digest(units(before)) if before else {}

    def memory(self):
        """Return the memory as it is for the texts of this very instance, also where it was made before there was any."""
        return alignment.refresh(self.alignment, list(units(self)))

    def note_change(self, memory, author, known_texts=None, confirmed=()):
        """Bring the memory up to date after an `open_texts.Author` changed texts without a form; without one they are done.

        `memory` and `known_texts` (`alignment.texts_by_digest`) are those of before, `confirmed` keys of lags.
        """
        texts = list(units(self))
        records = records_after(alignment.digests_of(texts), memory, memory, author)
        self.alignment = alignment.advance(memory, texts, confirmed, known_texts=known_texts, records=records)

    def excuse(self, reason):
        """Note why this may be published although a text is behind in Dutch or French, until such a text changes again."""
        self.refresh_alignment()
        self.alignment = alignment.excuse(self.alignment, reason)
