"""Which tables changed: written by triggers, in the transaction that changes them."""

from django.db import models


class Change(models.Model):
    """A transaction that wrote to a table. Triggers write and forget the rows; nothing else may forget any."""

    mark = models.BigIntegerField(primary_key=True)  # random: what the marks of a table add up to never comes back
    table = models.CharField(max_length=63)
    moment = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["table", "moment"], name="changes_of_a_table")]

    def __str__(self):
        return f"{self.table} {self.moment:%Y-%m-%d %H:%M:%S}"
