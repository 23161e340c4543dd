"""Our own image, rendition and document models: they cannot be replaced once there are migrations."""

from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.validators import FileExtensionValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, AbstractRendition, SourceImageIOError

from languages.codes import LANGUAGES
from languages.units import shown_text

KINDS = settings.WAGTAILDOCS_EXTENSIONS
# Wagtail's `title` names a file for staff and stays neutral; what readers get are the translated fields beside it.
NEUTRAL = ("title", "file", "file_hash", "description")
DOCUMENTS = "documents"  # the folder of documents, which web servers must not show
FILES = ("file", *(f"edition_{code}" for code in LANGUAGES))


def check_size(file):
    """Refuse a file that is larger than the library takes."""
    if file.size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
        raise ValidationError(_("This file is too large."))


bounded = check_size  # the name that migrations know


class SiteImage(AbstractImage):
    """A picture; its alternative text says in each language what it shows, and may be overruled where it is used."""

    alternative = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_("What the picture shows, for readers who cannot see it. Leave empty if it is only decorative."),
    )
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Author and licence, in the wording they ask for.")
    )

    language_neutral = (*NEUTRAL, "credit")
    admin_form_fields = (
        "title",
        "file",
        "collection",
        *(f"alternative_{code}" for code in LANGUAGES),
        "credit",
        "tags",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self):
        return shown_text(self, "alternative").text

    def generate_rendition_file(self, filter, *, source=None):
        """Make a rendition. Raises SourceImageIOError, which Wagtail's views expect, for whatever file cannot be shown."""
        try:
            return super().generate_rendition_file(filter, source=source)
        except (InvalidFilterSpecError, SourceImageIOError):
            raise
        except Exception as error:  # decoders raise whatever a broken file leads them to
            raise SourceImageIOError(str(error)) from error


class Rendition(AbstractRendition):
    """A picture in one size and format, made when a page or picture is saved and never while a page renders."""

    image = models.ForeignKey(SiteImage, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class DocumentStorage:
    """That of all uploaded files, but for the address: staff open a file at this one, readers at that of its document.

    No lazy object of Django's, which migrations would write down as what it stands for.
    """

    def __getattr__(self, name):
        if name.startswith("__"):  # what Python asks of any object, as it copies one
            raise AttributeError(name)
        return getattr(default_storage, name)

    def url(self, name):
        return reverse("document_file", args=[PurePath(name).name])

    def deconstruct(self):
        """Say to migrations what it is, whatever all files are stored in."""
        return "assets.models.DocumentStorage", [], {}


class SiteDocument(AbstractDocument):
    """A document for readers: a title in each language, and where they differ a file in each language.

    `file` is the edition for every language that has none of its own, and `file_language` says what it is written in.
    """

    file = models.FileField(_("file"), upload_to=DOCUMENTS, storage=DocumentStorage())
    heading = models.CharField(
        _("title for readers"), max_length=250, blank=True, help_text=_("What readers see as the name of the document.")
    )
    edition = models.FileField(
        _("edition"),
        upload_to=DOCUMENTS,
        storage=DocumentStorage(),
        blank=True,
        validators=[FileExtensionValidator(KINDS), check_size],
        help_text=_("Only where this language has a file of its own."),
    )
    file_language = models.CharField(
        _("language of the file"),
        max_length=3,
        blank=True,
        choices=[(code, code.upper()) for code in LANGUAGES] + [("mul", _("several languages"))],
        help_text=_("Readers of another language are told."),
    )

    language_neutral = NEUTRAL
    required_for_publishing = ("heading",)
    admin_form_fields = (
        "title",
        "file",
        "file_language",
        "collection",
        *(f"heading_{code}" for code in LANGUAGES),
        *(f"edition_{code}" for code in LANGUAGES),
        "tags",
    )

    def clean(self):
        if self.file:  # a file whose title was refused waits elsewhere; its extension was looked at when it was sent
            super().clean()

    @property
    def url(self):
        """The address at which staff open the file."""
        return self.file.url

    def files(self):
        """Return the file and the editions there are."""
        return [file for name in FILES if (file := getattr(self, name))]

    def address_of(self, file):
        """Return the address of the file, or of one of the editions, for readers."""
        return reverse("wagtaildocs_serve", args=[self.pk, PurePath(file.name).name])

    def for_reader(self, language):
        """Return `(file, language of the file)` for a reader of `language`; the language is "" when nobody said it."""
        edition = getattr(self, f"edition_{language}")
        return (edition, language) if edition else (self.file, self.file_language)
