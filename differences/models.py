"""What the checks across languages found, and what of it was accepted."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from languages.standing import Standing
from languages.twin_checks.mismatch import Check


class Difference(models.Model):
    """A `languages.twin_checks.mismatch.Mismatch` in the latest draft of an object. Written by a job, never by hand.

    `position` is its place among those of its object. `key` stands for what was found where, and for both texts as they are:
    it is another one as soon as either changes, or something else differs in them.
    """

    standing = models.ForeignKey(Standing, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=32)
    address = models.TextField()
    kind = models.CharField(max_length=20)  # of `Check`; a new kind needs no migration
    language = models.CharField(max_length=5)
    twin = models.CharField(max_length=5, blank=True)
    here = models.JSONField(default=list)
    there = models.JSONField(default=list)

    class Meta:
        verbose_name = _("difference between languages")
        verbose_name_plural = _("differences between languages")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["standing", "position"], name="one_difference_per_place")]

    def __str__(self):
        return f"{self.kind_label}: {self.address}"

    @property
    def kind_label(self):
        return Check(self.kind).label


class Acceptance(models.Model):
    """Why a difference is meant: said of it in one object, as long as both its texts stay what they are (`Difference.key`).

    Changed back, they are what they were, and what was said holds again. It is about the draft that says so, not about a
    revision, and goes with its object.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    key = models.CharField(max_length=32)
    reason = models.TextField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("accepted difference")
        verbose_name_plural = _("accepted differences")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "key"], name="one_acceptance_per_difference")
        ]

    def __str__(self):
        return self.reason
