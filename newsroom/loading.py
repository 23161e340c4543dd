"""Loading the starting content: what is new is created, what nobody touched is updated, what staff changed is left alone."""

import hashlib
import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from modeltranslation.fields import TranslationField
from tqdm import tqdm
from wagtail.contrib.redirects.models import Redirect
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from directory.models import GlossaryTerm, Organisation, Person
from languages.parity import require_parity
from languages.texts import is_filled
from newsroom.content_files import Block, ContentError, entries, read
from newsroom.conversion import Conversion
from newsroom.models import LoadedItem
from pages.models import HomePage, SitePage, SiteSettings
from pages.scheduling import reasons

DIRECTORY = (("organisations", Organisation), ("people", Person), ("glossary", GlossaryTerm))
PAGE_KEYS = ("type", "key", "parent", "order", "live")
FROM_FILES = "The content files say so in one language only."  # for the log, where files left a text behind
CREATED, UPDATED, SAME, KEPT, GONE = "created", "updated", "unchanged", "kept as staff changed it", "deleted by staff"


class CheckOnly(Exception):
    """Ends a check: the transaction goes back."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened, or would happen, to one entry."""

    key: str
    action: str


def load(root, check=False, show_progress=None):
    """Load all content files below `root` in one transaction; return the list of `Outcome`s.

    With `check` nothing is kept. Raises `ContentError`, with nothing loaded, for the first mistake in a file.
    """
    loading = Loading(root)
    try:
        with transaction.atomic(), translation.override("en"):  # who reads mistakes in files reads English
            loading.run(show_progress)
            if check:
                raise CheckOnly
    except CheckOnly:
        pass
    return loading.outcomes


class Loading:
    """One run over all content files."""

    def __init__(self, root):
        self.root = root
        self.outcomes = []
        self.memory = {item.key: item for item in LoadedItem.objects.all()}
        self.objects = {}

    def run(self, show_progress=None):
        directory = [(name, model, entry) for name, model in DIRECTORY for entry in self.entries(f"{name}.yaml")]
        pages = self.pages_in_order()
        steps = len(directory) + 2 * len(pages) + 2
        with tqdm(total=steps, disable=not show_progress, unit="", desc="content", leave=False) as bar:
            for name, model, entry in directory:
                self.item(f"{name}/{self.key(entry)}", model, entry, self.directory_entry)
                bar.update()
            for entry in pages:  # all pages exist before anything refers to one
                self.place(entry)
                bar.update()
            self.settings()
            for entry in pages:
                self.item(f"pages/{entry['key']}", self.page_model(entry), entry, self.page)
                bar.update()
            self.redirects()

    # --- Reading

    def entries(self, name):
        return entries(self.root / name, self.root)

    def key(self, entry):
        key = entry.get("key")
        if not isinstance(key, str):
            entry.fail("Every entry needs a key.")
        return key

    def pages_in_order(self):
        """Return the pages' entries, parents first and siblings in their order."""
        found = {}
        for path in sorted((self.root / "pages").glob("*.yaml")):
            entry = read(path, self.root)
            if not isinstance(entry, Block) or entry.get("key") != path.stem:
                raise ContentError(
                    "A page's file must be a mapping whose key is the file's name.", f"content/pages/{path.name}", 1
                )
            found[path.stem] = entry
        ordered, waiting = [], sorted(found.values(), key=lambda entry: (entry.get("order", 0), entry["key"]))
        while waiting:
            ready = [entry for entry in waiting if not entry.get("parent") or entry["parent"] in {e["key"] for e in ordered}]
            if not ready:
                waiting[0].fail(f"The parent “{waiting[0]['parent']}” is no page of the content files.", "parent")
            ordered += ready
            waiting = [entry for entry in waiting if entry not in ready]
        return ordered

    def page_model(self, entry):
        try:
            model = apps.get_model(entry.get("type", ""))
        except (LookupError, ValueError):
            model = None
        if model is None or not issubclass(model, SitePage) or model is SitePage:
            entry.fail(f"“{entry.get('type')}” is no type of page.", "type")
        return model

    def lookup(self, model, key):
        """Return the object that content files call `key`: one loaded in this run, or before it."""
        if issubclass(model, Page):
            return self.objects.get(f"pages/{key}")
        return model.objects.filter(key=key).first() if isinstance(key, str) else None

    # --- What is done with an entry

    def item(self, key, model, entry, write):
        """Create, update or leave alone what an entry stands for, and remember what was made of it."""
        found, memory = self.find(key, model), self.memory.get(key)
        file_digest = digest(entry)
        if memory and found is None:
            action = GONE
        elif memory and fingerprint(found) != memory.object_digest:
            action = KEPT
        elif memory and memory.file_digest == file_digest:
            action = SAME
        else:
            action = UPDATED if memory else CREATED
            written = write(found, model, entry)
            LoadedItem.objects.update_or_create(
                key=key,
                defaults={
                    "model": model._meta.label,
                    "object_id": written.pk,
                    "file_digest": file_digest,
                    "object_digest": fingerprint(type(written).objects.get(pk=written.pk)),
                },
            )
        self.outcomes.append(Outcome(key, action))

    def find(self, key, model):
        if key in self.objects:
            return self.objects[key]
        memory = self.memory.get(key)
        return model.objects.filter(pk=memory.object_id).first() if memory else None

    def directory_entry(self, found, model, entry):
        written = found or model.objects.filter(key=entry["key"]).first() or model()
        return self.fill(written, entry, ())

    def fill(self, written, entry, reserved):
        """Set what the entry says, check it as the editor would, and save."""
        for name, value in Conversion(type(written), entry, self.lookup).attributes(reserved).items():
            setattr(written, name, value)
        with said_at(entry):
            written.full_clean()
        written.save()
        return written

    def settings(self):
        path = self.root / "settings.yaml"
        if path.exists():
            entry = read(path, self.root)
            if not isinstance(entry, Block):
                raise ContentError("This file must hold one mapping.", "content/settings.yaml", 1)
            entry["key"] = "settings"
            self.item("settings", SiteSettings, entry, lambda found, model, e: self.fill(model.load(), e, ("key",)))

    def place(self, entry):
        """Make a page that is not there yet, as an empty draft at its place in the tree."""
        key, model = f"pages/{entry['key']}", self.page_model(entry)
        found = self.find(key, model)
        if found is None and key not in self.memory:
            parent = self.objects.get(f"pages/{entry['parent']}") if entry.get("parent") else Page.get_first_root_node()
            if parent is None:
                entry.fail("The parent of this page was deleted by staff.", "parent")
            if not model.can_create_at(parent):
                entry.fail(f"A page of type {entry['type']} may not stand here, or there is one already.", "parent")
            draft = model(title=entry["key"], live=False)  # `page` fills it once all pages have their place
            found = Page.objects.get(pk=parent.pk).add_child(instance=draft)
            if isinstance(found, HomePage):
                move_in(found)
        if found is not None:
            self.objects[key] = found

    def page(self, found, model, entry):
        page = model.objects.get(pk=found.pk)
        for name, value in Conversion(model, entry, self.lookup).attributes(PAGE_KEYS).items():
            setattr(page, name, value)
        with said_at(entry):
            page.full_clean()
            require_parity(page)
            page.excuse(FROM_FILES)
            revision = page.save_revision()
            if entry.get("live", True):
                revision.publish()
        return page

    def redirects(self):
        for entry in self.entries("redirects.yaml"):
            page = self.objects.get(f"pages/{entry.get('page')}")
            if page is None:
                entry.fail(f"“{entry.get('page')}” is no page of the content files.", "page")
            if not isinstance(entry.get("from"), str):
                entry.fail("A redirect needs the old address it leads from.")
            self.item(f"redirects{entry['from']}", Redirect, entry, lambda found, model, e, page=page: redirect_to(page, e))


def redirect_to(page, entry):
    """Return a redirect from an old address to `page`, made now unless there is one."""
    path = Redirect.normalise_path(entry["from"])
    return Redirect.objects.get_or_create(old_path=path, defaults={"redirect_page": page})[0]


class said_at:  # noqa: N801  (reads as a phrase: with said_at(entry))
    """Turn a ValidationError into a `ContentError` at the entry's line."""

    def __init__(self, entry):
        self.entry = entry

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if isinstance(error, ValidationError):
            self.entry.fail(" ".join(reasons(error)))


def move_in(home):
    """Make `home` the root of the site, and clear away Wagtail's welcome page."""
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    welcome = Page.objects.filter(depth=2, slug="home", content_type__model="page", numchild=0).first()
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": address.hostname, "port": port, "root_page": home, "site_name": "Actiris"}
    )
    if welcome and not Site.objects.filter(root_page=welcome).exists():
        welcome.delete()


def digest(value):
    """Return a digest of plain data."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def fingerprint(instance):
    """Return a digest of what staff can change on an object: for a page its latest draft, and whether it is live."""
    if isinstance(instance, Page):
        latest = instance.specific.get_latest_revision_as_object()
        return digest([content(latest), instance.live])
    return digest(content(instance))


def content(instance):
    """Return the editable content of an object as plain data.

    What is empty is left out: the editor's form writes "" where a file said nothing, and that is no change.
    """
    own = [field for field in instance._meta.get_fields() if getattr(field, "editable", False) and field.concrete]
    kept = [field for field in own if not issubclass(Page, field.model) or field.name == "show_in_menus"]
    undetermined = {field.translated_field.name for field in kept if isinstance(field, TranslationField)}
    return filled(
        {
            field.name: getattr(instance, field.name).get_prep_value()
            if isinstance(field, StreamField)
            else field.value_from_object(instance)
            for field in kept
            if field.name not in undetermined and not field.primary_key
        }
    )


def filled(value):
    """Return plain data without what is empty: None, "", False, an empty list or mapping, an empty rich text."""
    if isinstance(value, dict):
        return {key: found for key, inner in value.items() if (found := filled(inner))}
    if isinstance(value, list):
        return [filled(inner) for inner in value]
    return value if not isinstance(value, str) or is_filled(value) else ""
