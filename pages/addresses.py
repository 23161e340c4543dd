"""What the address of a page is: the part of its path after the language. Pure.

An address has no slashes at its ends: "onze-netwerken/eures"; the home page's is "". It is None in a language in which the page
does not exist: the page is live, its heading and slug in that language are filled, and all its ancestors exist in it, or else
nobody can get there. `pages.address_writer` stores addresses.
"""

import re
import unicodedata
from dataclasses import dataclass

from wagtail.models import Page

from languages.codes import LANGUAGES
from languages.texts import INVISIBLE

HOME_DEPTH = 2  # in Wagtail's tree, below its root: all pages stand below the home page, sections directly
SECTION_DEPTH = HOME_DEPTH + 1
MAX_ADDRESS_LENGTH = 250  # a redirect holds 255 characters: the language, two slashes and this
STEP = "[a-z0-9]+(?:-[a-z0-9]+)*"
ADDRESS = re.compile(rf"^(?P<address>{STEP}(?:/{STEP})*)?(?(address)/?)\Z")
# First steps that belong to the site itself, in any language: search, forms, feeds, machine interfaces.
RESERVED = frozenset(
    {"admin", "api", "documents", "feed", "feedback", "media", "reactie", "recherche", "search", "sitemap", "static"}
    | {"nous-ecrire", "schrijf-ons", "votre-avis", "write-to-us", "zoeken"}
    | {"brouillon-partage", "gedeeld-concept", "shared-draft"}
)
STEPS = Page.steplen
# What a sentence leaves behind an address that was copied out of it.
SURROUNDING_MARKS = " \t\r\n\u00a0\u202f.,;:!?…()[]{}<>«»“”„‘’\"'*_`|"
SLASHES = re.compile(r"[/\\]+")  # and the other way round, as on Windows
UNSEEN = dict.fromkeys(INVISIBLE)
HYPHENS = re.compile("[‐‑‒–—−]")  # of printed texts


@dataclass(frozen=True, slots=True)
class PagePlace:
    """What decides on a page's addresses: its place in the tree, whether it is live, and its heading and slug by language."""

    path: str
    live: bool
    is_home: bool
    headings: dict
    slugs: dict


def compute_addresses(places, outside):
    """Return the addresses of pages, as a mapping of tree path to language to address or None. Pure.

    `places` come parents first; `outside` holds the addresses of the parent of the first, in the same form.
    """
    addresses = dict(outside)
    for place in places:
        above = addresses.get(place.path[:-STEPS], {})
        addresses[place.path] = {code: address_of(place, code, above.get(code)) for code in LANGUAGES}
    return {place.path: addresses[place.path] for place in places}


def address_of(place, language, above):
    """Return a page's address in one language; `above` is its parent's, None where the parent does not exist."""
    if not place.live or not place.headings[language]:
        return None
    if place.is_home:
        return ""
    slug = place.slugs[language]
    return None if above is None or not slug else f"{above}/{slug}".lstrip("/")


def is_reserved(slug, parent):
    """Say whether a slug directly below the home page belongs to the site itself."""
    return slug in RESERVED and parent is not None and parent.depth == HOME_DEPTH


def place_of(page):
    """Return the `PagePlace` of a page."""
    return PagePlace(
        page.path,
        page.live,
        page.depth == HOME_DEPTH,
        {code: getattr(page, f"heading_{code}") for code in LANGUAGES},
        {code: getattr(page, f"url_slug_{code}") for code in LANGUAGES},
    )


def stored_addresses(page):
    """Return the addresses a page has in the database."""
    return {code: getattr(page, f"address_{code}") for code in LANGUAGES}


def neutral_path(slug, is_home):
    """Return the path that chooses a language with the reader: of the home page, or of the page with this slug of Wagtail's."""
    return "/" if is_home else f"/p/{slug}/"


def tidy_path(path):
    """Return a path in small letters, with single slashes and without what was pasted along: "/NL//eures.)" is "/nl/eures/"."""
    path = HYPHENS.sub("-", unicodedata.normalize("NFC", path.translate(UNSEEN)).lower())
    path = SLASHES.sub("/", path)
    bare = path.strip().rstrip(SURROUNDING_MARKS + "/").lstrip(SURROUNDING_MARKS)
    return f"/{bare.strip('/')}/" if bare else "/"
