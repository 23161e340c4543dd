"""What an uploaded document must be: what its name says, whole, of a bounded size when unpacked, and without macros."""

import zipfile
import zlib
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NOT_ITS_NAME = _(
    "This file is not what its name says, is protected by a password, or is damaged. Save it again, then upload it once more."
)
INCOMPLETE = _("This file is damaged or incomplete: its end is missing. Save it again, then upload it once more.")
MACROS = _("This file contains macros, which readers' computers could run. Save it without macros, then upload it again.")
TOO_LARGE = _("This file is too large when unpacked. Make it smaller, for example by taking out pictures.")
UNPACKED = 200 * 1024 * 1024  # bytes
MEMBERS = 10_000
OFFICE = {
    "docx": b"wordprocessingml.document.main+xml",
    "pptx": b"presentationml.presentation.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
}
OPEN_DOCUMENT = {"odt": b"application/vnd.oasis.opendocument.text", "ods": b"application/vnd.oasis.opendocument.spreadsheet"}
TYPES = "[Content_Types].xml"
PDF_HEAD, PDF_TAIL = 1024, 2048  # bytes in which readers of PDF look for its first and last mark
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def check_document(file):
    """Refuse, with a ValidationError, a file that is not what its name says."""
    extension = PurePath(file.name).suffix.lower().removeprefix(".")
    file.seek(0)
    if extension == "pdf":
        check_pdf(file)
    elif extension in OFFICE or extension in OPEN_DOCUMENT:
        check_archive(file, extension)
    else:
        check_text(file)
    file.seek(0)


def check_pdf(file):
    """Refuse what is no PDF, and one whose end is missing. Raises ValidationError, as all these checks do."""
    if b"%PDF-" not in file.read(PDF_HEAD):
        raise ValidationError(NOT_ITS_NAME, code="not_its_name")
    file.seek(max(file.size - PDF_TAIL, 0))
    if b"%%EOF" not in file.read():
        raise ValidationError(INCOMPLETE, code="incomplete")


def check_text(file):
    """Refuse what is no text: a byte of zero stands in none but those of UTF-16."""
    content = file.read()
    if b"\0" in content and not content.startswith(UTF_16):
        raise ValidationError(NOT_ITS_NAME, code="not_its_name")


def check_archive(file, extension):
    """Refuse what is no archive of the kind that its name says, or is broken. Raises ValidationError."""
    try:
        with zipfile.ZipFile(file) as archive:
            check_members(archive.infolist())
            check_kind(archive, extension)
            if archive.testzip():
                raise ValidationError(INCOMPLETE, code="incomplete")
    # A broken archive leads zipfile and zlib to any of these, one that is encrypted to a RuntimeError.
    except (zipfile.BadZipFile, OSError, LookupError, ValueError, RuntimeError, EOFError, zlib.error) as error:
        raise ValidationError(NOT_ITS_NAME, code="not_its_name") from error


def check_members(members):
    """Refuse an archive that would fill memory or disk of whoever unpacks it, and one that holds programs."""
    if len(members) > MEMBERS or sum(member.file_size for member in members) > UNPACKED:
        raise ValidationError(TOO_LARGE, code="too_large")
    names = [member.filename.lower() for member in members]
    if any(name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")) for name in names):
        raise ValidationError(MACROS, code="macros")


def check_kind(archive, extension):
    """Refuse an archive that does not call itself what its extension says."""
    if extension in OPEN_DOCUMENT:
        is_right = archive.read("mimetype").strip() == OPEN_DOCUMENT[extension]
    else:
        types = archive.read(TYPES)
        if b"macroEnabled" in types:
            raise ValidationError(MACROS, code="macros")
        is_right = OFFICE[extension] in types
    if not is_right:
        raise ValidationError(NOT_ITS_NAME, code="not_its_name")
