"""Notes for staff: what is doubtful about a page, an entry of the directory or the settings. They are never public."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from languages.units import shown_text

TEXTS = ("text", "find_out", "who")


class StaffNoteQuerySet(models.QuerySet):
    def of(self, carrier):
        """Return the notes on a page, entry or settings."""
        return self.filter(content_type=kind_of_carrier(type(carrier)), object_id=carrier.pk)

    def open(self):
        return self.filter(settled_at=None)

    def settled(self):
        return self.exclude(settled_at=None)


def kind_of_carrier(model):
    """Return the content type under which notes on objects of a model are kept: that of all pages for every page."""
    return ContentType.objects.get_for_model(Page if issubclass(model, Page) else model)


class StaffNote(models.Model):
    """A doubt, what there is to find out, and who could know.

    It stands beside the page and not in it, so that no revision, copy or export of the page ever holds it. Rights are those of
    what it is about: who may change that, may read and write its notes.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    carrier = GenericForeignKey()  # of pages the plain `Page`
    # The address of a field or of a block: "figures" or "figures.<its id>"; the whole where it is empty.
    about = models.CharField(_("about"), max_length=120, blank=True)
    text = models.TextField(_("what is doubtful"), max_length=2000, blank=True)
    find_out = models.TextField(_("what to find out"), max_length=1000, blank=True)
    who = models.CharField(_("who could know"), max_length=250, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    settled_at = models.DateTimeField(_("settled"), null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = StaffNoteQuerySet.as_manager()
    wagtail_reference_index_ignore = True  # a note keeps nothing from being deleted, and is no use of a page

    class Meta:
        verbose_name = _("note for staff")
        verbose_name_plural = _("notes for staff")
        ordering = ["created_at", "pk"]
        default_permissions = ()  # see the docstring
        indexes = [models.Index(fields=["content_type", "object_id"], name="staff_notes_of_a_carrier")]

    def __str__(self):
        return Truncator(self.shown_text("text").text).chars(60)

    @classmethod
    def on(cls, carrier, **values):
        """Return a new note on a page, entry or settings. Does not save."""
        return cls(content_type=kind_of_carrier(type(carrier)), object_id=carrier.pk, **values)

    def shown_text(self, name):
        """Return the `ShownText` of one of its texts for a member of staff: in the language of the admin, else in another."""
        return shown_text(self, name)

    @property
    def is_settled(self):
        return self.settled_at is not None

    def settle(self, user):
        """Close the note: it leaves the lists and stays in the history of what it is about. Does not save."""
        self.settled_at, self.settled_by = timezone.now(), user

    def reopen(self):
        """Open a settled note again. Does not save."""
        self.settled_at = self.settled_by = None
