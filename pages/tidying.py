"""Addresses as people type and paste them, tidied to what a page can have. Pure."""

import re
import unicodedata

from languages.texts import INVISIBLE

# What a sentence leaves behind an address that was copied out of it.
LEFT_BEHIND = " \t\r\n\u00a0\u202f.,;:!?…()[]{}<>«»“”„‘’\"'*_`|"
SLASHES = re.compile(r"[/\\]+")  # and the other way round, as on Windows
UNSEEN = dict.fromkeys(INVISIBLE)
HYPHENS = re.compile("[‐‑‒–—−]")  # of printed texts


def tidied(path):
    """Return a path in small letters, with single slashes and without what was pasted along: "/NL//eures.)" is "/nl/eures/"."""
    path = HYPHENS.sub("-", unicodedata.normalize("NFC", path.translate(UNSEEN)).lower())
    path = SLASHES.sub("/", path)
    bare = path.strip().rstrip(LEFT_BEHIND + "/").lstrip(LEFT_BEHIND)
    return f"/{bare.strip('/')}/" if bare else "/"
