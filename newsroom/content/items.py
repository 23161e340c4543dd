"""What an entry of a content file stands for."""

from dataclasses import dataclass, field

from wagtail.models import Page

from directory.models import GlossaryTerm, Organisation, Person
from newsroom.content.files import YamlMapping
from pages.models import SitePage, SiteSettings

DIRECTORY = {"organisations": Organisation, "people": Person, "glossary": GlossaryTerm}
FOLDERS = {model: folder for folder, model in DIRECTORY.items()} | {SitePage: "pages"}
PAGE_KEYS = ("type", "key", "parent", "order", "live")


@dataclass(slots=True)
class Item:
    """An entry of a content file: what it stands for, what it says, and the keys of the items that it refers to.

    `notes` are its notes for staff as the file has them: each is an item of its own, since what staff do with a note is no
    change to the page.
    """

    key: str
    model: type
    entry: YamlMapping
    digest: str
    parent: str | None = None
    names: set = field(default_factory=set)
    needs: set = field(default_factory=set)
    notes: list = field(default_factory=list)

    @property
    def needs_pages(self):
        return any(key.startswith("pages/") for key in self.needs)


def key_of(model, key):
    """Return the key of the item that content files call `key` where an object of `model` is asked for."""
    if model is SiteSettings:
        return key  # there is one of them
    folder = "pages" if issubclass(model, Page) else FOLDERS.get(model)
    return f"{folder}/{key}" if folder else None
