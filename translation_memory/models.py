"""What was published together: texts of one unit in several languages that agreed, and the words by which they are found."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class MemoryFile(models.Model):
    """A file from which somebody took translations that this site did not publish."""

    name = models.CharField(max_length=200)
    imported_at = models.DateTimeField(auto_now_add=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file of translations")
        default_permissions = ()
        ordering = ["-imported_at", "-pk"]

    def __str__(self):
        return self.name


class RememberedUnit(models.Model):
    """One unit as it was published, in the languages in which it agreed. Written by `translation_memory.remembering`.

    What reads alike in all of them is remembered once; `content_type`, `object_id` and `address` say where it was published
    last. It stays when that is gone, for a time that begins at `gone_since`: see `translation_memory.forgetting`. What comes
    from a `file` has none of these until it is published here.
    """

    digest = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=10)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, null=True, related_name="+")
    object_id = models.BigIntegerField(null=True)
    address = models.TextField()
    file = models.ForeignKey(MemoryFile, on_delete=models.CASCADE, null=True, related_name="units")
    remembered_at = models.DateTimeField()
    gone_since = models.DateTimeField(null=True)

    origin = GenericForeignKey("content_type", "object_id")
    wagtail_reference_index_ignore = True  # it keeps nothing from being deleted

    class Meta:
        verbose_name = _("translation memory")
        default_permissions = ("change",)

    def __str__(self):
        return f"{self.content_type_id} {self.object_id} {self.address}"


class RememberedText(models.Model):
    """What a remembered unit said in one language.

    `text` is as it was stored, `digest` that of `languages.normalising`. By `letters`, its words in small letters as far as
    they are compared, likeness is measured; `longest` are the longest of them, which hardly any other text shares.
    """

    unit = models.ForeignKey(RememberedUnit, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=5)
    text = models.TextField()
    digest = models.CharField(max_length=16)
    letters = models.TextField()
    length = models.IntegerField()
    longest = ArrayField(models.TextField())

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["unit", "language"], name="one_remembered_text_a_language")]
        indexes = [
            models.Index(fields=["digest", "language"], name="remembered_text_digest"),
            GinIndex(fields=["longest"], name="remembered_text_longest"),
        ]

    def __str__(self):
        return f"{self.unit_id} {self.language}"
