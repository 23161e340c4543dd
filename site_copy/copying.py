"""Writing the copy: what changed, then the list of it all, and last what is gone."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from errno import EACCES, EDQUOT, ELOOP, ENAMETOOLONG, ENOSPC, EPERM
from mimetypes import guess_type
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.functional import cached_property

from site_copy.asking import Asker
from site_copy.contents import (
    HTML,
    CopiedRedirect,
    asked_paths,
    file_of,
    file_of_redirect,
    files,
    own_pages,
    page_of_redirect,
    redirects,
)
from site_copy.folder import Folder, NotACopy
from site_copy.manifest import Manifest, digest_of, digest_of_file, last_entries

REDIRECTS = {301, 302, 307, 308}
NOTHING = {404, 410}
OF_ONE_FILE = {EACCES, EPERM, ELOOP, ENAMETOOLONG}  # what is wrong with a file, and not with the folder or the disk
FULL = {ENOSPC, EDQUOT}
AS_IT_IS = (settings.MEDIA_URL, settings.STATIC_URL, "/documents/")  # where files are that may be large


@dataclass
class CopyOutcome:
    """What became of a run: how many files were written and removed, and the addresses that failed, with the status or why."""

    entries: int = 0
    written: int = 0
    removed: int = 0
    failed: dict = field(default_factory=dict)


class Copying:
    """One run over a folder, which the caller has locked."""

    def __init__(self, folder, tell=lambda address: None):
        self.folder, self.tell, self.outcome = folder, tell, CopyOutcome()
        self.manifest = Manifest(folder, settings.SITE_URL)
        self.full = None  # the error of the disk, once it is

    def run(self):
        """Write all, and return the `CopyOutcome`. What fails keeps its last file; without a database all is left as it is.

        On a full disk what is gone goes all the same, as nobody may read it any more; the disk's error is raised after that.
        """
        try:
            with translation.override(settings.LANGUAGE_CODE):
                self.write_all()
            if not self.full:
                with self.going_on_when_full():
                    self.manifest.finish()
        except BaseException:
            self.manifest.drop()
            raise
        if self.full:
            self.manifest.drop()
            self.folder.remove_others()
            raise self.full
        self.outcome.removed = self.folder.remove_others()
        self.outcome.written, self.outcome.entries = self.folder.written, self.manifest.count
        return self.outcome

    @contextmanager
    def going_on_when_full(self):
        """Note that the disk is full where it is, and go on."""
        try:
            yield
        except OSError as error:
            if error.errno not in FULL:
                raise
            self.full = error

    def write_all(self):
        # What pages refer to comes before them.
        self.take_files()
        for address, name, status, html in own_pages():
            self.add(address, name, HTML, html, status)
        asker = Asker()
        for path in asked_paths():
            self.tell(path)
            self.write_answer(path, asker.ask(path))
        for redirect in redirects():
            self.tell(redirect.address)
            self.add_redirect(redirect)

    def write_answer(self, path, response):
        """Write what the site answered at a path."""
        if response.status_code in REDIRECTS:
            self.add_redirect(CopiedRedirect(path, response["Location"], response.status_code))
        elif response.status_code == 200 and "no-store" not in response.get("Cache-Control", ""):
            self.add(path, file_of(path), response["Content-Type"], response.content)
        elif response.status_code not in NOTHING:  # what went meanwhile is not there any more
            self.outcome.failed[path] = response.status_code
            self.keep_last(path)

    def add_redirect(self, redirect):
        """Add the page that leads on; an address that no file can have stands in the list only."""
        html = page_of_redirect(redirect)
        name = file_of_redirect(redirect.address)
        if name is not None and self.folder.is_asked_for(self.folder.path_of(name)):
            return  # something answers there
        self.add(redirect.address, name, HTML, html, redirect.status, redirect.location)

    def add(self, address, name, kind, content, status=200, location=None):
        try:
            if name is not None:
                self.folder.write(name, content, kind)
        except (FileExistsError, NotADirectoryError, IsADirectoryError):  # there is a file above it, or a folder in its place
            name = None
        except OSError as error:
            if error.errno not in FULL:
                raise
            self.full = error
            self.folder.keep(name)
            return
        self.list(address, name, kind, digest_of(content) if name else None, status, location)

    def list(self, address, name, kind, digest, status=200, location=None):
        with self.going_on_when_full():
            self.manifest.add(address=address, file=name, type=kind, digest=digest, status=status, location=location)

    def take_files(self):
        """Have all files that are served as they are; the digest of one is taken when it is new."""
        last = {entry["file"]: entry["digest"] for entry in last_entries(self.folder.root) if is_as_it_is(entry["address"])}
        for address, file in files():
            name = address.removeprefix("/")
            self.tell(address)
            kind = guess_type(name)[0] or "application/octet-stream"
            if not isinstance(file, Path):  # in a storage without a disk, where a name has one content for good
                if name in last and self.folder.keep(name):
                    self.list(address, name, kind, last[name])
                else:
                    self.fetch(address, name, kind, file)
                continue
            try:
                is_new = self.folder.take(name, file)
                digest = (not is_new and last.get(name)) or digest_of_file(self.folder.path_of(name))
            except FileNotFoundError:  # deleted meanwhile
                continue
            except OSError as error:
                if error.errno in FULL:
                    self.full = error
                elif error.errno in OF_ONE_FILE:
                    self.outcome.failed[address] = error.strerror
                else:
                    raise
                self.keep_last(address)
                continue
            self.list(address, name, kind, digest)

    def fetch(self, address, name, kind, open_file):
        """Have a file of a storage; one that it cannot give now is named among what failed."""
        try:
            with open_file() as file:
                content = file.read()
        except FileNotFoundError:  # deleted meanwhile
            return
        except OSError:
            self.outcome.failed[address] = 503
            return
        self.add(address, name, kind, content)

    def keep_last(self, path):
        """Leave what was written last time for a path, and say so in the list."""
        entry = self.last.get(path)
        name = file_of(path)
        if entry and name and self.folder.keep(name):
            with self.going_on_when_full():
                self.manifest.add(**entry)

    @cached_property
    def last(self):
        """The entries of last time by address, read only where something fails."""
        return {entry["address"]: entry for entry in last_entries(self.folder.root)}


def is_as_it_is(address):
    return bool(address) and address.startswith(AS_IT_IS)


def write_copy(root, tell=lambda address: None):
    """Write the copy into a folder, and return the `CopyOutcome`.

    Raises `site_copy.folder.Busy` where it is being written, and `NotACopy` where other files are, or what would be copied.
    """
    if any(Path(root).resolve().is_relative_to(Path(one).resolve()) for one in (settings.MEDIA_ROOT, settings.STATIC_ROOT)):
        raise NotACopy
    folder = Folder(root)
    with folder.locked():
        return Copying(folder, tell).run()
