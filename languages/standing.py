"""The table of everything: the state of every page, snippet and setting in every language, a row an object."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.dispatch import Signal
from django.utils.translation import pgettext_lazy

# Sent in the transaction that wrote rows, with a list of pairs: a row, and its languages in which something was to be done
# before and nothing is any more.
languages_finished = Signal()


class Standing(models.Model):
    """How one object stands, its latest draft where it has drafts. Written by `standing_saving.save_standings`,
    as something is saved and by `manage.py rebuild_standing`, never by hand.

    `languages` holds what there is to do, by language, `open` the number of texts in translation, `unconfirmed` how many of
    them came from a file or a machine; `first` is the address of the
    first text to mend, or else in translation, `filled` the number of texts that are there:
    {"fr": {"missing": 3, "behind": 2, "open": 1, "unconfirmed": 0, "words": 140, "first": "summary", "filled": 40}}.
    `names` and `order` the object's name in each language of the admin, and the text by which it is sorted.
    `waiting_since` holds since when something is missing or behind without a break, as ISO time (UTC): {"fr": "2026-11-03T…"}.
    `begun` holds what is in translation, by person and language: the number of texts, since when, and the address of the first:
    [{"by": 5, "language": "fr", "number": 2, "since": "2026-11-03T…", "first": "summary"}].
    `checked_with` stands for the checks across languages that its texts went through since they were saved, "" for none.
    JSON, so that another language needs no migration; PostgreSQL filters, sorts and adds up what is in it.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    names = models.JSONField(default=dict)
    order = models.JSONField(default=dict)
    languages = models.JSONField(default=dict)
    waiting_since = models.JSONField(default=dict)
    begun = models.JSONField(default=list)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    responsible = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    review_on = models.DateField(null=True)
    is_live = models.BooleanField(default=True)
    has_draft = models.BooleanField(default=False)
    checked_with = models.CharField(max_length=40, blank=True, default="")
    mirrors = models.BigIntegerField(null=True)  # the object that an alias shows again: its texts are mended there

    class Meta:
        verbose_name = pgettext_lazy("table", "row")
        verbose_name_plural = pgettext_lazy("table", "rows")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="one_standing_per_object")]
        # What is deleted is looked for here; hardly any row has one.
        indexes = [models.Index(fields=["mirrors"], condition=models.Q(mirrors__isnull=False), name="standing_mirrors")]

    def __str__(self):
        return f"{self.content_type_id} {self.object_id}"
