"""Addresses as people type and paste them, tidied to what a page can have. Pure."""

import re
import unicodedata

# What a sentence leaves behind an address that was copied out of it.
LEFT_BEHIND = " \t\r\n\u00a0\u202f.,;:!?…)]}>»”’\"'"
SLASHES = re.compile(r"/{2,}")


def tidied(path):
    """Return a path in small letters, with single slashes and without what was pasted along: "/NL//eures.)" is "/nl/eures/"."""
    path = SLASHES.sub("/", unicodedata.normalize("NFC", path).lower())
    bare = path.strip().rstrip(LEFT_BEHIND + "/").lstrip(LEFT_BEHIND)
    return f"/{bare.strip('/')}/" if bare else "/"
