"""Packages for tests: made as the screens make them, and their files read again."""

from exchange.choosing import Choice
from exchange.formats.archive import open_files
from exchange.formats.receiving import receive
from exchange.making import WAITING, make, order_package
from exchange.sent_files import as_sent, write_file
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
