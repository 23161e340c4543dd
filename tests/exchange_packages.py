"""Packages that are sent in a test, and files of them that come back translated."""

import io

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from exchange.formats.archive import FORMATS
from exchange.formats.packages import FINE, Head, Package, PackageText
from exchange.models import SentPackage, SentText
from exchange.reading import read_files
from exchange.sent_files import as_sent
from languages.units import units
from languages.versions import latest_of


def send(*pages, addresses=("heading", "summary"), source="nl", target="fr", user=None, limit=None):
    """Return a package of some texts of pages or entries, as they stand in their latest versions."""
    package = SentPackage.objects.create(name="Lot", source=source, target=target, created_by=user, ready_at=timezone.now())
    for page in pages:
        by_address = {unit.address: unit for unit in units(latest_of(page))}
        for address in addresses:
            unit = by_address[address]
            SentText.objects.create(
                package=package,
                number=package.texts.count() + 1,
                content_type=ContentType.objects.get_for_model(page),
                object_id=page.pk,
                address=address,
                page=str(page),
                place=str(unit.label),
                kind=unit.kind,
                source=unit.texts[source],
                target=unit.texts[target],
                state=FINE,
                limit=limit,
            )
    return package


def file_of(package, translations=None, format_name="xliff2"):
    """Return the file of a package as a translator sends it back: `{address: text}` replace the targets of what was sent."""
    texts = []
    for sent in package.texts.all():
        text = as_sent(sent)
        target = (translations or {}).get(sent.address, text.target)
        texts.append(PackageText(text.number, text.page, text.place, text.kind, text.source, target))
    file = io.BytesIO()
    FORMATS[format_name].write(Package(Head(package.key, package.source, package.target), package.name, texts), file)
    file.seek(0)
    return file


def bring_back(package, translations, user=None, format_name="xliff2"):
    """Return the import of a file of a package with these translations."""
    [one] = read_files("terug.xlf", file_of(package, translations, format_name), SentPackage.objects.all(), user)
    return one
