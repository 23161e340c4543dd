"""Loading the starting content: what is new is created, what nobody touched is updated, what staff changed is left alone."""

import logging
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation
from tqdm import tqdm
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from languages.codes import LANGUAGES
from languages.parity import require_parity
from newsroom.content.comparison import fingerprints, is_untouched
from newsroom.content.conversion import Conversion
from newsroom.content.files import ContentError
from newsroom.content.reading import PAGE_KEYS, key_of, read_content
from newsroom.models import LoadedItem
from pages.address_writer import clashes, lock, taken_message
from pages.models import HomePage, SitePage, SiteSettings
from pages.scheduling import reasons

FROM_FILES = "The content files say so in one language only."  # for the log, where files left a text behind
CREATED, UPDATED, SAME, KEPT, GONE = "created", "updated", "unchanged", "kept as staff changed it", "deleted by staff"
LEFT_OUT = "left out"
NEWS = "the files say something new, which was not taken over"
logger = logging.getLogger(__name__)


class CheckOnly(Exception):
    """Ends a check: the transaction goes back."""


class LeftOut(Exception):
    """An item cannot be loaded as the site is now; says why."""


class Again(Exception):
    """A new page had its place already when it turned out that it is left out: all is done again without it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened, or would happen, to one item; a reason where the files say something that was not taken over."""

    key: str
    action: str
    reason: str = ""

    def __str__(self):
        return f"{self.key}: {self.action}" + (f" ({self.reason})" if self.reason else "")


def load(root, check=False, show_progress=None):
    """Load all content files below `root` in one transaction; return the list of `Outcome`s.

    What the site as staff made it has no place for is left out, with the reason. With `check` nothing is kept. Raises
    `ContentError`, before anything is loaded, for the first mistake in a file.
    """
    with translation.override("en"):  # who reads mistakes in files reads English
        content = read_content(root)
        refused = {}
        while True:
            try:
                with transaction.atomic():
                    lock()  # before any row is read or written: somebody may add a page at this moment
                    loading = Loading(content, refused)
                    loading.run(show_progress)
                    if check:
                        raise CheckOnly
            except Again as error:
                refused |= error.args[0]
                continue
            except CheckOnly:
                pass
            break
    for outcome in loading.outcomes:
        if outcome.action == LEFT_OUT:
            logger.warning("Content %s", outcome)
    return loading.outcomes


class Loading:
    """One run over the content. `refused` are keys of pages that are known to be left out, with the reason."""

    def __init__(self, content, refused):
        self.content, self.refused = content, dict(refused)
        self.outcomes = []
        self.memory = {item.key: item for item in LoadedItem.objects.all()}
        self.objects = {}
        self.placed = set()

    def run(self, show_progress=None):
        content = self.content
        steps = len(content.directory) + 2 * len(content.pages) + len(content.settings) + len(content.redirects)
        with tqdm(total=steps, disable=not show_progress, unit="", desc="content", leave=False) as bar:
            for items, treat in (
                (content.directory, lambda item: self.treat(item, self.write_entry)),
                (content.pages, self.place),  # all pages exist before anything refers to one
                (content.settings, lambda item: self.treat(item, self.write_settings)),
                (content.pages, lambda item: self.treat(item, self.write_page)),
                (content.redirects, lambda item: self.treat(item, self.write_redirect)),
            ):
                for item in items:
                    treat(item)
                    bar.update()

    # --- What is done with an item

    def treat(self, item, write):
        """Create, update or leave alone what an item stands for, and remember what was made of it."""
        found, memory = self.find(item), self.memory.get(item.key)
        try:
            action = self.action_for(item, found, memory)
            if action in (CREATED, UPDATED):
                found = self.written(item, found, write)
        except LeftOut as error:
            if item.key in self.placed:
                raise Again({item.key: str(error)}) from error
            self.outcomes.append(Outcome(item.key, LEFT_OUT, str(error)))
            return
        if action in (CREATED, UPDATED) or (action == SAME and not memory.fields):
            self.remember(item, found)
        is_news = action in (KEPT, GONE) and memory.file_digest != item.digest
        self.outcomes.append(Outcome(item.key, action, NEWS if is_news else ""))

    def action_for(self, item, found, memory):
        """Return what is to be done with an item. Raises `LeftOut` where that is nothing, because of something else."""
        if item.key in self.refused:
            raise LeftOut(self.refused[item.key])
        if memory and found is None:
            return GONE
        if memory and not isinstance(found, item.model):
            raise LeftOut(f"it is loaded as {memory.model} already, and cannot become {item.model._meta.label}")
        if memory and not is_untouched(found, memory, item.names):
            return KEPT
        if memory and memory.file_digest == item.digest:
            return SAME
        for key in sorted(item.needs):
            if self.objects.get(key) is None:
                raise LeftOut(f"it refers to {key}, which {self.why_not(key)}")
        return UPDATED if memory else CREATED

    def written(self, item, found, write):
        """Write an item, all of it or nothing; return the object."""
        try:
            with transaction.atomic():
                written = write(item, found)
        except ValidationError as error:
            raise LeftOut(" ".join(reasons(error))) from error
        except ContentError as error:
            raise LeftOut(error.message) from error
        except IntegrityError as error:
            raise LeftOut(f"the database refused it: {str(error).splitlines()[0]}") from error
        self.objects[item.key] = written
        return written

    def remember(self, item, written):
        fresh = type(written).objects.get(pk=written.pk)
        LoadedItem.objects.update_or_create(
            key=item.key,
            defaults={
                "model": item.model._meta.label,
                "object_id": written.pk,
                "file_digest": item.digest,
                "fields": fingerprints(fresh, item.names),
                "object_digest": "",
            },
        )

    def find(self, item):
        """Return the object that was made of an item, of the type it has now; None where there is none, or no more."""
        if item.key not in self.objects and (memory := self.memory.get(item.key)):
            try:
                model = apps.get_model(memory.model)
            except LookupError:  # of a type that this release no longer has
                model = item.model
            found = model.objects.filter(pk=memory.object_id).first()
            if found is not None:
                self.objects[item.key] = found
        return self.objects.get(item.key)

    def lookup(self, model, key):
        """Return the object that content files call `key`: one loaded in this run, or before it."""
        return self.objects.get(key_of(model, key))

    def why_not(self, key):
        return "was deleted by staff" if key in self.memory else "was left out"

    def values(self, item, reserved):
        return Conversion(item.model, item.entry, self.lookup).attributes(reserved)

    def write_entry(self, item, found, reserved=()):
        """Set what the item says, check it as the editor would, and save."""
        written = found or item.model()
        for name, value in self.values(item, reserved).items():
            setattr(written, name, value)
        written.full_clean()
        written.save()
        return written

    def write_settings(self, item, found):
        return self.write_entry(item, found or SiteSettings.load(), ("key",))

    # --- Pages

    def place(self, item):
        """Make a page that is not there yet, as an empty draft at its place in the tree."""
        if self.find(item) is not None or item.key in self.memory or item.key in self.refused:
            return
        parent = self.objects.get(item.parent) if item.parent else Page.get_first_root_node()
        if parent is None:
            self.refused[item.key] = f"it stands below {item.parent}, which {self.why_not(item.parent)}"
        elif not item.model.can_create_at(parent):
            label = item.model._meta.label
            self.refused[item.key] = f"a page of type {label} may not stand below {item.parent or 'the root'}, or there is one"
        else:
            draft = item.model(title=item.entry["key"], live=False)  # `write_page` fills it once all pages have their place
            self.objects[item.key] = Page.objects.get(pk=parent.pk).add_child(instance=draft)
            self.placed.add(item.key)
            if isinstance(draft, HomePage):
                move_in(draft)

    def write_page(self, item, found):
        page = item.model.objects.get(pk=found.pk)
        for name, value in self.values(item, PAGE_KEYS).items():
            setattr(page, name, value)
        taken = clashes(page, page.get_parent())
        if taken:
            raise ValidationError({f"url_slug_{code}": taken_message(code) for code in taken})
        page.full_clean()
        require_parity(page)
        page.excuse(FROM_FILES)
        revision = page.save_revision()
        if item.entry.get("live", True):
            revision.publish()
        return page

    # --- Redirects

    def write_redirect(self, item, found):
        """Return a redirect from an old address to its page, made now unless there is one."""
        page, path = self.objects[next(iter(item.needs))], Redirect.normalise_path(item.entry["from"])
        language, _slash, address = path.strip("/").partition("/")
        if language in LANGUAGES and SitePage.objects.filter(**{f"address_{language}": address}).exists():
            raise LeftOut("a page has this address")
        redirect = found or Redirect.objects.filter(old_path=path, site=None).first() or Redirect(old_path=path)
        if not found and redirect.pk and redirect.redirect_page_id != page.pk:
            raise LeftOut("staff lead this address somewhere else")
        redirect.redirect_page_id = page.pk
        redirect.save()
        return redirect


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
