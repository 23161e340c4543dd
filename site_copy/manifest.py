"""The list of all that the copy holds: JSON, with one entry a line, so that neither we nor others need read it whole."""

import filecmp
import hashlib
import json
from contextlib import suppress
from pathlib import Path

from site_copy.folder import LIST


class Manifest:
    """Writes entries as they come, and takes the place of the last list at the end, where it is another."""

    def __init__(self, folder, site):
        self.path = folder.root / LIST
        self.draft = self.path.with_name(f"{LIST}.draft")
        self.folder, self.file, self.count = folder, self.draft.open("w", encoding="utf-8"), 0
        self.file.write(f'{{"site": {json.dumps(site)}, "entries": [')

    def add(self, **entry):
        """Add an entry: its address, file, media type, digest (SHA-256), status and location; None where there is none."""
        self.file.write(f"{',' if self.count else ''}\n{json.dumps(entry, ensure_ascii=False, sort_keys=True)}")
        self.count += 1

    def finish(self):
        """Put the list into its place; say whether it is another than before."""
        self.file.write("\n]}\n")
        self.file.close()
        self.folder.ask_for(self.path)
        if self.path.exists() and filecmp.cmp(self.path, self.draft, shallow=False):
            self.draft.unlink()
            return False
        self.draft.replace(self.path)
        return True

    def drop(self):
        """Leave the list of last time in its place."""
        self.folder.ask_for(self.path)
        with suppress(OSError):  # what could not be written yet, on a full disk
            self.file.close()
        self.draft.unlink(missing_ok=True)


def last_entries(root):
    """Yield the entries of the list that is there, as mappings; none where there is no list."""
    with suppress(FileNotFoundError), (Path(root) / LIST).open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith('{"address"'):
                yield json.loads(line.rstrip(",\n"))


def digest_of(content):
    return hashlib.sha256(content).hexdigest()


def digest_of_file(path):
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
