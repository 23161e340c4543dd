"""How much was sent to the translation service, month by month."""

from django.db import models


class MonthlyUse(models.Model):
    """The characters that were sent in one month, known by its first day. Written by `machine_drafts.use`."""

    month = models.DateField(unique=True)
    characters = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.month:%Y-%m} {self.characters}"
