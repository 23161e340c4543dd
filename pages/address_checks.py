"""Whether the stored addresses and redirects are those that the tree asks for, and how they are made so again."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from wagtail.contrib.redirects.models import Redirect

from languages.codes import LANGUAGES
from pages import address_writer, addresses
from pages.models import SitePage


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a page (its key) or redirect (its old path)."""

    subject: str
    text: str


def find_faults():
    """Return the `Fault`s of all pages and redirects, with three queries however many there are."""
    pages = list(pages_in_order())
    return [*address_faults(pages), *redirect_faults(pages)]


def pages_in_order():
    """Return all pages, parents first, with what decides on their addresses."""
    texts = [f"{name}_{code}" for name in ("heading", "url_slug", "address") for code in LANGUAGES]
    return SitePage.objects.order_by("path").only("path", "depth", "live", "slug", *texts)


def address_faults(pages):
    """Yield a fault for each language in which a page has another address than its place gives it."""
    expected = addresses.compute_addresses([addresses.place_of(page) for page in pages], {})
    for page in pages:
        stored = addresses.stored_addresses(page)
        for code in LANGUAGES:
            if stored[code] != expected[page.path][code]:
                yield Fault(str(page.pk), f"{code}: stored {stored[code]!r}, should be {expected[page.path][code]!r}")


def redirect_faults(pages):
    """Return a fault for each of the wrong redirects."""
    return [Fault(path, text) for _key, path, text in find_wrong_redirects(pages)]


def find_wrong_redirects(pages):
    """Yield (key, path, fault) of each redirect of ours from a page's address to the same page, and from one to itself."""
    pairs = {(Redirect.normalise_path(path), page.pk) for page in pages for path in page.paths().values()}
    automatic = Redirect.objects.filter(automatically_created=True, redirect_page__isnull=False)  # others wait, and do no harm
    for key, *pair in automatic.values_list("pk", "old_path", "redirect_page"):
        if tuple(pair) in pairs:
            yield key, pair[0], "leads to the page that answers there"
    for key, path in Redirect.objects.filter(redirect_page=None, redirect_link=F("old_path")).values_list("pk", "old_path"):
        yield key, path, "leads to itself"


@transaction.atomic
def repair():
    """Store the addresses that the tree asks for, with redirects from those that go; return the faults there were.

    Readers may have followed a wrong address meanwhile, so it is redirected like any other.
    """
    address_writer.lock()
    faults = find_faults()
    if faults:
        pages = list(pages_in_order())
        home = pages[0]
        keys = list(dict.fromkeys(int(fault.subject) for fault in address_faults(pages)))
        address_writer.store_addresses(home, addresses.compute_addresses([addresses.place_of(home)], {})[home.path])
        address_writer.addresses_refreshed.send(SitePage, page=home, keys=keys)
        Redirect.objects.filter(pk__in=[key for key, *_fault in find_wrong_redirects(list(pages_in_order()))]).delete()
    return faults
