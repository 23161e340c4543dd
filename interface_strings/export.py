"""What was edited, as PO files for the repository: the files of the release with exactly these texts changed."""

import io
import zipfile
from dataclasses import dataclass

from babel.messages.catalog import Catalog
from django.conf import settings
from django.utils.translation import to_locale

from interface_strings import po_files
from interface_strings.models import StringEdit
from languages.codes import LANGUAGES


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A PO file with edits in it: its `path` within the repository, its text, and how many texts of it are new."""

    path: str
    text: str
    number: int


def export():
    """Return the `ExportedFile`s of all languages and domains in which something was edited. What has gone is in none."""
    edits = StringEdit.objects.filter(string__is_gone=False, language__in=LANGUAGES).select_related("string")
    edits_by_file = {}
    for edit in edits.order_by("string__msgid", "string__context"):
        path = f"locale/{to_locale(edit.language)}/LC_MESSAGES/{edit.string.domain}.po"
        edits_by_file.setdefault(path, []).append(edit)
    return [ExportedFile(path, text_with(path, some), len(some)) for path, some in sorted(edits_by_file.items())]


def text_with(path, edits):
    """Return the text of a file of the repository with edits in it; comments, order and the header stay."""
    source = settings.BASE_DIR / path
    language = edits[0].language
    text = source.read_text(encoding="utf-8") if source.exists() else po_files.header(Catalog(locale=to_locale(language)))
    catalogue = po_files.parse(text, to_locale(language))
    is_sorted = po_files.catalogue_text(catalogue, sort=True) == po_files.catalogue_text(catalogue, sort=False)
    for edit in edits:
        string = edit.string
        message = catalogue.get(string.msgid, string.context or None)
        if message is None:  # of a package: Django takes it from our catalogue first
            message = catalogue.add(string.sources if string.plural else string.msgid, context=string.context or None)
        forms = edit.forms_for(string)
        message.string = tuple(forms) if string.plural else forms[0]
    return po_files.header_of(text) + po_files.catalogue_text(catalogue, sort=is_sorted)


def strings_of_packages():
    """Return the edited strings of packages: the code has to name them (`newsroom.wagtail_strings`) to keep them."""
    edits = StringEdit.objects.filter(string__is_gone=False, string__is_ours=False).select_related("string")
    return list({edit.string.pk: edit.string for edit in edits.order_by("string__msgid")}.values())


def zip_files(files):
    """Return the files as the bytes of a ZIP archive, to be unpacked in a checkout."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for file in files:
            target.writestr(file.path, file.text)
    return archive.getvalue()
