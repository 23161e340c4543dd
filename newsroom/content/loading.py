"""Loading the starting content: what is new is created, what nobody touched is updated, what staff changed is left alone."""

import logging
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation
from tqdm import tqdm
from wagtail.models import Page

from newsroom.content import writing
from newsroom.content.files import ContentError
from newsroom.content.fingerprints import fingerprints, is_untouched
from newsroom.content.items import key_of
from newsroom.content.notes import delete_dropped_notes, write_note
from newsroom.content.reading import read_content
from newsroom.content.writing import NotLoadable
from newsroom.models import LoadedItem
from pages.address_writer import lock
from pages.models import HomePage
from pages.scheduling import error_messages

CREATED, UPDATED, SAME, KEPT, GONE = "created", "updated", "unchanged", "kept as staff changed it", "deleted by staff"
LEFT_OUT, DROPPED = "left out", "deleted, as the files no longer say it"
NOT_TAKEN_OVER = "the files say something new, which was not taken over"
logger = logging.getLogger(__name__)


class StartAgain(Exception):
    """A new page had its place already when it turned out that it is left out: all is done again without it."""


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What happened, or would happen, to one item; a reason where the files say something that was not taken over."""

    key: str
    action: str
    reason: str = ""

    def __str__(self):
        return f"{self.key}: {self.action}" + (f" ({self.reason})" if self.reason else "")


def load(root, check=False, show_progress=None):
    """Load all content files below `root` in one transaction; return the list of `LoadResult`s.

    What the site as staff made it has no place for is left out, with the reason. With `check` nothing is kept. Raises
    `ContentError`, before anything is loaded, for the first mistake in a file.
    """
    with translation.override("en"):  # whoever reads mistakes in files reads English
        content = read_content(root)
        left_out = {}
        while True:
            try:
                with transaction.atomic():
                    lock()  # before any row is read or written: somebody may add a page at this moment
                    loader = ContentLoader(content, left_out)
                    loader.run(show_progress)
                    if check:
                        transaction.set_rollback(True)
                break
            except StartAgain as error:
                left_out |= error.args[0]
    for result in loader.results:
        if result.action == LEFT_OUT:
            logger.warning("Content %s", result)
    return loader.results


class ContentLoader:
    """One run over the content. `left_out` are keys of pages that are known to be left out, with the reason."""

    def __init__(self, content, left_out):
        self.content, self.left_out = content, dict(left_out)
        self.results = []
        self.loaded_items = {item.key: item for item in LoadedItem.objects.all()}
        self.objects = {}
        self.placed = set()

    def run(self, show_progress=None):
        content = self.content
        steps = len(content.carriers) + len(content.pages) + len(content.synonyms) + len(content.redirects) + len(content.notes)
        with tqdm(total=steps, disable=not show_progress, unit="", desc="content", leave=False) as bar:
            for items, load_one in (
                (content.entries, lambda item: self.load_item(item, writing.write_entry)),
                (content.pages, self.place),  # all pages exist before anything refers to one
                (content.entries_about_pages, lambda item: self.load_item(item, writing.write_entry)),
                (content.settings, lambda item: self.load_item(item, writing.write_settings)),
                (content.pages, lambda item: self.load_item(item, writing.write_page)),
                (content.synonyms, lambda item: self.load_item(item, writing.write_synonyms)),
                (content.redirects, lambda item: self.load_item(item, writing.write_redirect)),
                (content.notes, lambda item: self.load_item(item, write_note)),
            ):
                for item in items:
                    load_one(item)
                    bar.update()
        self.results += [LoadResult(key, DROPPED) for key in delete_dropped_notes(content, self.loaded_items)]

    def load_item(self, item, write):
        """Create, update or leave alone what an item stands for, and remember what was made of it."""
        instance, loaded_item = self.find(item), self.loaded_items.get(item.key)
        try:
            action = self.choose_action(item, instance, loaded_item)
            if action in (CREATED, UPDATED):
                instance = self.save(item, instance, write)
        except NotLoadable as error:
            if item.key in self.placed:
                raise StartAgain({item.key: str(error)}) from error
            self.results.append(LoadResult(item.key, LEFT_OUT, str(error)))
            return
        if action in (CREATED, UPDATED) or (action == SAME and not loaded_item.fields):
            self.remember(item, instance)
        has_news = action in (KEPT, GONE) and loaded_item.file_digest != item.digest
        self.results.append(LoadResult(item.key, action, NOT_TAKEN_OVER if has_news else ""))

    def choose_action(self, item, instance, loaded_item):
        """Return what is to be done with an item. Raises `NotLoadable` where that is nothing, because of something else."""
        if item.key in self.left_out:
            raise NotLoadable(self.left_out[item.key])
        if loaded_item and instance is None:
            return GONE
        if loaded_item and not isinstance(instance, item.model):
            raise NotLoadable(f"it is loaded as {loaded_item.model} already, and cannot become {item.model._meta.label}")
        if loaded_item and not is_untouched(instance, loaded_item, item.names):
            return KEPT
        if loaded_item and loaded_item.file_digest == item.digest:
            return SAME
        for key in sorted(item.needs):
            if self.objects.get(key) is None:
                raise NotLoadable(f"it refers to {key}, which {self.reason_for_absence(key)}")
        return UPDATED if loaded_item else CREATED

    def save(self, item, instance, write):
        """Write an item, all of it or nothing; return the object."""
        try:
            with transaction.atomic():
                saved = write(item, instance, self.lookup)
        except ValidationError as error:
            raise NotLoadable(" ".join(error_messages(error))) from error
        except ContentError as error:
            raise NotLoadable(error.message) from error
        except IntegrityError as error:
            raise NotLoadable(f"the database refused it: {str(error).splitlines()[0]}") from error
        self.objects[item.key] = saved
        return saved

    def remember(self, item, instance):
        fresh = type(instance).objects.get(pk=instance.pk)
        LoadedItem.objects.update_or_create(
            key=item.key,
            defaults={
                "model": item.model._meta.label,
                "object_id": instance.pk,
                "file_digest": item.digest,
                "fields": fingerprints(fresh, item.names),
                "object_digest": "",
            },
        )

    def find(self, item):
        """Return the object that was made of an item, of the type it has now; None where there is none, or no more."""
        if item.key not in self.objects and (loaded_item := self.loaded_items.get(item.key)):
            try:
                model = apps.get_model(loaded_item.model)
            except LookupError:  # of a type that this release no longer has
                model = item.model
            instance = model.objects.filter(pk=loaded_item.object_id).first()
            if instance is not None:
                self.objects[item.key] = instance
        return self.objects.get(item.key)

    def lookup(self, model, key):
        """Return the object that content files call `key`: one loaded in this run, or before it."""
        return self.objects.get(key_of(model, key))

    def reason_for_absence(self, key):
        return "was deleted by staff" if key in self.loaded_items else "was left out"

    def place(self, item):
        """Make a page that is not there yet, as an empty draft at its place in the tree."""
        if self.find(item) is not None or item.key in self.loaded_items or item.key in self.left_out:
            return
        parent = self.objects.get(item.parent) if item.parent else Page.get_first_root_node()
        if parent is None:
            self.left_out[item.key] = f"it stands below {item.parent}, which {self.reason_for_absence(item.parent)}"
        elif not item.model.can_create_at(parent):
            label = item.model._meta.label
            self.left_out[item.key] = f"a page of type {label} may not stand below {item.parent or 'the root'}, or there is one"
        else:
            draft = item.model(title=item.entry["key"], live=False)  # `write_page` fills it once all pages have their place
            self.objects[item.key] = Page.objects.get(pk=parent.pk).add_child(instance=draft)
            self.placed.add(item.key)
            if isinstance(draft, HomePage):
                writing.set_up_site(draft)
