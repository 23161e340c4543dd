"""The forms in which pictures and documents come in, one at a time, many at once or while choosing: they open every file."""

import logging
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from assets.documents import check_document
from assets.pictures import PictureField
from languages.codes import LANGUAGES
from languages.side_by_side import SideBySideForm

logger = logging.getLogger(__name__)
NOT_STORED = _("The file cannot be stored now. Choose it again in a few minutes; save the rest without it if you can.")
PUBLIC_PICTURE = _("Pictures are public as soon as they are uploaded: whoever knows the address can open them.")
PUBLIC_DOCUMENT = _("Documents are public while a page shows them; otherwise only staff can open them.")
ALTERNATIVES = {f"alternative_{code}" for code in LANGUAGES}


class StoringForm:
    """Stores what was uploaded as soon as all else is right, so that a storage that does not answer is told at the field."""

    def full_clean(self):
        super().full_clean()
        if not self.is_bound or self.errors:
            return
        for name, file in list(self.cleaned_data.items()):
            if isinstance(file, UploadedFile):
                try:
                    getattr(self.instance, name).save(file.name, file, save=False)
                except OSError as error:
                    logger.warning("An upload cannot be stored: %s", error)
                    self.add_error(name, NOT_STORED)


class PictureForm(StoringForm, SideBySideForm, BaseImageForm):
    class Meta(BaseImageForm.Meta):
        widgets = BaseImageForm.Meta.widgets | dict.fromkeys(ALTERNATIVES, AdminAutoHeightTextInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            opened = PictureField(label=field.label, required=field.required, widget=field.widget)
            opened.help_text = format_lazy("{} {}", PUBLIC_PICTURE, opened.help_text)
            self.fields["file"] = opened

    def clean(self):
        """Keep an alternative text to one line, however it was typed."""
        cleaned = super().clean()
        return cleaned | {name: " ".join(cleaned[name].split()) for name in ALTERNATIVES if cleaned.get(name)}

    def save(self, commit=True):
        """Save, and make of another file what pages show of the picture: Wagtail deletes what was made of the old one."""
        is_replaced = commit and self.instance.pk and "file" in self.changed_data
        filter_specs = list(self.instance.renditions.values_list("filter_spec", flat=True)) if is_replaced else ()
        image = super().save(commit)
        for spec in filter_specs:
            with suppress(OSError):
                image.get_rendition(spec)
        return image


class DocumentForm(StoringForm, SideBySideForm, BaseDocumentForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            field.help_text = PUBLIC_DOCUMENT

    def clean(self):
        cleaned = super().clean()
        for name in ("file", *(f"edition_{code}" for code in LANGUAGES)):
            file = cleaned.get(name)
            if isinstance(file, UploadedFile):
                try:
                    check_document(file)
                except ValidationError as error:
                    self.add_error(name, error)
        return cleaned
