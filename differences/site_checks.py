"""Finds what the languages of an object say otherwise, with what the checks know of this site."""

import json
from functools import lru_cache
from hashlib import blake2s
from urllib.parse import urlsplit

from django.conf import settings

from directory.glossary.usage import Glossary
from languages.normalising import digest
from languages.twin_checks.contacts import site_of
from languages.twin_checks.find import VERSION, Surroundings, find_in_units
from languages.twin_checks.wording import field_of

MAIN_SITE = "actiris.brussels"  # which has each page in three languages, as this site has


def surroundings_of_site():
    """Return what checks know beside the texts, the glossary with one query."""
    return first_alike(Surroundings(frozenset({MAIN_SITE, site_of(urlsplit(settings.SITE_URL).netloc)}), Glossary()))


@lru_cache(maxsize=4)
def first_alike(surroundings):
    """Return the first of all that say the same: its terms are taken apart once, and what was found with it is remembered."""
    return surroundings


def mark_of(surroundings):
    """Return what stands for these checks with this glossary: what it found holds until it is another one."""
    return f"{VERSION}-{surroundings.glossary.digest}"


def find_with_keys(units, surroundings, others=()):
    """Return `[(key, Mismatch)]` for the units of an object; `others` are `languages.twin_checks.elsewhere.OtherText`s."""
    units = list(units)
    by_address = {unit.address: unit for unit in units}
    found = find_in_units(units, surroundings, others)
    return [(key_of(mismatch, by_address[mismatch.address]), mismatch) for mismatch in found]


def key_of(mismatch, unit):
    """Return what stands for a mismatch, with what differs, and for the texts that it is about.

    With a text of another object it is the same from either side, and wherever both texts stand.
    """
    said = [digest(unit.texts[code], unit.kind) for code in (mismatch.language, mismatch.twin) if code]
    named = [mismatch.address, mismatch.kind, mismatch.language, mismatch.twin, *said, mismatch.here, mismatch.there]
    if mismatch.elsewhere:
        both = sorted([said[1], mismatch.elsewhere.digest])
        named = [field_of(mismatch.address), unit.kind, mismatch.kind, mismatch.language, mismatch.twin, said[0], both]
    return blake2s(json.dumps(named).encode(), digest_size=16).hexdigest()
