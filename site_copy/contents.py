"""What the copy holds: the address of each thing, and where it comes from."""

from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from wagtail.contrib.redirects.models import Redirect

from audience.paths import contact_path
from delivery.documents import is_closed, shown_files
from delivery.many_redirects import FetchedPaths
from delivery.own_addresses import OwnAddresses
from delivery.published import machine_paths, page_paths
from delivery.redirects import find_destination, is_page
from languages.codes import LANGUAGES
from languages.paths import split_path
from pages.addresses import tidy_path
from search.paths import search_path
from site_copy.error_pages import error_pages
from site_copy.folder import is_name

REDIRECTS_AT_ONCE = 500  # for which the database is asked together
ERRORS = "errors"  # the folder of the pages that a web server shows by itself, below STATIC_ROOT
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class CopiedRedirect:
    """A redirect: what leads on from an address, to where, and with which status."""

    address: str
    location: str
    status: int


def asked_paths():
    """Yield all paths that the site itself is asked for."""
    yield from machine_paths()
    yield from page_paths()


def file_of(address):
    """Return the name of the file for an address: "/nl/a/" is "nl/a/index.html", "/x.xml" is "x.xml"; None for no name.

    A feed is "nl/feed/index.atom", as web servers tell its type from its name.
    """
    name = unquote(address).removeprefix("/")
    if not name or name.endswith("/"):
        name += "index.atom" if name.endswith("/feed/") and name.count("/") == 2 else "index.html"
    return name if is_name(name) else None


def page_of_redirect(redirect):
    """Return the HTML of a page that leads on, in the language of its address, else in all."""
    language = split_path(redirect.address)[0]
    own = redirect.location.startswith("/")
    context = {
        "languages": [language] if language in LANGUAGES else LANGUAGES,
        "location": settings.SITE_URL + redirect.location if own else redirect.location,
    }
    return render_to_string("leads_on.html", context).encode()


def file_of_redirect(address):
    """Return the name of the file of the page that leads on from an address: "/a.pdf" is "a.pdf/index.html"."""
    return file_of(f"{address.rstrip('/')}/")


def redirects():
    """Yield what leads on: redirects that staff or moved pages left, and former addresses of documents.

    Where something answers, or a redirect looks at the query, there is none.
    """
    own = OwnAddresses()
    old_paths = Redirect.objects.exclude(old_path__contains="?").order_by("pk").values_list("old_path", flat=True).iterator()
    while paths := [unquote(one) for one in islice(old_paths, REDIRECTS_AT_ONCE)]:
        stored = FetchedPaths(paths)
        for path in paths:
            if is_page(tidy_path(path), stored) or own.has(path) or own.has(f"{path}/"):
                continue
            if destination := find_destination(path, stored=stored):
                yield CopiedRedirect(path, destination.url, 301 if destination.is_permanent else 302)
    for document, file in shown_files():
        yield CopiedRedirect(settings.MEDIA_URL + file.name, document.address_of(file), 302)


def files():
    """Yield `(address, file)` of what is served as it is: documents that a page shows, other uploads, static files.

    A file is a path on the disk, or a function that opens it where uploads are elsewhere.
    """
    for document, file in shown_files():
        yield unquote(document.address_of(file)), on_disk(file.storage, file.name)
    for name in uploads(""):
        yield settings.MEDIA_URL + name, on_disk(default_storage, name)
    root = Path(settings.STATIC_ROOT)
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not name.startswith((".", f"{ERRORS}/")):  # hidden: when old ones were deleted last
            yield settings.STATIC_URL + name, path


def uploads(folder):
    """Yield the names of the uploaded files that anybody may open, below a folder of the storage."""
    try:
        folders, names = default_storage.listdir(folder.rstrip("/"))
    except FileNotFoundError:  # nothing was ever uploaded
        return
    yield from (f"{folder}{name}" for name in sorted(names) if not is_closed(f"{folder}{name}"))
    for name in sorted(folders):
        if not is_closed(f"{folder}{name}"):
            yield from uploads(f"{folder}{name}/")


def on_disk(storage, name):
    """Return the path of a stored file, or what opens it where the storage has no disk."""
    try:
        return Path(storage.path(name))
    except NotImplementedError:
        return partial(storage.open, name)


def own_pages():
    """Yield `(address, file, status, HTML)` of what says that something is away, and of the pages for errors."""
    pages = error_pages()
    for name in ("404", "500", "503"):
        yield None, f"{name}.html", int(name), pages[name]
    for code in LANGUAGES:
        for path, kind in ((search_path(code), "search"), (contact_path(code), "form")):
            yield path, file_of(path), 503, pages[f"{kind}-{code}"]
