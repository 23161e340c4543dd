"""Packages for tests: made as the screens make them, or of chosen texts, and files of them that come back translated."""

import io
from xml.etree import ElementTree

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from exchange.choosing import Choice
from exchange.formats.archive import FORMATS, open_files
from exchange.formats.packages import FINE, Head, Package, PackageText
from exchange.formats.receiving import receive
from exchange.formats.xliff2 import CORE
from exchange.making import WAITING, make, order_package
from exchange.models import SentPackage, SentText
from exchange.reading import read_files
from exchange.sent_files import as_sent, write_file
from languages.units import units
from languages.versions import read_latest_version
from tests.work import standing
from worklists.chosen_rows import object_name


def choice_of(*things):
    """Return the choice of pages, entries and settings by name."""
    return Choice(tuple(object_name(row.content_type_id, row.object_id) for row in map(standing, things)))


def make_package(user, *things, source="nl", target="fr", texts=WAITING, **values):
    """Return a package of things, or of everything, as `user` makes it."""
    values = {"name": "Lot van tests", "source": source, "target": target, "created_by": user} | values
    package = order_package(choice_of(*things), texts, **values)
    make(package)
    package.refresh_from_db()
    return package


def returned_texts(package, kind):
    """Yield pairs of a `SentText` and what the site says of it when a file comes back as it went out."""
    sent = {text.number: text for text in package.texts.all()}
    with write_file(package, kind) as file:
        for _name, returned in open_files(f"package.{kind}", file):
            for text in returned.texts:
                yield sent[text.number], receive(as_sent(sent[text.number]), text)


def send_texts(*pages, addresses=("heading", "summary"), source="nl", target="fr", user=None, limit=None):
    """Return a package of some texts of pages or entries, as they stand in their latest versions."""
    package = SentPackage.objects.create(name="Lot", source=source, target=target, created_by=user, ready_at=timezone.now())
    for page in pages:
        by_address = {unit.address: unit for unit in units(read_latest_version(page))}
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


def translate_file(path, translate):
    """Translate what is to be translated in an XLIFF file, as a program of an agency does, and save it.

    `translate` returns the translation of a source.
    """
    ElementTree.register_namespace("", CORE)
    tree = ElementTree.parse(path)
    for unit in tree.iter(f"{{{CORE}}}unit"):
        if unit.get("translate") != "no":
            segment = unit.find(f"{{{CORE}}}segment")
            source, target = (segment.find(f"{{{CORE}}}{name}") for name in ("source", "target"))
            target.text = translate(source.text)
            segment.set("state", "translated")
    tree.write(path, encoding="utf-8", xml_declaration=True)
