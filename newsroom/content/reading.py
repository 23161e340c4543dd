"""Reading the content files: all of them are read and checked before anything happens. Makes no query."""

from dataclasses import dataclass

from django.apps import apps
from wagtail.contrib.redirects.models import Redirect

from newsroom.content.checking import ContentChecker
from newsroom.content.files import ContentError, YamlMapping, read_entries, read_file
from newsroom.content.fingerprints import digest
from newsroom.content.items import DIRECTORY, Item
from newsroom.content.notes import note_items, take_notes
from pages.models import SitePage, SiteSettings

SYNONYM = "search.Synonym"  # by name, as the search stands beside this app


@dataclass(slots=True)
class Content:
    """What all files say, in the order in which it is loaded: of pages, parents first."""

    directory: list
    pages: list
    settings: list
    synonyms: list
    redirects: list
    notes: list

    @property
    def entries(self):
        """What the directory holds without naming a page."""
        return [item for item in self.directory if not item.needs_pages]

    @property
    def entries_about_pages(self):
        return [item for item in self.directory if item.needs_pages]

    @property
    def carriers(self):
        """What notes for staff may be about."""
        return [*self.directory, *self.pages, *self.settings]


def read_content(root):
    """Return the `Content` of the files below `root`. Raises `ContentError` for the first mistake in one of them."""
    directory, synonyms = read_directory(root), read_lists(root, {"synonyms": apps.get_model(SYNONYM)})
    content = Content(directory, read_pages(root), read_settings(root), synonyms, read_redirects(root), [])
    ContentChecker(content).run()
    content.notes = [note for item in content.carriers for note in note_items(item)]
    return content


def read_directory(root):
    """Return the items of organisations, people and terms. Raises `ContentError`, as all that read files do."""
    return read_lists(root, DIRECTORY)


def read_lists(root, models):
    """Return the items of files that are lists of entries, by the model of each."""
    items = []
    for folder, model in models.items():
        for entry in read_entries(root / f"{folder}.yaml", root):
            if not isinstance(entry.get("key"), str):
                entry.fail("Every entry needs a key.")
            items.append(make_item(f"{folder}/{entry['key']}", model, entry))
    return items


def read_pages(root):
    """Return the items of pages, parents first and siblings in their order."""
    entries = {}
    for path in sorted((root / "pages").glob("*.yaml")):
        entry = read_file(path, root)
        if not isinstance(entry, YamlMapping) or entry.get("key") != path.stem:
            name = str(path.relative_to(root.parent))
            raise ContentError("A page's file must be a mapping whose key is the file's name.", name, 1)
        if not isinstance(entry.get("order", 0), int):
            entry.fail("“order” must be a number.", "order")
        entries[path.stem] = entry
    in_order, waiting = {}, sorted(entries.values(), key=lambda entry: (entry.get("order", 0), entry["key"]))
    while waiting:
        ready = [entry for entry in waiting if not entry.get("parent") or str(entry["parent"]) in in_order]
        if not ready:
            waiting[0].fail(f"The parent “{waiting[0]['parent']}” is no page of the content files.", "parent")
        in_order |= {entry["key"]: entry for entry in ready}
        waiting = [entry for entry in waiting if entry["key"] not in in_order]
    return [page_item(entry) for entry in in_order.values()]


def page_item(entry):
    """Return the item of a page, which needs that of its parent."""
    parent = entry.get("parent")
    return make_item(f"pages/{entry['key']}", page_model(entry), entry, parent and f"pages/{parent}")


def make_item(key, model, entry, parent=None):
    """Return the item of an entry, with its notes for staff taken out."""
    notes = take_notes(entry)
    return Item(key, model, entry, digest(entry), parent, notes=notes)


def page_model(entry):
    """Return the model that an entry names as its type. Raises `ContentError` for what is no type of page."""
    try:
        model = apps.get_model(entry.get("type", ""))
    except (AttributeError, LookupError, ValueError):
        model = None
    if model is None or not issubclass(model, SitePage) or model is SitePage:
        entry.fail(f"“{entry.get('type')}” is no type of page.", "type")
    return model


def read_settings(root):
    """Return the settings as a list of one item, empty without the file."""
    path = root / "settings.yaml"
    if not path.exists():
        return []
    entry = read_file(path, root)
    if not isinstance(entry, YamlMapping):
        raise ContentError("This file must hold one mapping.", str(path.relative_to(root.parent)), 1)
    entry["key"] = "settings"
    return [make_item("settings", SiteSettings, entry)]


def read_redirects(root):
    """Return the items of redirects, each of which needs its page."""
    items = []
    for entry in read_entries(root / "redirects.yaml", root):
        if not isinstance(entry.get("from"), str) or not entry["from"].startswith("/"):
            entry.fail("A redirect needs the old address it leads from, which begins with a slash.", "from")
        item = Item(f"redirects{entry['from']}", Redirect, entry, digest(entry), names={"old_path", "redirect_page"})
        item.needs.add(f"pages/{entry.get('page')}")
        items.append(item)
    return items
