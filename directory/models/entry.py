"""What all entries of the directory share."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from languages.forms import AlignedForm
from languages.models import AlignedModel
from languages.parity import require_parity


class Entry(index.Indexed, AlignedModel):
    """What all entries of the directory share: a stable key, by which content files name them."""

    key = models.SlugField(_("key"), max_length=80, unique=True, null=True, blank=True, editable=False)

    language_neutral = ("key",)
    base_form_class = AlignedForm

    class Meta:
        abstract = True

    def clean(self):
        """An entry is public as soon as it is saved, so parity is asked for at once."""
        super().clean()
        require_parity(self)


def entry_anchor(key, pk):
    """Return the unchanging anchor of an entry: its key, or one made of its primary key where staff added it."""
    return key or f"entry-{pk}"


def picture_field(name):
    """Return the field for the picture of an entry, described in each language where pictures are kept."""
    return models.ForeignKey(
        "assets.SiteImage",
        verbose_name=name,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown small, with the alternative text that the picture has in each language."),
    )
