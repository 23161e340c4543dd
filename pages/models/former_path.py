"""Where deleted pages stood."""

from django.db import models


class FormerPath(models.Model):
    """A path at which readers found a page that was deleted, in small letters and without its last slash.

    Written by `pages.former_paths` and never by hand. A page that takes the path lets it be forgotten.
    """

    path = models.CharField(max_length=255, primary_key=True)

    def __str__(self):
        return self.path
