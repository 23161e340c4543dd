"""The archive of a backup: a tar with a dump of the database, the uploaded files, and last a manifest with their sums.

Everything is streamed: no part is ever whole in memory, and no list of the files either.
"""

import io
import json
import tarfile
import time
from contextlib import contextmanager
from hashlib import sha256

FORMAT = 1
DATABASE, MEDIA, MANIFEST = "database.dump", "media/", "manifest.json"
MAX_MANIFEST = 10_000_000  # bytes
BLOCK = 1024 * 1024  # that are read at once
# What a manifest says besides its format: the release and the PostgreSQL that it is of, when it was made, the migrations as
# "app.name", the number of uploaded files, the sums.
FIELDS = {"release": str, "made_at": str, "postgresql": int, "migrations": list, "files": int, "sha256": dict}


class BrokenArchive(Exception):
    """The file is no backup, or not a whole one; the message is for an operator."""


class HashedFile:
    """A file that adds what is read of it to a digest."""

    def __init__(self, file, digest):
        self.file, self.digest = file, digest

    def read(self, size=-1):
        data = self.file.read(size)
        self.digest.update(data)
        return data


class Sums:
    """The digests of the parts of an archive. That of the files covers their names and sizes too, in their order."""

    def __init__(self):
        self.digests = {DATABASE: sha256(), MEDIA: sha256()}

    def of_member(self, member, file):
        """Return a file to read a member from, which is counted."""
        part = DATABASE if member.name == DATABASE else MEDIA
        if part == MEDIA:
            # As the disk has it: the name of a file of a former site may be no UTF-8.
            self.digests[MEDIA].update(f"{member.name}\0{member.size}\0".encode(errors="surrogateescape"))
        return HashedFile(file, self.digests[part])

    def as_dict(self):
        return {part: digest.hexdigest() for part, digest in self.digests.items()}


class ArchiveWriter:
    """Writes an archive into an open file: `add` the database, then the uploaded files, then `finish`."""

    def __init__(self, file):
        self.tar = tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115  (`finish` closes it)
        self.sums, self.files = Sums(), 0

    def add(self, name, file, size):
        member = self.member(name, size)
        self.tar.addfile(member, self.sums.of_member(member, file))
        self.tar.members.clear()  # which it would keep for each file
        self.files += name != DATABASE

    def member(self, name, size):
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = size, int(time.time()), 0o600
        return member

    def finish(self, manifest):
        """Write the manifest, with the sums of what was added, and close the archive."""
        whole = {"format": FORMAT, **manifest, "files": self.files, "sha256": self.sums.as_dict()}
        data = json.dumps(whole, indent=1).encode()
        self.tar.addfile(self.member(MANIFEST, len(data)), io.BytesIO(data))
        self.tar.close()


@contextmanager
def broken_archives():
    """Raise `BrokenArchive` for what tarfile finds wrong."""
    try:
        yield
    except tarfile.TarError as error:
        raise BrokenArchive(f"This file is no backup, or only a part of one: {error}.") from error


def members(file):
    """Yield each member of an archive, with a file to read it from; within `broken_archives`.

    What is no plain file, or would be written outside of where it belongs, is refused before anything of it is read.
    """
    file.seek(0)
    with tarfile.open(fileobj=file, mode="r:") as tar:
        while member := tar.next():
            tar.members.clear()  # which it would keep for each file
            refuse_strange(member)
            yield member, tar.extractfile(member)


def refuse_strange(member):
    """Raise `BrokenArchive` for a member that is no plain file of a backup, or that leads out of its folder."""
    is_known = member.name in {DATABASE, MANIFEST} or member.name.startswith(MEDIA)
    if not (member.isreg() and is_known) or {"", ".", ".."} & set(member.name.split("/")):
        raise BrokenArchive(f"This backup holds something that none should hold: {member.name!r}.")


def read_manifest(file):
    """Go through a whole archive and return its manifest. Raises `BrokenArchive` unless every part is as it was written."""
    sums, manifest, number = Sums(), None, 0
    with broken_archives():
        for number, (member, content) in enumerate(members(file)):
            if manifest is not None or (member.name == DATABASE) != (number == 0):
                raise BrokenArchive(f"The parts of this backup are not in their order: {member.name!r}.")
            if member.name == MANIFEST:
                manifest = content.read(MAX_MANIFEST)
            else:
                read_through(sums.of_member(member, content))
    if manifest is None:
        raise BrokenArchive("This backup ends too early: its manifest is missing.")
    manifest = parse(manifest)
    if manifest["sha256"] != sums.as_dict() or manifest["files"] != number - 1:
        raise BrokenArchive("This backup is not what was written: its sums (SHA-256) are wrong.")
    return manifest


def read_through(file):
    while file.read(BLOCK):
        pass


def parse(data):
    """Return a manifest as a dictionary in which everything is that a restoration looks at."""
    try:
        manifest = json.loads(data)
        if manifest["format"] != FORMAT:
            raise BrokenArchive(f"This backup has the format {manifest['format']}, and this release reads {FORMAT}.")
        return {name: kind(manifest[name]) for name, kind in FIELDS.items()}
    except (ValueError, TypeError, KeyError) as error:
        raise BrokenArchive(f"The manifest of this backup cannot be read: {error!r}.") from error
