"""The forms in which pictures and documents come in, one at a time, many at once or while choosing: they open every file."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtail.images.models import SourceImageIOError

from assets.documents import check_document
from assets.pictures import PictureField
from languages.codes import LANGUAGES


class PictureForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = PictureField(label=field.label, required=field.required, widget=field.widget)

    def save(self, commit=True):
        """Save, and make of another file what pages show of the picture: Wagtail deletes what was made of the old one."""
        is_replaced = commit and self.instance.pk and "file" in self.changed_data
        shown = list(self.instance.renditions.values_list("filter_spec", flat=True)) if is_replaced else ()
        image = super().save(commit)
        for spec in shown:
            with suppress(SourceImageIOError):
                image.get_rendition(spec)
        return image


class DocumentForm(BaseDocumentForm):
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
