"""A folder that is written while it is read: each file whole, at once, and only where it is another."""

import fcntl
import gzip
import os
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path

import brotli

DRAFT = ".draft"  # how the names of files end that are being written
COMPRESSIBLE = ("text/", "application/json", "application/javascript", "image/svg+xml")
MIN_LENGTH = 200  # less is not worth the work, as in the answers of the site
LONGEST_STEP = 200  # bytes: file systems take 255, and a draft and a compressed file have longer names
LIST = "copy.json"  # of all that the copy holds
OWN = ".copy"  # the folder of what is about the copy itself, which nobody serves


class Busy(Exception):
    """The folder is being written by another process."""


class NotACopy(Exception):
    """The folder holds files that no copy wrote, and that one would take away."""


class Folder:
    """Writes below `root`. What was not asked for in this run is taken away by `remove_others()`.

    Of what was asked for it remembers hashes: a hundred thousand pages in three languages fit into some tens of megabytes, and
    where two paths had the same, a file would stay that could go.
    """

    def __init__(self, root):
        self.root, self.hashes, self.written = Path(root), set(), 0

    def ask_for(self, *paths):
        self.hashes.update(hash(str(path)) for path in paths)

    def is_asked_for(self, path):
        return hash(str(path)) in self.hashes

    @contextmanager
    def locked(self):
        """Keep others from writing; the system lets go of the lock when the process ends. Raises `Busy`, `NotACopy`."""
        if not self.is_ours():
            raise NotACopy
        (self.root / OWN).mkdir(parents=True, exist_ok=True)
        with (self.root / OWN / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy from None
            yield

    def is_ours(self):
        """Say whether a copy was begun here, or there is nothing yet; a disk of its own has a folder for what was lost."""
        if not self.root.exists() or (self.root / OWN).is_dir():
            return True
        return all(path.name == "lost+found" for path in self.root.iterdir())

    def write(self, name, content, kind):
        """Write bytes of a media type, with their compressed forms beside them, where they are not there already."""
        path, forms = self.path_of(name), {}
        if is_compressible(kind) and len(content) >= MIN_LENGTH:
            forms = {suffix: path.with_name(path.name + suffix) for suffix in (".gz", ".br")}
        self.ask_for(path, *forms.values())
        if has_content(path, content) and all(form.exists() for form in forms.values()):
            return
        # The plain file comes last: while it is the old one, the next run knows that the others may be of neither.
        for suffix, form in forms.items():
            self.replace(form, gzip.compress(content, mtime=0) if suffix == ".gz" else brotli.compress(content, quality=9))
        self.replace(path, content)

    def replace(self, path, content):
        """Put bytes into the place of a file, in one step."""
        draft = path.with_name(path.name + DRAFT)
        self.make_way(path)
        draft.write_bytes(content)
        draft.replace(path)
        self.written += 1

    def take(self, name, source):
        """Have a file of the disk here too, as a link to it or, on another disk, as a copy; return whether it is new."""
        path, source = self.path_of(name), os.path.realpath(source, strict=True)  # of a symbolic link, what it leads to
        self.ask_for(path)
        if is_same(path, source):
            return False
        draft = path.with_name(path.name + DRAFT)
        self.make_way(path)
        draft.unlink(missing_ok=True)
        try:
            os.link(source, draft)
        except OSError:  # another disk, or another owner
            shutil.copy2(source, draft)
        draft.replace(path)
        self.written += 1
        return True

    def make_way(self, path):
        """Have the folder of a file, and no folder in its place: what an earlier run left there goes, as a former redirect.

        What this run wrote stays in the way, and raises FileExistsError or NotADirectoryError here, or IsADirectoryError later.
        """
        for above in path.parents[: len(path.relative_to(self.root).parts) - 1]:
            if above.is_file() and not self.is_asked_for(above):
                above.unlink()
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir() and not any(map(self.is_asked_for, path.rglob("*"))):
            shutil.rmtree(path)

    def keep(self, name):
        """Leave a file as it is, with its compressed forms; say whether it is there."""
        path = self.path_of(name)
        self.ask_for(path, f"{path}.gz", f"{path}.br")
        return path.is_file()

    def path_of(self, name):
        return self.root / name

    def remove_others(self):
        """Take away what this run did not ask for, and folders that are empty then; return how many files those were."""
        removed = 0
        for folder, _folders, names in os.walk(self.root, topdown=False):
            here = Path(folder)
            if here == self.root / OWN:
                continue
            for path in (here / name for name in names):
                if not self.is_asked_for(path):
                    path.unlink()
                    removed += 1
            if here != self.root:
                with suppress(OSError):  # not empty
                    here.rmdir()
        return removed


def is_name(name):
    """Say whether a name below the folder can be that of a file: no step leads up or is hidden, but for `.well-known`."""
    steps = name.split("/")
    return all(is_step(step) for step in steps) and steps[0] != LIST and not name.endswith((".gz", ".br"))


def is_step(step):
    is_hidden = step.startswith(".") and step != ".well-known"
    is_own = is_hidden or step.endswith(DRAFT)
    return bool(step) and not is_own and step.isprintable() and "\\" not in step and len(step.encode()) <= LONGEST_STEP


def is_compressible(kind):
    """Say whether a media type is text, more or less."""
    kind = kind.partition(";")[0]
    return kind.startswith(COMPRESSIBLE) or kind.endswith(("xml", "+json"))


def has_content(path, content):
    """Say whether a file has just this content."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def is_same(path, source):
    """Say whether a file is another name of `source`, or a copy that was made since it changed last."""
    try:
        here, there = Path(path).stat(), Path(source).stat()
    except OSError:
        return False
    return os.path.samestat(here, there) or (here.st_size, here.st_mtime_ns) == (there.st_size, there.st_mtime_ns)
