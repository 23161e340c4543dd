"""What the checks across languages found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from languages.standing import Standing
from languages.twin_checks.finding import Check


class Difference(models.Model):
    """A `languages.twin_checks.finding.Finding` in the latest draft of an object. Written by a job, never by hand.

    `position` is its place among those of its object. `key` stands for what was found where, and for both texts as they are:
    it is another one as soon as either changes.
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
