"""Packages as files: each format by itself, or all in one ZIP file."""

import tempfile
import zipfile
from dataclasses import fields

from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from exchange.formats.archive import FORMATS
from exchange.formats.packages import Head, Package, PackageText

CHUNK = 1000  # texts that are read at once
IN_MEMORY = 1_000_000
ZIP = "zip"
ENDINGS = {"xliff2": "xlf", "xliff1": "xliff", "po": "po", "docx": "docx", ZIP: "zip"}
LABELS = {"xliff2": "XLIFF 2.1", "xliff1": "XLIFF 1.2", "po": "PO", "docx": "Word", ZIP: _("All in one ZIP file")}
TYPES = {
    "xliff2": "application/xliff+xml",
    "xliff1": "application/x-xliff+xml",
    "po": "text/x-gettext-translation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ZIP: "application/zip",
}
LONGEST_NAME = 60


def as_sent(sent):
    """Return a `SentText` as the formats know it."""
    values = {one.name: getattr(sent, one.name) for one in fields(PackageText)}
    return PackageText(**values | {"terms": tuple(map(tuple, sent.terms)), "notes": tuple(sent.notes)})


def as_package(package):
    """Return a `SentPackage` as the formats know it; its texts are read as one goes through them."""
    texts = (as_sent(sent) for sent in package.texts.iterator(chunk_size=CHUNK))
    head = Head(package.key, package.source, package.target)
    return Package(head, package.name, texts, package.deadline, package.note)


def file_name(package, kind):
    """Return what a file of a package is called: its name, languages and day, in letters that every system knows."""
    name = slugify(package.name)[:LONGEST_NAME].strip("-") or "texts"
    day = timezone.localdate(package.created_at).isoformat()
    return f"{name}-{package.source}-{package.target}-{day}.{ENDINGS[kind]}"


def write_file(package, kind):
    """Return a temporary file, at its beginning, that holds a package in a format, or in all; what it says to the translator
    is in their language.
    """
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  (closed by whoever reads it)
    with translation.override(package.target):
        if kind == ZIP:
            write_archive(package, file)
        else:
            FORMATS[kind].write(as_package(package), file)
    file.seek(0)
    return file


def write_archive(package, file):
    """Write a package in every format into a ZIP file."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind, module in FORMATS.items():
            with archive.open(file_name(package, kind), "w", force_zip64=True) as inner:
                module.write(as_package(package), inner)
