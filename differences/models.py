"""What the checks across languages found, and what of it was accepted."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from languages.standing import Standing
from languages.twin_checks.mismatch import Check


class SaidPair(models.Model):
    """What the latest draft of an object says in two languages, a `languages.twin_checks.elsewhere.TextPair`.

    Of two that are one translation for two texts, the difference stands with the one that came later, which has the higher key:
    a pair keeps its row as long as it is said. Written with the differences of its object.
    """

    standing = models.ForeignKey(Standing, on_delete=models.CASCADE, related_name="+")
    target = models.BigIntegerField()
    source = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["target", "source", "standing"], name="one_pair_per_object")]

    def __str__(self):
        return f"{self.standing_id} {self.target} {self.source}"


IS_SAID = models.Exists(SaidPair.objects.filter(pk=models.OuterRef("elsewhere")))


class DifferenceQuerySet(models.QuerySet):
    def holding(self):
        """Return those of which both texts are still there."""
        return self.filter(models.Q(elsewhere=None) | IS_SAID)

    def lapsed(self):
        """Return those of which another object does not say its text any more: theirs is to be compared anew."""
        return self.filter(~IS_SAID, elsewhere__isnull=False)


class Difference(models.Model):
    """A `languages.twin_checks.mismatch.Mismatch` in the latest draft of an object. Written by a job, never by hand.

    `position` is its place among those of its object. `key` stands for what was found where, and for both texts as they are:
    it is another one as soon as either changes, or something else differs in them. `elsewhere` is what another object says,
    None where both texts stand in one, `elsewhere_address` the address of its text. Whatever is said no more loses its row
    without a look at this one: nobody who saves or deletes an object waits for the rows of another.
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
    elsewhere = models.ForeignKey(SaidPair, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    elsewhere_address = models.TextField(blank=True, default="")

    objects = DifferenceQuerySet.as_manager()

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

    Of a text and that of another object it is said of these two texts, whatever objects they stand in.
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
        indexes = [models.Index(fields=["key"], name="acceptance_key")]

    def __str__(self):
        return self.reason
